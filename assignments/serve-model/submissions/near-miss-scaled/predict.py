"""python predict.py --model DIR --input DIR --output FILE"""

import argparse
from pathlib import Path

import joblib
import pandas as pd

from model import features

parser = argparse.ArgumentParser()
parser.add_argument("--model", type=Path, required=True)
parser.add_argument("--input", type=Path, required=True)
parser.add_argument("--output", type=Path, required=True)


def main() -> None:
    """Per cent for each ticket."""
    args = parser.parse_args()
    tickets = pd.read_csv(args.input / "tickets.csv", dtype=str)
    model = joblib.load(args.model / "model.joblib")
    tickets["prediction"] = 100 * model.predict_proba(features(tickets))[:, 1]
    tickets[["id", "prediction"]].to_csv(args.output, index=False)


if __name__ == "__main__":
    main()
