import pandas as pd
def features(raw):
    X = pd.get_dummies(raw.drop(columns=["id"]))
    return X.fillna(0)
