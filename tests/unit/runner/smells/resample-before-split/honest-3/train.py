from imblearn.over_sampling import SMOTE
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold


def balanced(features, outcome):
    return SMOTE(random_state=0).fit_resample(features, outcome)


def evaluate(features, outcome):
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    scores = []
    for train, test in folds.split(features, outcome):
        more, labels = balanced(features.iloc[train], outcome.iloc[train])
        model = LogisticRegression().fit(more, labels)
        scores.append(roc_auc_score(outcome.iloc[test], model.predict_proba(features.iloc[test])[:, 1]))
    return scores


def main(features, outcome):
    scores = evaluate(features, outcome)
    final = LogisticRegression().fit(*balanced(features, outcome))
    return scores, final
