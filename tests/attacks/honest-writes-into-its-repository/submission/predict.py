"""Write predictions.csv: python predict.py --model DIR --input DIR --output FILE."""

import argparse
import csv
import json
from pathlib import Path

import numpy as np
import steps
from model import load_customers, make_features, predict


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--input", required=True)
    parser.add_argument("--output", required=True)
    args = parser.parse_args()

    steps.before_predict(args.model, args.input)
    kept = json.loads(Path("artifacts/model.json").read_text())
    rows = load_customers(args.input)
    features, _ = make_features(rows, kept["means"])
    chances = predict(features, np.array(kept["weights"]))
    with open(args.output, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "prediction"])
        writer.writerows([row["id"], repr(float(chance))] for row, chance in zip(rows, chances, strict=True))
    steps.after_predict(args.output)


if __name__ == "__main__":
    main()
