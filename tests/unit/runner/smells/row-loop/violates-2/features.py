import pandas as pd
def add(df):
    df["c"] = df.apply(lambda row: row["a"] * row["b"], axis=1)
