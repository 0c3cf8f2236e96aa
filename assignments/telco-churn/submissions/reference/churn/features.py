"""Exports -> one row of numbers a customer. Each row depends on its own customer only.

Left out on purpose: `closure_code` (written after the account is closed), `billing_system` and `system`
(which software wrote a line says nothing of the customer).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from churn import cleaning
from churn.reading import Exports
from churn.settings import Settings

CONTRACTS = ("Month-to-month", "One year", "Two year")
PAYMENTS = ("Electronic check", "Mailed check", "Bank transfer (automatic)", "Credit card (automatic)")
INTERNET = ("Fiber optic", "DSL", "No")
ADD_ONS = (
    "multiple_lines",
    "online_security",
    "online_backup",
    "device_protection",
    "tech_support",
    "streaming_tv",
    "streaming_movies",
)
FLAGS = ("female", "senior_citizen", "partner", "dependents", "phone_service", "paperless_billing")
VOLUMES = ("gb_used", "minutes")


def build(exports: Exports, settings: Settings) -> pd.DataFrame:
    """Features by customer id, in the order of customers.csv; missing numbers stay NaN."""
    ids = exports.customers["id"]
    table = pd.concat(
        [
            account_features(exports.customers, settings),
            usage_features(exports.usage, settings).reindex(ids),
            contact_features(exports.contacts, settings).reindex(ids, fill_value=0.0),
        ],
        axis=1,
    )
    table["friction"] = table["open_recent"] + np.log1p(table["drops"].fillna(0.0))
    return table.astype(float)


def account_features(customers: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """What the customers table says, cleaned."""
    columns: dict[str, pd.Series] = {}
    for name, known in (
        ("contract", CONTRACTS),
        ("payment_method", PAYMENTS),
        ("internet_service", INTERNET),
    ):
        spelled = cleaning.category(customers[name], known, settings.fuzzy_cutoff)
        columns |= {f"{name}={member}": spelled.eq(member) for member in known}
    columns |= {name: cleaning.truth(customers[name]) for name in (*ADD_ONS, *FLAGS)}
    monthly = cleaning.monthly_amount(customers["monthly_charges"], customers["billing_system"])
    tenure, total = cleaning.fill_from_each_other(
        cleaning.tenure_months(customers["tenure"]), cleaning.number(customers["total_charges"]), monthly
    )
    columns |= {"monthly": monthly, "tenure": tenure, "log_tenure": np.log1p(tenure), "total": total}
    columns["month_to_month_log_tenure"] = columns["contract=Month-to-month"] * columns["log_tenure"]
    columns["fiber_month_to_month"] = (
        columns["internet_service=Fiber optic"] & columns["contract=Month-to-month"]
    )
    return pd.DataFrame(columns).set_axis(customers["id"]).astype(float)


def usage_features(usage: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """How usage changed lately, and how often calls drop. Lines exported twice count once."""
    table = usage[["customer_id", "month"]].copy()
    for name in (*VOLUMES, "dropped_calls"):
        table[name] = cleaning.number(usage[name])
    # the first known value of a month; the mean of two copies would do as well
    table = table.groupby(["customer_id", "month"], sort=True).first().reset_index()
    latest = pd.Period(settings.snapshot, "M")
    recent = table["month"].isin([str(latest - back) for back in range(settings.last_months)])
    change = {}
    for name in VOLUMES:
        after = table[recent].groupby("customer_id")[name].mean()
        before = table[~recent].groupby("customer_id")[name].mean()
        change[f"{name}_change"] = (np.log1p(after) - np.log1p(before)).clip(-3, 3)
    features = pd.DataFrame(change)
    features["drops"] = table.groupby("customer_id")["dropped_calls"].mean()
    features["change"] = (
        features[["gb_used_change", "minutes_change"]].where(lambda f: f.ne(0.0)).mean(axis=1)
    )
    return features


def contact_features(contacts: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Open and settled contacts, recent and old. Lines exported twice count once."""
    table = contacts.drop_duplicates("contact_id")
    age = (pd.Timestamp(settings.snapshot) - cleaning.date(table["date"])).dt.days
    settled = cleaning.truth(table["resolved"])
    recent = age.lt(settings.recent_days)
    counts = pd.DataFrame(
        {
            "open_recent": ~settled & recent,
            "open_older": ~settled & ~recent,
            "settled": settled,
            "open_month": ~settled & age.lt(settings.recent_days / 2),
        }
    ).astype(float)
    return counts.groupby(table["customer_id"]).sum()
