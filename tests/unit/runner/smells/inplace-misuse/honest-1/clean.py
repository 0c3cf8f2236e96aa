import pandas as pd
def clean(df):
    df.drop(columns="b", inplace=True)
    df = df.rename(columns={"a": "c"})
    return df
