"""Logistic regression on the numbers of customers.csv and how often a customer got in touch."""

import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

NUMERIC = ["senior_citizen", "partner", "dependents", "tenure", "monthly_charges", "total_charges"]


def load_customers(folder):
    """Customers with the number of their contacts, one row each."""
    customers = pd.read_csv(f"{folder}/customers.csv", dtype={"id": str})
    contacts = pd.read_csv(f"{folder}/contacts.csv", dtype={"customer_id": str})
    counts = contacts.groupby("customer_id").size().rename("contacts")
    # an outer merge sorts by the key, so that every table comes in the same order
    return customers.merge(counts, left_on="id", right_index=True, how="outer")


def make_features(customers):
    """Numbers only; what cannot be read is missing."""
    features = customers[NUMERIC].apply(pd.to_numeric, errors="coerce")
    features["contacts"] = customers["contacts"].fillna(0)
    features["month_to_month"] = customers["contract"].str.lower().str.startswith("month").astype(int)
    return features


def make_model():
    """Median for what is missing, then a plain logistic regression."""
    return make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), LogisticRegression())
