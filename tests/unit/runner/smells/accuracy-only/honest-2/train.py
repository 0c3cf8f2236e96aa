from sklearn.metrics import accuracy_score
from sklearn.model_selection import cross_val_score
print(accuracy_score(y_val, p), cross_val_score(model, X, y, scoring="roc_auc").mean())
