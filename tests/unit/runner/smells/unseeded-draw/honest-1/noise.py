import numpy as np
import pandas as pd
rng = np.random.default_rng(7)
rows = rng.permutation(10)
pd.read_csv("a.csv").sample(5)
table = pd.read_csv("a.csv").sample(frac=1, random_state=7)
