"""Predict for new tickets: python predict.py --model DIR --input DIR --output FILE."""

import argparse
from pathlib import Path

import joblib
import pandas as pd

from train import make_features


def predict(model, folder, output):
    """Write `id,prediction` for every ticket of ``folder``."""
    fitted = joblib.load(Path(model) / "model.joblib")
    tickets = pd.read_csv(Path(folder) / "tickets.csv", dtype=str)
    chance = fitted.predict_proba(make_features(tickets))[:, 1]
    pd.DataFrame({"id": tickets["id"], "prediction": chance}).to_csv(output, index=False)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--input", required=True)
    parser.add_argument("--output", required=True)
    args = parser.parse_args()
    predict(args.model, args.input, args.output)
