"""A first, simple model: logistic regression on what stands in the transaction and its merchant's category."""

import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

MODES = ["chip", "contactless", "online", "stripe", "keyed"]
CATEGORIES = ["electronics", "jewellery", "gift cards", "digital goods", "travel", "grocery", "restaurant"]


def load(folder):
    """Transactions with the category of their merchant; ids stay text."""
    transactions = pd.read_csv(f"{folder}/transactions.csv", dtype=str, keep_default_na=False)
    merchants = pd.read_csv(f"{folder}/merchants.csv", dtype=str).drop_duplicates("merchant")
    return transactions.merge(merchants[["merchant", "category"]], on="merchant", how="left")


def make_features(table):
    """Amount, hour, entry mode and category; what cannot be read is missing."""
    features = pd.DataFrame({"amount": pd.to_numeric(table["amount"], errors="coerce")})
    hour = pd.to_numeric(table["time"].str[11:13], errors="coerce")
    features["night"] = (hour < 6).astype(int)
    mode = table["entry_mode"].str.strip().str.lower()
    for name in MODES:
        features[f"mode {name}"] = (mode == name).astype(int)
    category = table["category"].fillna("").str.strip().str.lower()
    for name in CATEGORIES:
        features[f"category {name}"] = (category == name).astype(int)
    return features


def make_model():
    """Median for what is missing, then a plain logistic regression."""
    return make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), LogisticRegression(max_iter=1000))
