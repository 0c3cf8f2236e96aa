"""The tables of a folder -> one line of numbers for each customer."""

from pathlib import Path

import pandas as pd

from cleaning import to_day, to_number, to_word

TODAY = pd.Timestamp("2024-06-30")
PLANS = ("basic", "plus", "family")


def read_tables(folder):
    """Customers and orders as text; a line that was exported twice counts once."""
    tables = (pd.read_csv(Path(folder) / f"{name}.csv", dtype=str, keep_default_na=False) for name in ("customers", "orders"))
    customers, orders = tables
    return customers, orders.drop_duplicates("order")


def features_of(customers, orders):
    """Age, plan, basket, time as a customer, and what the orders say."""
    age = to_number(customers["age"])
    table = pd.DataFrame({"age": age.where(age >= 0), "basket": to_number(customers["basket"])}, index=customers.index)
    for plan in PLANS:
        table[plan] = to_word(customers["plan"]).eq(plan).astype(float)
    table["days"] = (TODAY - to_day(customers["joined"])).dt.days
    return table.join(summary_of(orders).reindex(customers["id"]).set_index(customers.index))


def summary_of(orders):
    """Orders, mean amount and share of late parcels of each customer, drawn to the mean of few orders."""
    late = to_word(orders["late"]).eq("yes")
    grouped = pd.DataFrame({"amount": to_number(orders["amount"]), "late": late}).groupby(orders["customer"])
    found = pd.DataFrame({"orders": grouped.size(), "amount": grouped["amount"].mean()})
    found["late"] = (grouped["late"].sum() + 1.0) / (found["orders"] + 4.0)
    return found
