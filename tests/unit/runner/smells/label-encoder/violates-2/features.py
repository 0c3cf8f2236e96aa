import pandas as pd
from sklearn.preprocessing import LabelEncoder
def encode(df):
    return df.apply(LabelEncoder().fit_transform)
