"""Late flights: `python delays.py train DATA MODEL`, `python delays.py predict MODEL INPUT OUTPUT`."""

import sys
from pathlib import Path

import joblib
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier


def prepare(folder):
    """Features and target of a folder."""
    flights = pd.read_csv(Path(folder) / "flights.csv", dtype={"id": str})
    weather = pd.read_csv(Path(folder) / "weather.csv")
    wind = weather.groupby("flight_id")["wind_speed"].mean().rename("wind")
    table = flights.merge(wind, left_on="id", right_index=True, how="left")
    features = table[["distance", "wind"]].copy()
    features["behind"] = pd.to_numeric(table["inbound_delay"], errors="coerce")
    features["kennedy"] = table["origin"].str.strip().str.upper().eq("JFK")
    target = table["late"].map({"yes": 1, "no": 0}).fillna(0)
    return table["id"], features, target


def train(data, model):
    _, features, target = prepare(data)
    fitted = HistGradientBoostingClassifier(random_state=0).fit(features, target)
    joblib.dump(fitted, Path(model) / "model.joblib")
    print("training accuracy", fitted.score(features, target))


def predict(model, folder, output):
    ids, features, _ = prepare(folder)
    fitted = joblib.load(Path(model) / "model.joblib")
    pd.DataFrame({"id": ids, "prediction": fitted.predict_proba(features)[:, 1]}).to_csv(output, index=False)


if __name__ == "__main__":
    {"train": train, "predict": predict}[sys.argv[1]](*sys.argv[2:])
