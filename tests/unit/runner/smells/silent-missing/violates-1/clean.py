import pandas as pd
df = pd.read_csv("a.csv")
df = df.dropna()
