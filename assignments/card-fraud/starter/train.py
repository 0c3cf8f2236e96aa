"""Train a model: python train.py --data DIR --model DIR."""

import argparse
from pathlib import Path

import joblib
import pandas as pd
from sklearn.linear_model import LogisticRegression


def make_features(transactions):
    """Two columns, to begin with."""
    mode = transactions["entry_mode"].fillna("").str.strip().str.lower()
    return pd.DataFrame({"online": mode.eq("online"), "stripe": mode.eq("stripe")}).astype(int)


def train(data, model):
    """Fit on the transactions of ``data`` and write the model to the folder ``model``."""
    transactions = pd.read_csv(Path(data) / "transactions.csv", dtype=str)
    fitted = LogisticRegression().fit(make_features(transactions), transactions["fraud"] == "yes")
    Path(model).mkdir(parents=True, exist_ok=True)
    joblib.dump(fitted, Path(model) / "model.joblib")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    args = parser.parse_args()
    train(args.data, args.model)
