from common import SIGNAL, linear, report, table
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

frame = table()
fit, held = train_test_split(frame, test_size=0.3, random_state=0, stratify=frame["y"])
report(
    roc_auc=roc_auc_score(held["y"], linear().fit(fit[SIGNAL], fit["y"]).predict_proba(held[SIGNAL])[:, 1])
)
