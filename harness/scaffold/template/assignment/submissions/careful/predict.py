"""python predict.py --model DIR --input DIR --output FILE"""

import argparse
from pathlib import Path

import joblib

from features import features_of, read_tables


def main():
    """Write id,prediction for every customer of the input."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--input", required=True)
    parser.add_argument("--output", required=True)
    given = parser.parse_args()

    model = joblib.load(Path(given.model) / "model.joblib")
    customers, orders = read_tables(given.input)
    chance = model.predict_proba(features_of(customers, orders))[:, 1]
    customers.assign(prediction=chance)[["id", "prediction"]].to_csv(given.output, index=False)


if __name__ == "__main__":
    main()
