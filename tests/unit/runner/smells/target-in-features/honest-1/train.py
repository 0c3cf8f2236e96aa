import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv", dtype=float)
y = df.pop("churned")
model = LogisticRegression().fit(df, y)
other = pd.read_csv("b.csv", dtype=float)
z = other["left"]
other = other.drop(columns=["left"])
model.fit(other, z)
