"""Transformers: each makes its own columns."""

from __future__ import annotations

import re

import pandas as pd

from churnkit.core.interfaces import AbstractTransformer, Tables
from churnkit.core.registry import TRANSFORMERS


def number(values: pd.Series) -> pd.Series:
    """Numbers with a point or a comma; negative ones and others are missing."""
    text = values.str.replace(r"\s", "", regex=True)
    comma = text.str.contains(",", regex=False)
    text = text.where(~comma, text.str.replace(".", "", regex=False).str.replace(",", ".", regex=False))
    parsed = pd.to_numeric(text, errors="coerce")
    return parsed.where(parsed >= 0)


class ColumnTransformer(AbstractTransformer):
    """A transformer of some columns of customers."""

    def __init__(self, columns: list[str]) -> None:
        self.columns = columns


@TRANSFORMERS.register("numeric")
class NumericTransformer(ColumnTransformer):
    """Columns as numbers."""

    def transform(self, tables: Tables) -> pd.DataFrame:
        """One column a number; cents become units."""
        customers = tables["customers"].set_index("id")
        table = pd.DataFrame({name: number(customers[name]) for name in self.columns})
        legacy = customers["billing_system"].str.strip().str.lower().eq("legacy")
        table["monthly_charges"] = table["monthly_charges"].where(~legacy, table["monthly_charges"] / 100)
        return table


@TRANSFORMERS.register("flags")
class FlagTransformer(ColumnTransformer):
    """Columns of 0 and 1."""

    def transform(self, tables: Tables) -> pd.DataFrame:
        """As they are."""
        return tables["customers"].set_index("id")[self.columns].astype(float)


@TRANSFORMERS.register("categories")
class CategoryTransformer(ColumnTransformer):
    """Columns of few words, by their letters."""

    def transform(self, tables: Tables) -> pd.DataFrame:
        """One column a word of three letters or more."""
        customers = tables["customers"].set_index("id")
        words = customers[self.columns].map(lambda text: re.sub(r"[^a-z]", "", text.lower()))
        return pd.get_dummies(words).astype(float)


@TRANSFORMERS.register("usage")
class UsageTransformer(ColumnTransformer):
    """Means of the last months, for every window."""

    def __init__(self, columns: list[str], windows: list[int]) -> None:
        super().__init__(columns)
        self.windows = windows

    def transform(self, tables: Tables) -> pd.DataFrame:
        """One column a measure and window."""
        usage = tables["usage"]
        values = usage[["customer_id", "month"]].assign(**{c: number(usage[c]) for c in self.columns})
        months = [f"2024-0{month}" for month in range(1, 7)]
        table = {}
        for window in self.windows:
            late = values[values["month"].isin(months[-window:])].groupby("customer_id")[self.columns].mean()
            table |= {f"{column}_{window}": late[column] for column in self.columns}
        return pd.DataFrame(table)


@TRANSFORMERS.register("contacts")
class ContactTransformer(AbstractTransformer):
    """How often a customer got in touch."""

    def __init__(self, channels: list[str]) -> None:
        self.channels = channels

    def transform(self, tables: Tables) -> pd.DataFrame:
        """Counts by channel, and of what was not resolved; nobody who never called is missing."""
        contacts = tables["contacts"].drop_duplicates("contact_id")
        table = {c: contacts["channel"].eq(c) for c in self.channels}
        table["open"] = ~contacts["resolved"].str.strip().str.lower().str.startswith("y")
        counts = pd.DataFrame(table).groupby(contacts["customer_id"]).sum().astype(float)
        return counts.reindex(tables["customers"]["id"], fill_value=0.0)
