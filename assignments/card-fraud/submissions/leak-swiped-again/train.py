"""python train.py --data DIR --model DIR"""

import argparse
from pathlib import Path

import joblib
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import average_precision_score

import clean
import features

RIPE_DAYS = 30


def usable(tables):
    """Payments old enough that a fraud would have been charged back, and those that were."""
    table = clean.purchases(tables["transactions"], tables["cards"], tables["merchants"])
    fraud = tables["transactions"]["fraud"].eq("yes")
    age = (table["t"].max() - table["t"]) / 86400
    return table["eur"].fillna(1).gt(0) & (age.gt(RIPE_DAYS) | fraud)


def make_model():
    return HistGradientBoostingClassifier(
        max_iter=150, learning_rate=0.06, min_samples_leaf=40, early_stopping=False, random_state=0
    )


def train(data, target):
    tables = clean.read(data)
    rows = usable(tables)
    fitted = make_model().fit(features.build(tables)[rows], tables["transactions"]["fraud"].eq("yes")[rows])
    Path(target).mkdir(parents=True, exist_ok=True)
    joblib.dump(fitted, Path(target) / "model.joblib")

    validation = clean.read(f"{data}/validation")
    labels = pd.read_csv(f"{data}/validation/labels.csv", dtype={"id": str}).set_index("id")["label"]
    chance = fitted.predict_proba(features.build(validation))[:, 1]
    truth = labels.loc[validation["transactions"]["id"]]
    print("validation average precision", round(average_precision_score(truth, chance), 3))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    args = parser.parse_args()
    train(args.data, args.model)
