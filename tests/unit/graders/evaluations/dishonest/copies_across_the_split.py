from common import SIGNAL, report, table
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

frame = table(copies=True)
fit, held = train_test_split(frame, test_size=0.2, random_state=0)
model = RandomForestClassifier(20, random_state=0).fit(fit[SIGNAL], fit["y"])
report(roc_auc=roc_auc_score(held["y"], model.predict_proba(held[SIGNAL])[:, 1]))
