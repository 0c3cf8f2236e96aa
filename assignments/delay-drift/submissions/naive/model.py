"""All columns into one forest."""

import pandas as pd
from sklearn.ensemble import RandomForestClassifier

KEPT = ["sched_dep", "distance", "inbound_delay", "air_time", "carrier", "origin", "system"]


def load_flights(folder):
    flights = pd.read_csv(f"{folder}/flights.csv", dtype={"id": str})
    weather = pd.read_csv(f"{folder}/weather.csv")
    sky = weather.groupby("flight_id")[["temp", "wind_speed", "precip", "visib"]].mean()
    return flights.merge(sky, left_on="id", right_index=True, how="left")


def make_features(flights):
    features = flights[["temp", "wind_speed", "precip", "visib"]].fillna(0)
    for name in KEPT:
        numbers = pd.to_numeric(flights[name], errors="coerce")
        # text becomes the length and the letters of it
        letters = flights[name].fillna("").astype(str).map(lambda text: sum(map(ord, text[:3])))
        features[name] = numbers.fillna(letters)
    return features


def make_model():
    return RandomForestClassifier(60, min_samples_leaf=20, random_state=0)
