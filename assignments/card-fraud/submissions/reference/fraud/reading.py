"""A folder of exports -> four tables of text. Nothing is guessed here: cells stay as they were written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

LINE = {"card_id", "time", "gateway", "amount", "currency", "merchant", "entry_mode"}
REQUIRED = {
    "transactions": LINE | {"id"},
    "history": LINE,
    "cards": {"card_id", "country", "time_zone", "issued"},
    "merchants": {"merchant", "category", "country"},
}


@dataclass(frozen=True)
class Exports:
    """The tables of one folder, every cell text."""

    transactions: pd.DataFrame
    history: pd.DataFrame
    cards: pd.DataFrame
    merchants: pd.DataFrame


def read_exports(folder: Path) -> Exports:
    """Read transactions.csv, history.csv, cards.csv and merchants.csv.

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
