"""Write predictions: python predict.py --model DIR --input DIR --output FILE."""

import argparse
import csv
import json
import pathlib

from churn import chance, features, read_customers


def main():
    """Read the weights and the rows, write id,prediction."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--input", required=True)
    parser.add_argument("--output", required=True)
    args = parser.parse_args()
    weights = json.loads((pathlib.Path(args.model) / "weights.json").read_text())
    with open(args.output, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "prediction"])
        for row in read_customers(f"{args.input}/customers.csv"):
            writer.writerow([row["id"], round(chance(weights, features(row)), 6)])


if __name__ == "__main__":
    main()
