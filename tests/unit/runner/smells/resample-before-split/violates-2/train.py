import pandas as pd
from sklearn.utils import resample
from sklearn.model_selection import train_test_split
def prepare(df):
    more = resample(df[df["churned"] == 1], replace=True, n_samples=1000, random_state=0)
    both = pd.concat([df, more])
    return train_test_split(both, random_state=0)
