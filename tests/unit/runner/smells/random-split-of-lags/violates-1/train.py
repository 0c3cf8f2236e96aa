import pandas as pd
from sklearn.model_selection import train_test_split
df = df.sort_values("month")
df["before"] = df.groupby("id")["sales"].shift(1)
train, test = train_test_split(df, random_state=0)
