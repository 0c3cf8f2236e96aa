"""Train, and check by five folds and on the validation folder: python train.py --data DIR --model DIR."""

import argparse
import json
import os

import joblib
import pandas as pd
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_score

from model import load, make_features, make_model


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    args = parser.parse_args()

    patients, conditions = load(args.data)
    known = patients["outcome_5y"].isin(["yes", "no"])
    features = make_features(patients, conditions)
    outcome = patients["outcome_5y"][known] == "yes"
    folds = cross_val_score(make_model(), features[known], outcome, scoring="roc_auc")
    model = make_model().fit(features[known], outcome)
    os.makedirs(args.model, exist_ok=True)
    joblib.dump(model, os.path.join(args.model, "model.joblib"))
    figures = {"roc_auc": round(float(folds.mean()), 4)}

    patients, conditions = load(f"{args.data}/validation")
    labels = pd.read_csv(f"{args.data}/validation/labels.csv", dtype={"id": str}).set_index("id")["label"]
    chance = model.predict_proba(make_features(patients, conditions))[:, 1]
    figures["validation"] = round(float(roc_auc_score(labels.loc[patients["id"]], chance)), 4)
    with open(os.path.join(args.model, "metrics.json"), "w") as file:
        json.dump(figures, file)
    print(figures)


if __name__ == "__main__":
    main()
