"""An edition's rows to predict -> by which columns they fall into parts, for the answer key.

Only what every candidate can see of a row, brought to one spelling: letters and digits, lower case. A
spelling with a letter lost is a value of its own, too rare to be a part. The time of a row gives ``month``.
"""

from __future__ import annotations

import calendar
import json
from pathlib import Path

import pandas as pd

TABLE = "slices"
MOST_VALUES = 15  # of a column that cuts rows into parts
LEAST_SHARE = 0.02  # of the rows: a rarer value is no part
MONTH = "month"
COVERED = 0.75  # of the rows have one of the common values, else it is no category but a number or a name


def slices_of(edition: Path) -> pd.DataFrame:
    """``id`` and every column of the main table that is a category; "" where the value is none of the common.

    An edition without about.json or the table has no parts: only ``id``, and no rows.
    """
    try:
        about = json.loads((edition / "about.json").read_text("utf-8"))
        path = edition / "inputs" / "all" / about["table"]
        rows = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except FileNotFoundError:
        return pd.DataFrame({"id": pd.Series(dtype=str)})
    found = {"id": rows[about["id"]]}
    if about.get("time") in rows.columns:
        rows[MONTH] = _months(rows[about["time"]])
    for column in rows.columns.drop(about["id"]):
        plain = rows[column].str.lower().str.replace(r"[^a-z0-9]", "", regex=True)
        shares = plain[plain.ne("")].value_counts(normalize=True)
        common = shares[shares >= LEAST_SHARE].index
        if 2 <= len(common) <= MOST_VALUES and plain.isin(common).mean() >= COVERED:
            found[column] = plain.where(plain.isin(common), "")
    return pd.DataFrame(found)


def _months(times: pd.Series[str]) -> pd.Series[str]:
    """The English name of the month, in lower case, of times that begin with the year; "" of others."""
    numbers = times.str.extract(r"^\s*\d{4}[-/.](\d{2})(?!\d)", expand=False)
    names = {f"{number:02d}": calendar.month_name[number].lower() for number in range(1, 13)}
    return numbers.map(names).fillna("")
