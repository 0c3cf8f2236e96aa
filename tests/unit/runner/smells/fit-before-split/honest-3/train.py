from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler


def fitted(rows, outcome):
    scaler = StandardScaler().fit(rows)
    return scaler, LogisticRegression().fit(scaler.transform(rows), outcome)


def chances(scaler, model, rows):
    return model.predict_proba(scaler.transform(rows))[:, 1]


def evaluate(rows, outcome, groups):
    found = []
    for known, asked in GroupKFold(5).split(rows, outcome, groups):
        scaler, model = fitted(rows.iloc[known], outcome.iloc[known])
        found.append(roc_auc_score(outcome.iloc[asked], chances(scaler, model, rows.iloc[asked])))
    return found


def main(rows, outcome, groups):
    found = evaluate(rows, outcome, groups)
    return found, fitted(rows, outcome)
