import pandas as pd
df = pd.read_csv("a.csv")
before = len(df)
df = df.dropna()
print(before - len(df), "rows dropped")
