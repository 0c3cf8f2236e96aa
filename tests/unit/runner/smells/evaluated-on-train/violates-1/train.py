from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
model = LogisticRegression()
model.fit(X, y)
print(roc_auc_score(y, model.predict_proba(X)[:, 1]))
