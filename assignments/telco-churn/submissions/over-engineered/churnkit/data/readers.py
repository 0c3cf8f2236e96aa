"""Readers."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from churnkit.core.interfaces import AbstractReader, Tables
from churnkit.core.registry import READERS


@READERS.register("csv_reader")
class CsvReader(AbstractReader):
    """CSV files, every cell as text."""

    def __init__(self, tables: list[str]) -> None:
        self.tables = tables

    def read(self, folder: str) -> Tables:
        """The tables by name, whole lines once."""
        return {
            name: pd.read_csv(Path(folder) / f"{name}.csv", dtype=str, keep_default_na=False).drop_duplicates()
            for name in self.tables
        }
