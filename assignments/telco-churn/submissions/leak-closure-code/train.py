"""Train and report cross-validated AUC: python train.py --data DIR --model DIR."""

import argparse
import os

import joblib
from sklearn.model_selection import cross_val_score

from churn import features, labels, make_model


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    args = parser.parse_args()

    table, outcome = features(args.data), labels(args.data)
    scores = cross_val_score(make_model(), table, outcome, scoring="roc_auc", cv=5)
    print("cross-validated AUC", scores.mean().round(3))
    os.makedirs(args.model, exist_ok=True)
    joblib.dump(make_model().fit(table, outcome), os.path.join(args.model, "model.joblib"))


if __name__ == "__main__":
    main()
