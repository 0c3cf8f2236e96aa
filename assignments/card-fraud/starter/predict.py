"""Score new payments: python predict.py --model DIR --input DIR --output FILE."""

import argparse
from pathlib import Path

import joblib
import pandas as pd

from train import make_features


def predict(model, folder, output):
    """Write `id,prediction` for every transaction of ``folder``."""
    fitted = joblib.load(Path(model) / "model.joblib")
    transactions = pd.read_csv(Path(folder) / "transactions.csv", dtype=str)
    chance = fitted.predict_proba(make_features(transactions))[:, 1]
    pd.DataFrame({"id": transactions["id"], "prediction": chance}).to_csv(output, index=False)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--input", required=True)
    parser.add_argument("--output", required=True)
    args = parser.parse_args()
    predict(args.model, args.input, args.output)
