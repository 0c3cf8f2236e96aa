"""Train a model: python train.py --data DIR --model DIR."""

import argparse
from pathlib import Path

import joblib
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
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


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    args = parser.parse_args()
    train(args.data, args.model)
