import pandas as pd
def add(df):
    out = []
    for i, row in df.iterrows():
        out.append(row["a"] * row["b"])
    return out
