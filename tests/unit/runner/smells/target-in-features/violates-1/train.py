import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv", dtype=float)
y = df["churned"]
model = LogisticRegression().fit(df, y)
