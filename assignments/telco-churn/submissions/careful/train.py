"""Train, and check on the audited customers: python train.py --data DIR --model DIR."""

import argparse
import json
from pathlib import Path

import joblib
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

import features

BASELINE = "tenure"  # the simple guess: the shorter somebody is here, the sooner they leave


def make_model():
    """Boosted trees; missing numbers are theirs to handle."""
    return HistGradientBoostingClassifier(
        max_iter=120, learning_rate=0.05, max_leaf_nodes=12, early_stopping=False, random_state=0
    )


def evaluate(model, folder):
    """AUC on customers that nothing was fitted on: the model's, the simple guess's, and by contract."""
    table = features.build(features.read(folder))
    labels = pd.read_csv(f"{folder}/labels.csv", dtype={"id": str}).set_index("id")["label"].loc[table.index]
    chance = pd.Series(model.predict_proba(table)[:, 1], index=table.index)
    guess = -table[BASELINE].fillna(table[BASELINE].median())
    by_contract = {
        name: round(float(roc_auc_score(labels[rows], chance[rows])), 4)
        for place, name in enumerate(features.KNOWN["contract"])
        if labels[rows := table["contract"].eq(place)].nunique() == 2
    }
    return {
        "roc_auc": round(float(roc_auc_score(labels, chance)), 4),
        "baseline": round(float(roc_auc_score(labels, guess)), 4),
        "by_contract": by_contract,
    }


def train(data, target):
    """Fit on one account a customer; write the model and its figures to ``target``."""
    tables = features.read(data)
    table, outcome = features.build(tables), features.outcomes(tables["customers"])
    keep = features.first_accounts(tables)
    model = make_model().fit(table[keep], outcome[keep])
    metrics = evaluate(model, f"{data}/validation")

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
