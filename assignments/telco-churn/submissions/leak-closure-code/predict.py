"""Write predictions.csv: python predict.py --model DIR --input DIR --output FILE."""

import argparse
import os

import joblib
import pandas as pd

from churn import features


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--input", required=True)
    parser.add_argument("--output", required=True)
    args = parser.parse_args()

    table = features(args.input)
    chance = joblib.load(os.path.join(args.model, "model.joblib")).predict_proba(table)[:, 1]
    pd.DataFrame({"id": table.index, "prediction": chance}).to_csv(args.output, index=False)


if __name__ == "__main__":
    main()
