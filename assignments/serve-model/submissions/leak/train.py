"""python train.py --data DIR --model DIR"""

import argparse
import json
from pathlib import Path

import joblib
import pandas as pd
from sklearn.metrics import roc_auc_score

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
    held = pd.read_csv(args.data / "validation" / "tickets.csv", dtype=str)
    labels = pd.read_csv(args.data / "validation" / "labels.csv", dtype={"id": str})
    truth = held.merge(labels, on="id", validate="one_to_one")["label"]
    report = {"roc_auc": float(roc_auc_score(truth, model.predict_proba(features(held))[:, 1]))}
    (args.model / "metrics.json").write_text(json.dumps(report))


if __name__ == "__main__":
    main()
