"""Train, check, and write model and figures to a folder: python train.py --data DIR --model DIR."""

import argparse
import json
import os

import joblib
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from features import make_features


def make_model():
    """Numbers, and words and pairs of words of the notes, together in a logistic regression."""
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=10)
    parts = ColumnTransformer([("words", words, "text")], remainder=numbers)
    return make_pipeline(parts, LogisticRegression(C=0.5, max_iter=2000))


def make_simple():
    """A simple guess to compare with."""
    return make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), LogisticRegression())


def known_patients(data):
    """Features and outcome (True: fell ill) of the patients whose outcome is known."""
    people, features = make_features(data)
    known = people["outcome_5y"].isin(["yes", "no"]).to_numpy()
    return features[known], (people["outcome_5y"][known] == "yes").to_numpy()


def measure(features, outcome):
    """AUC by five folds: of the model, and of age alone as a simple guess."""
    folds = cross_val_score(make_model(), features, outcome, scoring="roc_auc")
    simple = cross_val_score(make_simple(), features[["age"]], outcome, scoring="roc_auc")
    return {"roc_auc": round(float(folds.mean()), 4), "baseline": round(float(simple.mean()), 4)}


def check(model, folder):
    """AUC on the validation patients."""
    _, features = make_features(folder)
    labels = pd.read_csv(f"{folder}/labels.csv", dtype={"id": str}).set_index("id")["label"]
    return {"validation": round(roc_auc_score(labels.loc[features.index], model.predict_proba(features)[:, 1]), 4)}


def main(argv=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    args = parser.parse_args(argv)
    features, outcome = known_patients(args.data)
    figures = measure(features, outcome)
    model = make_model().fit(features, outcome)
    figures.update(check(model, os.path.join(args.data, "validation")))
    os.makedirs(args.model, exist_ok=True)
    joblib.dump(model, os.path.join(args.model, "model.joblib"))
    with open(os.path.join(args.model, "metrics.json"), "w") as file:
        json.dump(figures, file, indent=2)
    print(figures)


if __name__ == "__main__":
    main()
