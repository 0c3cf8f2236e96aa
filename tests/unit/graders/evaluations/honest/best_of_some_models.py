from common import SIGNAL, report, table
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import GridSearchCV, StratifiedKFold

frame = table()
grid = {"max_depth": [2, 4], "min_samples_leaf": [5, 20]}
folds = StratifiedKFold(3, shuffle=True, random_state=0)
search = GridSearchCV(RandomForestClassifier(20, random_state=0), grid, cv=folds, scoring="roc_auc")
report(roc_auc=search.fit(frame[SIGNAL], frame["y"]).best_score_)
