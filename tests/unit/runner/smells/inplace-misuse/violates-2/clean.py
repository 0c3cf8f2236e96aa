import pandas as pd
def clean(df):
    df["a"].fillna(0, inplace=True)
    return df.drop(columns="b", inplace=True)
