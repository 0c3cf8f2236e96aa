import numpy as np
rows = np.random.permutation(len(table))
