from sklearn.ensemble import HistGradientBoostingClassifier
def train(X, y):
    m = HistGradientBoostingClassifier().fit(X, y)
    print(m.score(X, y))
    return m
