"""python train.py --data DIR --model DIR"""

import argparse
import json
from pathlib import Path

import joblib
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier

import clean
import evaluate
import features

RIPE_DAYS = 30


def usable(tables):
    """First tries old enough that a fraud would have been charged back, and those that were."""
    table = clean.purchases(tables["transactions"], tables["cards"], tables["merchants"])
    fraud = tables["transactions"]["fraud"].eq("yes")
    age = (table["t"].max() - table["t"]) / 86400
    return clean.first_tries(table) & table["eur"].fillna(1).gt(0) & (age.gt(RIPE_DAYS) | fraud)


def make_model():
    return HistGradientBoostingClassifier(
        max_iter=150, learning_rate=0.06, min_samples_leaf=40, early_stopping=False, random_state=0
    )


def train(data, target):
    """Fit on the log, measure on the validation payments, write both to the folder ``target``."""
    tables = clean.read(data)
    rows = usable(tables)
    known, fraud = features.build(tables)[rows], tables["transactions"]["fraud"].eq("yes")[rows]
    fitted = make_model().fit(known, fraud)
    rates = fraud.groupby(known["mode"]).mean()

    validation = clean.read(f"{data}/validation")
    labels = pd.read_csv(f"{data}/validation/labels.csv", dtype={"id": str}).set_index("id")["label"]
    asked = features.build(validation)
    metrics = evaluate.scores(
        labels.loc[validation["transactions"]["id"]].to_numpy(),
        fitted.predict_proba(asked)[:, 1],
        simple=asked["mode"].map(rates).fillna(fraud.mean()).to_numpy(),
        modes=asked["mode"].to_numpy(),
    )
    Path(target).mkdir(parents=True, exist_ok=True)
    joblib.dump(fitted, Path(target) / "model.joblib")
    (Path(target) / "metrics.json").write_text(json.dumps(metrics, indent=2))
    print(json.dumps(metrics))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    args = parser.parse_args()
    train(args.data, args.model)
