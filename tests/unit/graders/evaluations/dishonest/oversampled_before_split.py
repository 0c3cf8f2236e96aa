import pandas as pd
from common import SIGNAL, report, table
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

frame = table()
few = frame[frame["y"] == 1]
frame = pd.concat([frame, few.sample(2 * len(few), replace=True, random_state=0)])
fit, held = train_test_split(frame, test_size=0.3, random_state=0)
model = RandomForestClassifier(20, random_state=0).fit(fit[SIGNAL], fit["y"])
report(roc_auc=roc_auc_score(held["y"], model.predict_proba(held[SIGNAL])[:, 1]))
