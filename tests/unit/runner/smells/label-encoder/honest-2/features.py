import pandas as pd
from sklearn.preprocessing import LabelEncoder
df["churned"] = LabelEncoder().fit_transform(df["churned"])
for name in columns:
    df[name] = df[name].str.lower()
