import pandas as pd
def both(a, b):
    return pd.merge(a, b, how="left")
