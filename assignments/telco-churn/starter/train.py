"""Train a model: python train.py --data DIR --model DIR."""

import argparse
import json
from pathlib import Path

import joblib
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline


def make_features(customers):
    """Two columns, to begin with."""
    return customers[["senior_citizen", "paperless_billing"]].apply(pd.to_numeric, errors="coerce")


def train(data, model):
    """Fit on the customers of ``data`` and write the model to the folder ``model``."""
    customers = pd.read_csv(Path(data) / "customers.csv", dtype={"id": str})
    fitted = make_pipeline(SimpleImputer(strategy="median"), LogisticRegression())
    fitted.fit(make_features(customers), customers["churned"] == "yes")
    Path(model).mkdir(parents=True, exist_ok=True)
    joblib.dump(fitted, Path(model) / "model.joblib")
    metrics = {"roc_auc": measure(fitted, Path(data) / "validation")}
    (Path(model) / "metrics.json").write_text(json.dumps(metrics) + "\n")


def measure(fitted, folder):
    """AUC on the customers of ``folder``, which nothing was fitted on."""
    customers = pd.read_csv(folder / "customers.csv", dtype={"id": str})
    labels = pd.read_csv(folder / "labels.csv", dtype={"id": str}).set_index("id")["label"]
    chance = fitted.predict_proba(make_features(customers))[:, 1]
    return round(roc_auc_score(labels.loc[customers["id"]], chance), 4)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    args = parser.parse_args()
    train(args.data, args.model)
