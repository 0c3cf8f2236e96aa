"""The notebook's recipe, learned in training only: categories in lower case, numbers as they are."""

import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

CATEGORIES = ["channel", "product", "plan"]
NUMBERS = ["wait_minutes", "open_tickets", "customer_age_days", "contract_value", "sentiment"]


def features(rows: pd.DataFrame) -> pd.DataFrame:
    """Columns of the model, one line a ticket."""
    rows = rows.reindex(columns=CATEGORIES + NUMBERS)
    for name in CATEGORIES:
        rows[name] = rows[name].astype(str).str.lower().str.strip()
    for name in NUMBERS:
        rows[name] = pd.to_numeric(rows[name], errors="coerce")
    return rows


def pipeline():
    """Logistic regression."""
    numbers = make_pipeline(SimpleImputer(), StandardScaler())
    columns = ColumnTransformer([
        ("categories", OneHotEncoder(handle_unknown="ignore"), CATEGORIES),
        ("numbers", numbers, NUMBERS),
    ])
    return make_pipeline(columns, LogisticRegression(max_iter=1000))
