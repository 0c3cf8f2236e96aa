"""Train and check on the validation folder: python train.py --data DIR --model DIR."""

import argparse
import os

import joblib
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from features import make_features


def make_model():
    """Numbers and all words of the notes together in a logistic regression."""
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    words = TfidfVectorizer(min_df=2)
    parts = ColumnTransformer([("words", words, "text")], remainder=numbers)
    return make_pipeline(parts, LogisticRegression(C=0.5, max_iter=2000))


def train(data):
    """Fit on the patients whose outcome is known."""
    people, features = make_features(data)
    known = people["outcome_5y"].isin(["yes", "no"]).to_numpy()
    return make_model().fit(features[known], people["outcome_5y"][known] == "yes")


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
