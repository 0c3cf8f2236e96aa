"""Tables -> features -> nearest neighbours: what train.py and predict.py share."""

import re

import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

KNOWN = {
    "contract": {"monthtomonth": 0, "oneyear": 1, "twoyear": 2},
    "internet_service": {"no": 0, "dsl": 1, "fiberoptic": 2},
}


MONTHS = [f"2024-0{month}" for month in range(1, 7)]
COLUMNS = [*KNOWN, "monthly", "tenure", "total", "drops"]
COLUMNS += [f"{what}_{month}" for what in ("gb", "minutes") for month in MONTHS]


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
    usage = pd.read_csv(f"{folder}/usage.csv", dtype=str, keep_default_na=False).drop_duplicates()
    usage["gb"] = number(usage["gb_used"])
    usage["minutes"] = number(usage["minutes"])
    for month in MONTHS:
        one = usage[usage["month"].eq(month)].drop_duplicates("customer_id").set_index("customer_id")
        table[f"gb_{month}"], table[f"minutes_{month}"] = one["gb"], one["minutes"]
    table["drops"] = number(usage["dropped_calls"]).groupby(usage["customer_id"]).mean()
    return table.reindex(columns=COLUMNS)


def labels(folder):
    """1 for who left, by id."""
    customers = pd.read_csv(f"{folder}/customers.csv", dtype=str, keep_default_na=False).set_index("id")
    return customers["churned"].eq("yes").astype(int)


def balanced(table, outcome):
    """As many leavers as stayers: leavers are repeated."""
    leavers = outcome[outcome.eq(1)].index
    more = leavers.repeat((len(outcome) - len(leavers)) // len(leavers))
    keep = outcome[outcome.eq(0)].index.append(more)
    return table.loc[keep], outcome.loc[keep]


def make_model():
    """Who is like a customer who left? The nearer a neighbour, the more it counts."""
    neighbours = KNeighborsClassifier(n_neighbors=15, weights="distance")
    return make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler(), neighbours)
