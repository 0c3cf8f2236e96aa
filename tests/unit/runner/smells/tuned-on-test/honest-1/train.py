import numpy as np
from sklearn.metrics import f1_score
best, threshold = 0, 0.5
for t in np.arange(0.1, 0.9, 0.01):
    score = f1_score(y_val, chance_val > t)
    if score > best:
        best, threshold = score, t
for t in (0.3, 0.5, 0.7):
    print(t, f1_score(y_test, chance > t))
