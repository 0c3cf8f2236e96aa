import numpy as np
from sklearn.ensemble import RandomForestClassifier
scores = []
for seed in range(5):
    m = RandomForestClassifier(random_state=seed).fit(X, y)
    scores.append(m.score(X_val, y_val))
print(np.mean(scores), np.std(scores), max(scores))
