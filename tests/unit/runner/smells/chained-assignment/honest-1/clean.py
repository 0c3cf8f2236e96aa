import pandas as pd
df = pd.read_csv("a.csv")
df.loc[df["tenure"] < 0, "tenure"] = None
settings = {"a": {"b": 1}}
settings["a"]["b"] = 2
