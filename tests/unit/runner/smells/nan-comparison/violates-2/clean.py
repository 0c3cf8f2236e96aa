import pandas as pd
def known(value):
    return value != float("nan") and value != pd.NaT
