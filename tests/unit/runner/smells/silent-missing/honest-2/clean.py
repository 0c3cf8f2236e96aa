import pandas as pd
df = pd.read_csv("a.csv", dtype=str)
counts = df.groupby("id").size().unstack().fillna(0)
df["calls"] = df["calls"].fillna(0)
df[["a", "b"]] = df[["a", "b"]].fillna(0)
used = df.dropna(subset=["label"])
