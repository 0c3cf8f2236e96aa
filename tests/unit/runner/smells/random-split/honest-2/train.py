import pandas as pd
from sklearn.model_selection import train_test_split
train, test = train_test_split(df, random_state=0)
final = pd.read_csv("data/validation/labels.csv", dtype=str)
