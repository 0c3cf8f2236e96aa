from common import NOISE, SIGNAL, linear, report, table
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

frame = table()
model = make_pipeline(StandardScaler(), SelectKBest(f_classif, k=10), linear())
folds = StratifiedKFold(5, shuffle=True, random_state=0)
report(cv_auc=cross_val_score(model, frame[SIGNAL + NOISE], frame["y"], cv=folds, scoring="roc_auc").mean())
