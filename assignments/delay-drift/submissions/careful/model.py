"""Gradient boosting on what is known before departure. The month is a feature: airlines change."""

import pandas as pd
from clean import dates, delay, in_miles, in_mph, minutes, numbers, words
from sklearn.ensemble import HistGradientBoostingClassifier

CARRIERS = ["9E", "AA", "AS", "B6", "DL", "EV", "F9", "FL", "HA", "MQ", "OO", "UA", "US", "VX", "WN", "YV"]
ORIGINS = ["EWR", "JFK", "LGA"]
SKY = ["temp", "humid", "precip", "pressure", "visib"]
NEW_TIMES = 11  # since November other airlines are late: the share by airline and month says so


def load_flights(folder):
    """Read the flights of a folder with their airline's short code and their weather; all text."""
    flights = pd.read_csv(f"{folder}/flights.csv", dtype=str, keep_default_na=False)
    airlines = pd.read_csv(f"{folder}/airlines.csv", dtype=str, keep_default_na=False)
    flights["carrier"] = words(flights["carrier"]).replace(dict(zip(airlines["icao"], airlines["carrier"])))
    flights["minute"] = words(flights["sched_dep"]).map(minutes)
    weather = pd.read_csv(f"{folder}/weather.csv", dtype=str, keep_default_na=False)
    return flights.merge(last_weather(weather, flights), left_on="id", right_index=True, how="left")


def last_weather(weather, flights):
    """The newest line before departure of every flight."""
    day = dates(flights["flight_date"]) + pd.to_timedelta(flights["minute"], unit="min")
    departs = pd.Series(day.to_numpy(), index=flights["id"])
    table = weather[SKY].apply(numbers)
    table["wind"] = in_mph(weather["wind_speed"], weather["wind_unit"]).round(1)
    table["id"] = weather["flight_id"]
    table["at"] = pd.to_datetime(weather["observed_at"], errors="coerce")
    table = table[table["at"] <= table["id"].map(departs)]
    return table.sort_values(["id", "at", *SKY]).groupby("id").last().drop(columns="at")


def make_features(flights):
    """One row of numbers a flight."""
    features = flights[[*SKY, "wind"]].copy()
    features["hour"] = flights["minute"] / 60
    features["weekday"] = dates(flights["flight_date"]).dt.day_of_week
    features["new_times"] = (dates(flights["flight_date"]).dt.month >= NEW_TIMES).astype(int)
    features["miles"] = in_miles(flights["distance"], flights["distance_unit"]).round()
    features["behind"] = words(flights["inbound_delay"]).map(delay)
    for carrier in CARRIERS:
        features[f"carrier_{carrier}"] = flights["carrier"].eq(carrier).astype(int)
    for origin in ORIGINS:
        features[f"origin_{origin}"] = words(flights["origin"]).eq(origin).astype(int)
    return features


def make_model():
    """Small trees, many of them."""
    return HistGradientBoostingClassifier(max_iter=150, learning_rate=0.06, max_leaf_nodes=10, random_state=0)
