"""Learn the weights: python train.py --data DIR --model DIR."""

import argparse
import json
import pathlib

from churn import features, fit, read_customers


def main():
    """Read, fit, write weights.json."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    args = parser.parse_args()
    customers = read_customers(f"{args.data}/customers.csv")
    targets = [1.0 if row["churned"] == "yes" else 0.0 for row in customers]
    weights = fit([features(row) for row in customers], targets)
    folder = pathlib.Path(args.model)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "weights.json").write_text(json.dumps(weights))


if __name__ == "__main__":
    main()
