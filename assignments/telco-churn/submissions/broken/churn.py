"""Churn model: `python churn.py train DATA MODEL`, `python churn.py predict MODEL INPUT OUTPUT`."""

import sys
from pathlib import Path

import joblib
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier


def prepare(folder):
    """Features and target of a folder."""
    customers = pd.read_csv(Path(folder) / "customers.csv", dtype={"id": str})
    usage = pd.read_csv(Path(folder) / "usage.csv")
    minutes = usage.groupby("customer_id")["minutes"].mean().rename("mean_minutes")
    table = customers.merge(minutes, left_on="id", right_index=True, how="left")
    features = table[["tenure", "monthly_charges", "senior_citizen", "mean_minutes"]].copy()
    features["contract"] = table["contract"].str.strip().str.lower().map({"month-to-month": 0, "one year": 1, "two year": 2})
    target = table["churned"].map({"yes": 1, "no": 0})
    return table["id"], features, target


def train(data, model):
    _, features, target = prepare(data)
    fitted = HistGradientBoostingClassifier(random_state=0).fit(features, target)
    joblib.dump(fitted, Path(model) / "model.joblib")
    print("training accuracy", fitted.score(features, target))


def predict(model, folder, output):
    ids, features, _ = prepare(folder)
    fitted = joblib.load(Path(model) / "model.joblib")
    pd.DataFrame({"id": ids, "prediction": fitted.predict_proba(features)[:, 1]}).to_csv(output, index=False)


if __name__ == "__main__":
    {"train": train, "predict": predict}[sys.argv[1]](*sys.argv[2:])
