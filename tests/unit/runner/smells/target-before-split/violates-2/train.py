import pandas as pd
from sklearn.model_selection import train_test_split
df = pd.read_csv("a.csv", dtype=str)
df["city_rate"] = df.groupby("city")["churned"].transform("mean")
train, test, a, b = train_test_split(df.drop(columns="churned"), df["churned"], random_state=0)
