"""Train on flights.csv and check on the validation folder: python train.py --data DIR --model DIR."""

import argparse
import json
import os

import joblib
import pandas as pd
from sklearn.metrics import roc_auc_score

from model import load_flights, make_features, make_model


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    args = parser.parse_args()

    flights = load_flights(args.data)
    flights = flights[flights["late"].isin(["yes", "no"])]
    model = make_model().fit(make_features(flights), flights["late"] == "yes")
    os.makedirs(args.model, exist_ok=True)
    joblib.dump(model, os.path.join(args.model, "model.joblib"))

    validation = load_flights(f"{args.data}/validation")
    labels = pd.read_csv(f"{args.data}/validation/labels.csv", dtype={"id": str}).set_index("id")["label"]
    chance = model.predict_proba(make_features(validation))[:, 1]
    auc = round(float(roc_auc_score(labels.loc[validation["id"]], chance)), 4)
    print("validation AUC", auc)
    with open(os.path.join(args.model, "metrics.json"), "w") as file:
        json.dump({"roc_auc": auc}, file)


if __name__ == "__main__":
    main()
