"""A folder of exports -> three tables of text. Nothing is guessed here: cells stay as they were written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

REQUIRED = {
    "customers": {"id", "tenure", "contract", "monthly_charges", "total_charges", "billing_system"},
    "usage": {"customer_id", "month", "gb_used", "minutes", "dropped_calls"},
    "contacts": {"contact_id", "customer_id", "date", "resolved"},
}


@dataclass(frozen=True)
class Exports:
    """The tables of one folder, every cell text."""

    customers: pd.DataFrame
    usage: pd.DataFrame
    contacts: pd.DataFrame


def read_exports(folder: Path) -> Exports:
    """Read customers.csv, usage.csv and contacts.csv.

    Raises:
        FileNotFoundError: a table is absent.
        ValueError: a table lacks columns that the model needs.
    """
    return Exports(**{name: _read(folder / f"{name}.csv", columns) for name, columns in REQUIRED.items()})


def _read(path: Path, required: set[str]) -> pd.DataFrame:
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    table.columns = table.columns.str.strip()
    if missing := required - set(table.columns):
        raise ValueError(f"{path.name} lacks the columns {', '.join(sorted(missing))}")
    return table


def check_filled(exports: Exports) -> None:
    """Training on a table with nothing in a column would go well, and the model would miss it later.

    Raises:
        ValueError: a table has no rows, or a column of it no value.
    """
    for name in REQUIRED:
        table = getattr(exports, name)
        if table.empty:
            raise ValueError(f"{name}.csv has no rows")
        if empty := [column for column in table.columns if table[column].str.strip().eq("").all()]:
            raise ValueError(f"{name}.csv has nothing in the columns {', '.join(empty)}")
