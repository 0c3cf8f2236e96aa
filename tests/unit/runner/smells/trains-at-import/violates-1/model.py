import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("data/train.csv", dtype=str)
model = LogisticRegression().fit(df[["a"]], df["b"])
def predict(rows):
    return model.predict(rows)
