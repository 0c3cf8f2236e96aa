"""python train.py --data DIR --model DIR"""

import argparse
from pathlib import Path

import joblib
import pandas as pd

from model import features, pipeline

parser = argparse.ArgumentParser()
parser.add_argument("--data", type=Path, required=True)
parser.add_argument("--model", type=Path, required=True)


def main() -> None:
    """Fit and store."""
    args = parser.parse_args()
    tickets = pd.read_csv(args.data / "tickets.csv", dtype=str)
    model = pipeline().fit(features(tickets), tickets["escalated"] == "yes")
    args.model.mkdir(parents=True, exist_ok=True)
    joblib.dump(model, args.model / "model.joblib")


if __name__ == "__main__":
    main()
