"""A folder of exports -> one row of numbers a customer; a row knows its own customer only."""

from pathlib import Path

import numpy as np
import pandas as pd

import clean

SNAPSHOT = pd.Timestamp("2024-06-30")
LATE = ["2024-05", "2024-06"]
RECENT_DAYS = 60
KNOWN = {
    "contract": ["Month-to-month", "One year", "Two year"],
    "internet_service": ["No", "DSL", "Fiber optic"],
}
YES_NO = ["senior_citizen", "partner", "dependents", "paperless_billing", "online_security", "tech_support"]


def read(folder):
    """The three tables of a folder, every cell text."""
    names = ("customers", "usage", "contacts")
    return {
        name: pd.read_csv(Path(folder) / f"{name}.csv", dtype=str, keep_default_na=False) for name in names
    }


def build(tables):
    """All features by customer id, in the order of customers.csv."""
    accounts = account_features(tables["customers"])
    usage = usage_features(tables["usage"]).reindex(accounts.index)
    contacts = contact_features(tables["contacts"]).reindex(accounts.index, fill_value=0.0)
    return pd.concat([accounts, usage, contacts], axis=1)


def account_features(customers):
    """Contract, money and months, in one form each."""
    table = pd.DataFrame(index=customers.index)
    for column, known in KNOWN.items():
        table[column] = clean.category(customers[column], known)
    for column in YES_NO:
        table[column] = clean.yes(customers[column])
    table["monthly"] = clean.monthly_amount(customers["monthly_charges"], customers["billing_system"])
    total = clean.number(customers["total_charges"])
    table["tenure"] = clean.tenure_months(customers["tenure"], total, table["monthly"])
    return table.set_axis(customers["id"])


def usage_features(usage):
    """Gigabytes before May and since, and dropped calls; a month exported twice counts once."""
    table = usage[["customer_id", "month"]].copy()
    for name in ("gb_used", "dropped_calls"):
        table[name] = clean.number(usage[name])
    table = table.groupby(["customer_id", "month"]).first().reset_index()
    late = table["month"].isin(LATE)
    before = np.log1p(table[~late].groupby("customer_id")["gb_used"].mean())
    after = np.log1p(table[late].groupby("customer_id")["gb_used"].mean())
    drops = table.groupby("customer_id")["dropped_calls"].mean()
    return pd.DataFrame({"gb_change": after - before, "drops": drops})


def contact_features(contacts):
    """Contacts of the last two months that are not settled."""
    table = contacts.drop_duplicates("contact_id")
    recent = (SNAPSHOT - clean.date(table["date"])).dt.days < RECENT_DAYS
    still_open = (recent & clean.yes(table["resolved"]).eq(0)).astype(float)
    return still_open.groupby(table["customer_id"]).sum().rename("open_recent").to_frame()


def outcomes(customers):
    """1 for who left, by id; an account with a closure code is closed, whatever was booked."""
    left = clean.yes(customers["churned"]).eq(1) | customers["closure_code"].ne("")
    return left.astype(int).set_axis(customers["id"])


def first_accounts(tables):
    """True for the first account of each customer: a second one has the same usage, to the last digit."""
    usage = tables["usage"][["customer_id", "month"]].assign(
        gb=clean.number(tables["usage"]["gb_used"]), minutes=clean.number(tables["usage"]["minutes"])
    )
    usage = usage.groupby(["customer_id", "month"]).first().reset_index()
    line = usage["month"] + ":" + usage["gb"].map("{:.2f}".format) + ":" + usage["minutes"].map("{:.0f}".format)
    prints = line.groupby(usage["customer_id"]).agg("|".join).reindex(tables["customers"]["id"])
    copies = prints.duplicated() & prints.str.count(r"\|").ge(2)
    return ~copies
