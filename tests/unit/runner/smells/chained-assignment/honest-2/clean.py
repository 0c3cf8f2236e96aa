import numpy as np
arrays = {"x": np.zeros(3)}
arrays["x"][arrays["x"] > 1] = 0
counts["by"]["day"] = 3
