import pandas as pd
table = pd.read_csv("a.csv", dtype={"id": str}).set_index("id")
