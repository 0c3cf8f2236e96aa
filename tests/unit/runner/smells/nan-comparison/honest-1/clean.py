import numpy as np
def gaps(df):
    same = df["a"] == df["b"]
    return df["tenure"].isna() | same, value != value, np.nan
