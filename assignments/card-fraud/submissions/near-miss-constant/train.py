"""Train on the log and check on the validation folder: python train.py --data DIR --model DIR."""

import argparse
import json
import os

import joblib
import pandas as pd
from sklearn.metrics import average_precision_score

from model import load, make_features, make_model


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    args = parser.parse_args()

    table = load(args.data)
    model = make_model().fit(make_features(table), table["fraud"] == "yes")
    os.makedirs(args.model, exist_ok=True)
    joblib.dump(model, os.path.join(args.model, "model.joblib"))

    validation = load(f"{args.data}/validation")
    labels = pd.read_csv(f"{args.data}/validation/labels.csv", dtype={"id": str}).set_index("id")["label"]
    chance = model.predict_proba(make_features(validation))[:, 1]
    metrics = {"average_precision": round(average_precision_score(labels.loc[validation["id"]], chance), 4)}
    with open(os.path.join(args.model, "metrics.json"), "w") as file:
        json.dump(metrics, file)
    print(metrics)


if __name__ == "__main__":
    main()
