import numpy as np
from common import SIGNAL, linear, report, table
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict, train_test_split
from sklearn.tree import DecisionTreeClassifier

frame = table()
fit, held = train_test_split(frame, test_size=0.3, random_state=0, stratify=frame["y"])
models = [linear(), DecisionTreeClassifier(min_samples_leaf=20, random_state=0)]
folds = StratifiedKFold(5, shuffle=True, random_state=1)
how = {"cv": folds, "method": "predict_proba"}
first = np.column_stack([cross_val_predict(m, fit[SIGNAL], fit["y"], **how)[:, 1] for m in models])
later = np.column_stack([m.fit(fit[SIGNAL], fit["y"]).predict_proba(held[SIGNAL])[:, 1] for m in models])
report(roc_auc=roc_auc_score(held["y"], linear().fit(first, fit["y"]).predict_proba(later)[:, 1]))
