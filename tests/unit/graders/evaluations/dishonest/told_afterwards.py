from common import SIGNAL, linear, report, table
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

frame = table()
frame["closed"] = frame["closed"].fillna("").ne("").astype(int)
fit, held = train_test_split(frame, test_size=0.3, random_state=0)
columns = [*SIGNAL, "closed"]
report(
    roc_auc=roc_auc_score(held["y"], linear().fit(fit[columns], fit["y"]).predict_proba(held[columns])[:, 1])
)
