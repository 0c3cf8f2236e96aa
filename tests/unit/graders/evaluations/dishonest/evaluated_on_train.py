from common import NOISE, SIGNAL, report, table
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score

frame = table()
model = RandomForestClassifier(20, random_state=0).fit(frame[SIGNAL + NOISE], frame["y"])
report(roc_auc=roc_auc_score(frame["y"], model.predict_proba(frame[SIGNAL + NOISE])[:, 1]))
