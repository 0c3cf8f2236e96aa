import numpy as np
import pandas as pd
table = pd.read_csv("a.csv").sample(frac=1)
rng = np.random.default_rng()
