from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
model = LogisticRegression().fit(X_train, y_train)
print("train", roc_auc_score(y_train, model.predict_proba(X_train)[:, 1]))
print("test", roc_auc_score(y_test, model.predict_proba(X_test)[:, 1]))
