"""A folder of exports -> four tables of text. Nothing is guessed here: cells stay as they were written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

REQUIRED = {
    "patients": {"id", "assessed_on", "age", "sex", "site", "chart_system", "height", "weight", "smoking"},
    "labs": {"patient_id", "taken_on", "test", "value", "unit"},
    "conditions": {"patient_id", "noted_on", "condition"},
    "notes": {"note_id", "patient_id", "text"},
}


@dataclass(frozen=True)
class Exports:
    """The tables of one folder, every cell text."""

    patients: pd.DataFrame
    labs: pd.DataFrame
    conditions: pd.DataFrame
    notes: pd.DataFrame


def read_exports(folder: Path) -> Exports:
    """Read all four tables.

    Raises:
        FileNotFoundError: a table is absent.
        ValueError: a table lacks columns that the model needs.
    """
    return Exports(**{name: read_table(folder, name) for name in REQUIRED})


def read_table(folder: Path, name: str) -> pd.DataFrame:
    """One table; columns by name, whatever their order."""
    path = folder / f"{name}.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    table.columns = table.columns.str.strip()
    if missing := REQUIRED[name] - set(table.columns):
        raise ValueError(f"{path.name} lacks the columns {', '.join(sorted(missing))}")
    return table
