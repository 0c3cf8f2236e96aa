"""Train a model: python train.py --data DIR --model DIR."""

import argparse
from pathlib import Path

import joblib
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline


def make_features(patients):
    """One column, to begin with."""
    return patients[["age"]].apply(pd.to_numeric, errors="coerce")


def train(data, model):
    """Fit on the patients of ``data`` and write the model to the folder ``model``."""
    patients = pd.read_csv(Path(data) / "patients.csv", dtype={"id": str})
    patients = patients[patients["outcome_5y"].notna()]
    fitted = make_pipeline(SimpleImputer(strategy="median"), LogisticRegression())
    fitted.fit(make_features(patients), patients["outcome_5y"] == "yes")
    Path(model).mkdir(parents=True, exist_ok=True)
    joblib.dump(fitted, Path(model) / "model.joblib")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    args = parser.parse_args()
    train(args.data, args.model)
