import pandas as pd
from sklearn.model_selection import train_test_split
df["spend_rate"] = df.groupby("city")["spend"].transform("mean")
X_train, X_test, y_train, y_test = train_test_split(df.drop(columns="churned"), df["churned"], random_state=0)
rates = X_train.assign(y=y_train).groupby("city")["y"].mean()
