from sklearn.model_selection import TimeSeriesSplit, train_test_split
train, test = train_test_split(df, shuffle=False)
folds = TimeSeriesSplit(5)
