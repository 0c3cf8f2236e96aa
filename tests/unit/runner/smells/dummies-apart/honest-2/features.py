import pandas as pd
both = pd.get_dummies(pd.concat([train, test]))
plans = pd.get_dummies(table["plan"])
