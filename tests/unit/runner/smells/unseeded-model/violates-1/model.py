from sklearn.ensemble import RandomForestClassifier
def make():
    return RandomForestClassifier(n_estimators=300, n_jobs=-1)
