"""The tables of a folder -> one line of numbers for each customer."""

from pathlib import Path

import pandas as pd

from cleaning import to_number, to_word

PLANS = ("basic", "plus", "family")


def read_tables(folder):
    """Customers and orders as text; a line that was exported twice counts once."""
    tables = (pd.read_csv(Path(folder) / f"{name}.csv", dtype=str, keep_default_na=False) for name in ("customers", "orders"))
    customers, orders = tables
    return customers, orders.drop_duplicates("order")


def features_of(customers, orders):
    """Age, plan, orders and late ones."""
    age = to_number(customers["age"])
    table = pd.DataFrame({"age": age.where(age >= 0)}, index=customers.index)
    for plan in PLANS:
        table[plan] = to_word(customers["plan"]).eq(plan).astype(float)
    table["orders"] = customers["id"].map(orders["customer"].value_counts()).fillna(0)
    table["late"] = customers["id"].map(orders[to_word(orders["late"]).eq("yes")]["customer"].value_counts()).fillna(0)
    table["settled"] = customers["refund_code"].ne("").astype(float)
    return table

