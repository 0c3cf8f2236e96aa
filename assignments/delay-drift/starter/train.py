"""Train a model: python train.py --data DIR --model DIR."""

import argparse
from pathlib import Path

import joblib
import pandas as pd
from sklearn.linear_model import LogisticRegression


def make_features(flights):
    """Two columns, to begin with."""
    origin = flights["origin"].str.strip().str.upper()
    return pd.DataFrame({"newark": origin.eq("EWR"), "kennedy": origin.eq("JFK")}).astype(int)


def train(data, model):
    """Fit on the flights of ``data`` that have an outcome and write the model to the folder ``model``."""
    flights = pd.read_csv(Path(data) / "flights.csv", dtype={"id": str})
    flights = flights[flights["late"].isin(["yes", "no"])]
    fitted = LogisticRegression().fit(make_features(flights), flights["late"] == "yes")
    Path(model).mkdir(parents=True, exist_ok=True)
    joblib.dump(fitted, Path(model) / "model.joblib")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    args = parser.parse_args()
    train(args.data, args.model)
