import pandas as pd
def show(df, log):
    for i, row in df.head(5).iterrows():
        text = row["a"]
    for i, row in df.iterrows():
        print(row["a"])
    for row in df.itertuples():
        yield row.a
