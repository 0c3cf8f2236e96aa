import pandas as pd
def clean(df):
    df["a"] = df["a"].fillna(0)
    image.rotate(90, inplace=True)
    return df.sort_values("a", inplace=False)
