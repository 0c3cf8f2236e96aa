import pandas as pd
from sklearn.preprocessing import LabelEncoder, OrdinalEncoder
def encode(df):
    y = LabelEncoder().fit_transform(df["churned"])
    df[["a", "b"]] = OrdinalEncoder().fit_transform(df[["a", "b"]])
    return df, y
