import pandas as pd
from sklearn.preprocessing import LabelEncoder
def encode(df):
    le = LabelEncoder()
    for column in df.select_dtypes("object"):
        df[column] = le.fit_transform(df[column])
    return df
