"""Train, and check by five folds and on the validation folder: python train.py --data DIR --model DIR."""

import argparse
import os

import joblib
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from features import make_features


def make_model():
    """Median for what is missing, then a plain logistic regression."""
    return make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), LogisticRegression(C=0.1, max_iter=2000))


def train(data):
    """Fit on the patients whose outcome is known; print the AUC of five folds."""
    people, features = make_features(data)
    known = people["outcome_5y"].isin(["yes", "no"]).to_numpy()
    outcome = people["outcome_5y"][known] == "yes"
    print("AUC of five folds", cross_val_score(make_model(), features[known], outcome, scoring="roc_auc").mean().round(3))
    return make_model().fit(features[known], outcome)


def check(model, folder):
    """AUC on the validation patients."""
    _, features = make_features(folder)
    labels = pd.read_csv(f"{folder}/labels.csv", dtype={"id": str}).set_index("id")["label"]
    return roc_auc_score(labels.loc[features.index], model.predict_proba(features)[:, 1])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    args = parser.parse_args()
    model = train(args.data)
    os.makedirs(args.model, exist_ok=True)
    joblib.dump(model, os.path.join(args.model, "model.joblib"))
    print("validation AUC", round(check(model, os.path.join(args.data, "validation")), 3))


if __name__ == "__main__":
    main()
