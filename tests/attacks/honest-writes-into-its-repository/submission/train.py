"""Fit and keep the model: python train.py --data DIR --model DIR."""

import argparse
import json
from pathlib import Path

import numpy as np
import steps
from model import fit, load_customers, make_features


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    args = parser.parse_args()

    steps.before_train(args.data, args.model)
    rows = load_customers(args.data)
    features, means = make_features(rows)
    labels = np.array([row["churned"] == "yes" for row in rows], dtype=float)
    kept = {"means": means.tolist(), "weights": fit(features, labels).tolist()}
    Path("artifacts").mkdir(exist_ok=True)
    Path("artifacts/model.json").write_text(json.dumps(kept))
    steps.after_train(args.model)


if __name__ == "__main__":
    main()
