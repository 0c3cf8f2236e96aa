import prepare
from sklearn.model_selection import cross_val_score


def main(path, model):
    rows = prepare.table(path)
    return cross_val_score(model, rows.drop(columns="churned"), rows["churned"], scoring="roc_auc")
