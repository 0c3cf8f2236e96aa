"""python train.py --data DIR --model DIR"""

import argparse
import os

import joblib

from model import load_customers, make_features, make_model


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    args = parser.parse_args()

    customers = load_customers(args.data)
    model = make_model().fit(make_features(customers), customers["refunded"] == "yes")
    os.makedirs(args.model, exist_ok=True)
    joblib.dump(model, os.path.join(args.model, "model.joblib"))


if __name__ == "__main__":
    main()
