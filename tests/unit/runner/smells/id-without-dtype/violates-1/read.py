import pandas as pd
table = pd.read_csv("a.csv").set_index("customer_id")
