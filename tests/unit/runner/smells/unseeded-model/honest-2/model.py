from sklearn.ensemble import RandomForestClassifier
PARAMS = {"n_estimators": 300, "random_state": 0}
def make():
    return RandomForestClassifier(**PARAMS)
