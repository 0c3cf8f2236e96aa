"""Fraud model: `python fraud.py train DATA MODEL`, `python fraud.py predict MODEL INPUT OUTPUT`."""

import sys
from pathlib import Path

import joblib
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier


def prepare(folder):
    """Features and target of a folder."""
    transactions = pd.read_csv(Path(folder) / "transactions.csv", dtype={"id": str})
    history = pd.read_csv(Path(folder) / "history.csv")
    count = history.groupby("card_id").size().rename("purchases")
    table = transactions.merge(count, left_on="card_id", right_index=True, how="left")
    features = table[["purchases"]].copy()
    features["amount"] = pd.to_numeric(table["amount"], errors="coerce")
    features["online"] = table["entry_mode"].str.strip().str.lower() == "online"
    target = table["fraud"].map({"yes": 1, "no": 0})
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
