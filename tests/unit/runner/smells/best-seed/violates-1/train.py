from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score
best, model = 0, None
for seed in range(50):
    m = RandomForestClassifier(random_state=seed).fit(X, y)
    score = roc_auc_score(y_val, m.predict_proba(X_val)[:, 1])
    if score > best:
        best, model = score, m
