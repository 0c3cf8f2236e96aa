from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold
for a, b in StratifiedKFold(5, shuffle=True, random_state=0).split(X, y):
    print(roc_auc_score(y[b], model.fit(X[a], y[a]).predict(X[b])))
