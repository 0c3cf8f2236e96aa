import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
def train(df):
    X = df.drop(columns=["id"])
    model = HistGradientBoostingClassifier()
    model.fit(X, df["churned"])
    return model
