"""Predict."""
import argparse

import joblib
import polars as pl

from churnlib.features import features, read


def main() -> None:
    """Predict --input into --output."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model")
    parser.add_argument("--input")
    parser.add_argument("--output")
    args = parser.parse_args()
    frame = read(f"{args.input}/customers.csv")
    model = joblib.load(f"{args.model}/model.joblib")
    p = model.predict_proba(features(frame).to_numpy())[:, 1]
    pl.DataFrame({"id": frame["id"], "prediction": p}).write_csv(args.output)


if __name__ == "__main__":
    main()
