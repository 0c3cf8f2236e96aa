"""A first, simple model: logistic regression on the numeric columns of customers.csv."""

import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

NUMERIC = [
    "senior_citizen",
    "partner",
    "dependents",
    "paperless_billing",
    "tenure",
    "monthly_charges",
    "total_charges",
]


def load_customers(folder):
    """Read the customers of a folder; ids stay text."""
    return pd.read_csv(f"{folder}/customers.csv", dtype={"id": str})


def make_features(customers):
    """The numeric columns and whether the contract runs month to month; unreadable numbers are missing."""
    features = customers[NUMERIC].apply(pd.to_numeric, errors="coerce")
    features["month_to_month"] = customers["contract"].str.lower().str.startswith("month").astype(int)
    return features


def make_model():
    """Median for what is missing, then a plain logistic regression."""
    return make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), LogisticRegression())
