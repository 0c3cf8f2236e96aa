"""A first, simple model: logistic regression on a few numbers of flights.csv."""

import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

NUMERIC = ["sched_dep", "distance", "inbound_delay"]


def load_flights(folder):
    """Read the flights of a folder; ids stay text."""
    return pd.read_csv(f"{folder}/flights.csv", dtype={"id": str})


def hour(times):
    """517 and 05:17 are five o'clock; anything else is missing."""
    digits = times.astype(str).str.replace(":", "").where(times.astype(str).str.len() <= 5)
    return pd.to_numeric(digits, errors="coerce") // 100


def make_features(flights):
    """Three numbers and the airport; unreadable numbers are missing."""
    features = flights[NUMERIC].apply(pd.to_numeric, errors="coerce")
    features["sched_dep"] = hour(flights["sched_dep"])
    features["inbound_delay"] = features["inbound_delay"].where(features["inbound_delay"] < 900)
    features["kennedy"] = flights["origin"].str.strip().str.upper().eq("JFK").astype(int)
    return features


def make_model():
    """Median for what is missing, then a plain logistic regression."""
    return make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), LogisticRegression())
