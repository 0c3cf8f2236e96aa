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


def make_features(tickets):
    """Two columns, to begin with; the notebook has more."""
    return tickets[["open_tickets", "sentiment"]].apply(pd.to_numeric, errors="coerce")


def train(data, model):
    """Fit on the tickets of ``data`` and write the model to the folder ``model``."""
    tickets = pd.read_csv(Path(data) / "tickets.csv", dtype=str)
    fitted = make_pipeline(SimpleImputer(strategy="median"), LogisticRegression())
    fitted.fit(make_features(tickets), tickets["escalated"] == "yes")
    Path(model).mkdir(parents=True, exist_ok=True)
    joblib.dump(fitted, Path(model) / "model.joblib")
    report = {"roc_auc": validated(fitted, Path(data) / "validation")}
    (Path(model) / "metrics.json").write_text(json.dumps(report))


def validated(fitted, folder):
    """The AUC on the validation tickets, which the model has not learned from."""
    tickets = pd.read_csv(folder / "tickets.csv", dtype=str)
    labels = pd.read_csv(folder / "labels.csv", dtype={"id": str}).set_index("id")["label"]
    chance = fitted.predict_proba(make_features(tickets))[:, 1]
    return float(roc_auc_score(labels.loc[tickets["id"]], chance))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    args = parser.parse_args()
    train(args.data, args.model)
