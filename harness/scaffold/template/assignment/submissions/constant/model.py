"""A first, simple model: logistic regression on the columns of customers.csv that are numbers."""

import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

NUMERIC = ["age", "basket"]


def load_customers(folder):
    """Read the customers of a folder; ids stay text."""
    return pd.read_csv(f"{folder}/customers.csv", dtype={"id": str})


def make_features(customers):
    """The numeric columns and whether the plan is the basic one; unreadable numbers are missing."""
    features = customers[NUMERIC].apply(pd.to_numeric, errors="coerce")
    features["basic"] = customers["plan"].str.lower().eq("basic").astype(int)
    return features


def make_model():
    """Median for what is missing, then a plain logistic regression."""
    return make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), LogisticRegression())
