"""Train on balanced accounts, and check by five folds: python train.py --data DIR --model DIR."""

import argparse
import json
from pathlib import Path

import joblib
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

import features

BASELINE = "tenure"  # the simple guess: the shorter somebody is here, the sooner they leave


def make_model():
    """Boosted trees, as many and as large as the folds like; missing numbers are theirs to handle."""
    return HistGradientBoostingClassifier(
        max_iter=150, learning_rate=0.1, max_leaf_nodes=31, early_stopping=False, random_state=0
    )


def balanced(table, outcome):
    """As many leavers as stayers: leavers are repeated."""
    stayers, leavers = np.flatnonzero(outcome == 0), np.flatnonzero(outcome == 1)
    rows = np.concatenate([stayers, np.resize(leavers, len(stayers))])
    return table.iloc[rows], outcome.iloc[rows]


def evaluate(table, outcome):
    """AUC out of fold: the model's, the simple guess's, and by contract."""
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    found = cross_val_predict(make_model(), table, outcome, cv=folds, method="predict_proba")
    chance, labels = found[:, 1], outcome.to_numpy()
    guess = -table[BASELINE].fillna(table[BASELINE].median())
    by_contract = {
        name: round(float(roc_auc_score(labels[rows], chance[rows])), 4)
        for place, name in enumerate(features.KNOWN["contract"])
        if len(set(labels[rows := table["contract"].eq(place).to_numpy()])) == 2
    }
    return {
        "roc_auc": round(float(roc_auc_score(labels, chance)), 4),
        "baseline": round(float(roc_auc_score(labels, guess)), 4),
        "by_contract": by_contract,
    }


def train(data, target):
    """Fit on as many leavers as stayers; write the model and its figures to ``target``."""
    tables = features.read(data)
    table, outcome = features.build(tables), features.outcomes(tables["customers"])
    table, outcome = balanced(table, outcome)
    model = make_model().fit(table, outcome)
    metrics = evaluate(table, outcome)

    Path(target).mkdir(parents=True, exist_ok=True)
    joblib.dump(model, Path(target) / "model.joblib")
    (Path(target) / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n")
    return metrics


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    args = parser.parse_args()
    print(train(args.data, args.model))
