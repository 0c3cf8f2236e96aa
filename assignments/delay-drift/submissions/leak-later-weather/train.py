"""Train on flights.csv and check on a random fifth: python train.py --data DIR --model DIR."""

import argparse
import json
import os

import joblib
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

from model import load_flights, make_features, make_model


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    args = parser.parse_args()

    flights = load_flights(args.data)
    flights = flights[flights["late"].isin(["yes", "no"])]
    train, test = train_test_split(flights, test_size=0.2, random_state=0)
    model = make_model().fit(make_features(train), train["late"] == "yes")
    chance = model.predict_proba(make_features(test))[:, 1]
    auc = round(float(roc_auc_score(test["late"] == "yes", chance)), 4)
    print("hold-out AUC", auc)

    os.makedirs(args.model, exist_ok=True)
    joblib.dump(model, os.path.join(args.model, "model.joblib"))
    with open(os.path.join(args.model, "metrics.json"), "w") as file:
        json.dump({"roc_auc": auc}, file)


if __name__ == "__main__":
    main()
