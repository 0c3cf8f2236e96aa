from sklearn.impute import SimpleImputer
from sklearn.model_selection import cross_val_score
def judge(X, y, model):
    filled = SimpleImputer().fit_transform(X)
    rows = filled[:, 1:]
    return cross_val_score(model, rows, y).mean()
