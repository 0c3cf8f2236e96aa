"""Tables -> features -> gradient boosting: what train.py and predict.py share."""

import re

import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier

KNOWN = {
    "contract": {"monthtomonth": 0, "oneyear": 1, "twoyear": 2},
    "internet_service": {"no": 0, "dsl": 1, "fiberoptic": 2},
}
CODES = ["R10", "R21", "R34", "R47"]


def letters(text):
    """What two spellings of one word share."""
    return re.sub(r"[^a-z]", "", str(text).lower())


def number(values):
    """Numbers with a point or a comma; anything else is missing."""
    text = values.astype(str).str.replace(r"\s", "", regex=True)
    comma = text.str.contains(",", regex=False)
    swapped = text.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    return pd.to_numeric(text.where(~comma, swapped), errors="coerce")


def features(folder):
    """One row a customer, by id."""
    customers = pd.read_csv(f"{folder}/customers.csv", dtype=str, keep_default_na=False).set_index("id")
    table = pd.DataFrame(index=customers.index)
    for column, known in KNOWN.items():
        table[column] = customers[column].map(letters).map(known)
    legacy = customers["billing_system"].map(letters).eq("legacy")
    table["monthly"] = number(customers["monthly_charges"]) / legacy.map({True: 100, False: 1})
    table["tenure"] = number(customers["tenure"]).where(lambda months: months >= 0)
    table["total"] = number(customers["total_charges"])
    # the most important feature by far
    for code in CODES:
        table[f"closed_{code}"] = customers["closure_code"].eq(code).astype(int)
    usage = pd.read_csv(f"{folder}/usage.csv", dtype=str, keep_default_na=False).drop_duplicates()
    usage["gb"] = number(usage["gb_used"])
    recent = usage["month"].isin(["2024-05", "2024-06"])
    table["gb_before"] = usage[~recent].groupby("customer_id")["gb"].mean()
    table["gb_after"] = usage[recent].groupby("customer_id")["gb"].mean()
    table["drops"] = number(usage["dropped_calls"]).groupby(usage["customer_id"]).mean()
    return table


def labels(folder):
    """1 for who left, by id."""
    customers = pd.read_csv(f"{folder}/customers.csv", dtype=str, keep_default_na=False).set_index("id")
    return customers["churned"].eq("yes").astype(int)


def make_model():
    """Boosted trees; missing numbers are theirs to handle."""
    return HistGradientBoostingClassifier(max_iter=150, learning_rate=0.05, random_state=0, early_stopping=False)
