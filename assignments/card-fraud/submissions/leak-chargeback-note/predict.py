"""python predict.py --model DIR --input DIR --output FILE"""

import argparse
from pathlib import Path

import joblib
import pandas as pd

import clean
import features


def predict(model, folder, output):
    fitted = joblib.load(Path(model) / "model.joblib")
    tables = clean.read(folder)
    chance = fitted.predict_proba(features.build(tables))[:, 1].round(6)
    pd.DataFrame({"id": tables["transactions"]["id"], "prediction": chance}).to_csv(output, index=False)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--input", required=True)
    parser.add_argument("--output", required=True)
    args = parser.parse_args()
    predict(args.model, args.input, args.output)
