import pandas as pd
customers = pd.read_csv("c.csv")
both = customers.merge(pd.read_csv("u.csv"))
