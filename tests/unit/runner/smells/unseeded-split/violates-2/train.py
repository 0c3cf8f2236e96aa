import sklearn.model_selection as ms
folds = ms.StratifiedKFold(5, shuffle=True)
