"""Accounts that stand twice under different ids -> one group a customer."""

from __future__ import annotations

import pandas as pd

from churn import cleaning
from churn.reading import Exports


def groups(exports: Exports) -> pd.Series:
    """A group number by customer id: two accounts with the same usage, to the cent, are one customer.

    Six months of gigabytes and minutes are as good as a signature. Customers with hardly any usage to
    compare (one month, or nothing but zeros) stay on their own.
    """
    usage = exports.usage[["customer_id", "month"]].copy()
    usage["gb"] = cleaning.number(exports.usage["gb_used"])
    usage["minutes"] = cleaning.number(exports.usage["minutes"])
    usage = usage.drop_duplicates().sort_values(["customer_id", "month"])
    line = (
        usage["month"] + ":" + usage["gb"].map("{:.2f}".format) + ":" + usage["minutes"].map("{:.0f}".format)
    )
    prints = line.groupby(usage["customer_id"]).agg("|".join)
    telling = usage["minutes"].gt(0).groupby(usage["customer_id"]).sum().ge(2)
    ids = exports.customers["id"]
    prints = prints.where(telling).reindex(ids)
    prints = prints.where(prints.notna(), prints.index.to_series())
    return pd.Series(pd.factorize(prints)[0], index=ids)
