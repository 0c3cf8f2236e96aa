import numpy as np
def gaps(df):
    return df[df["tenure"] == np.nan]
