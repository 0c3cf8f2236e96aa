"""Write predictions.csv: python predict.py --model DIR --input DIR --output FILE."""

import argparse
from pathlib import Path

import joblib
import pandas as pd

import features


def predict(model, folder, output):
    """Write `id,prediction` for every customer of ``folder``."""
    table = features.build(features.read(folder))
    chance = joblib.load(Path(model) / "model.joblib").predict_proba(table)[:, 1].round(6)
    pd.DataFrame({"id": table.index, "prediction": chance}).to_csv(output, index=False)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--input", required=True)
    parser.add_argument("--output", required=True)
    args = parser.parse_args()
    predict(args.model, args.input, args.output)
