"""Train, check, and write model and figures to a folder: python train.py --data DIR --model DIR."""

import argparse
import json
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


def known_patients(data):
    """Features and outcome (True: fell ill) of the patients whose outcome is known."""
    people, features = make_features(data)
    known = people["outcome_5y"].isin(["yes", "no"]).to_numpy()
    return features[known], (people["outcome_5y"][known] == "yes").to_numpy()


def measure(features, outcome):
    """AUC by five folds: of the model, and of age alone as a simple guess."""
    folds = cross_val_score(make_model(), features, outcome, scoring="roc_auc")
    simple = cross_val_score(make_model(), features[["age"]], outcome, scoring="roc_auc")
    return {"roc_auc": round(float(folds.mean()), 4), "baseline": round(float(simple.mean()), 4)}


def check(model, folder):
    """AUC on the validation patients: all, and by site and chart system where both outcomes occur."""
    people, features = make_features(folder)
    labels = pd.read_csv(f"{folder}/labels.csv", dtype={"id": str}).set_index("id")["label"]
    rows = people[["site", "chart_system"]].apply(lambda column: column.str.strip().str.upper())
    rows = rows.assign(label=labels.loc[people["id"]].to_numpy(), chance=model.predict_proba(features)[:, 1])
    figures = {"validation": round(roc_auc_score(rows["label"], rows["chance"]), 4)}
    for column in ("site", "chart_system"):
        for value, part in rows.groupby(column):
            if part["label"].nunique() == 2:
                figures[f"validation {column}={value}"] = round(roc_auc_score(part["label"], part["chance"]), 4)
    return figures


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
