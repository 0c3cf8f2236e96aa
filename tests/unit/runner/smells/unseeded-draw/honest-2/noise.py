import numpy as np
np.random.seed(1)
rows = np.random.permutation(10)
