from sklearn.metrics import roc_auc_score
best, chosen = 0, None
for c in grid:
    scores = []
    for a, b in folds.split(X):
        X_test, y_test = X[b], y[b]
        scores.append(roc_auc_score(y_test, make(c).fit(X[a], y[a]).predict(X_test)))
    score = sum(scores)
    if score > best:
        best, chosen = score, c
