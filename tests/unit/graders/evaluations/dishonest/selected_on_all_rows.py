from common import NOISE, SIGNAL, linear, report, table
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.model_selection import StratifiedKFold, cross_val_score

frame = table()
best = SelectKBest(f_classif, k=25).fit_transform(frame[SIGNAL + NOISE], frame["y"])
folds = StratifiedKFold(5, shuffle=True, random_state=0)
report(roc_auc=cross_val_score(linear(), best, frame["y"], cv=folds, scoring="roc_auc").mean())
