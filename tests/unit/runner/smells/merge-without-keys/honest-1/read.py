import pandas as pd
customers = pd.read_csv("c.csv")
both = customers.merge(pd.read_csv("u.csv"), left_on="id", right_on="customer_id", how="left")
grid = pd.merge(customers, both, how="cross")
third = customers.merge(both, "left", "id")
