import numpy as np
table = table.replace(np.nan, None)
missing = text == "nan"
