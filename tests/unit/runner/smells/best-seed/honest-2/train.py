from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
best, chosen = 0, None
for c in (0.01, 0.1, 1):
    m = LogisticRegression(C=c, random_state=0).fit(X, y)
    score = roc_auc_score(y_val, m.predict_proba(X_val)[:, 1])
    if score > best:
        best, chosen = score, c
