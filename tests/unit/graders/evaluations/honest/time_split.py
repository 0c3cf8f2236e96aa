from common import SIGNAL, linear, report, table
from sklearn.metrics import roc_auc_score

frame = table().sort_values("day")
cut = int(len(frame) * 0.7)
fit, held = frame[:cut], frame[cut:]
report(
    test_roc_auc=roc_auc_score(
        held["y"], linear().fit(fit[SIGNAL], fit["y"]).predict_proba(held[SIGNAL])[:, 1]
    )
)
