from sklearn.model_selection import KFold, train_test_split
folds = KFold(5)
past, future = train_test_split(rows, shuffle=False)
