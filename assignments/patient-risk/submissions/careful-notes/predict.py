"""Write predictions.csv: python predict.py --model DIR --input DIR --output FILE."""

import argparse
import os

import joblib
import pandas as pd

from features import make_features


def predict(model, folder):
    """id and prediction, one line a patient."""
    _, features = make_features(folder)
    chance = model.predict_proba(features)[:, 1].round(6)
    return pd.DataFrame({"id": features.index, "prediction": chance})


def main(argv=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--input", required=True)
    parser.add_argument("--output", required=True)
    args = parser.parse_args(argv)
    model = joblib.load(os.path.join(args.model, "model.joblib"))
    predict(model, args.input).to_csv(args.output, index=False)


if __name__ == "__main__":
    main()
