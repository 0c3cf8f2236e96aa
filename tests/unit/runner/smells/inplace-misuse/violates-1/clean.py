import pandas as pd
def clean(df):
    df = df.dropna(subset=["a"], inplace=True)
    return df
