"""Text cells -> numbers, instants and plain words, leniently: a leak must not hide behind a decimal comma."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BLANK = frozenset({"", "na", "n/a", "nan", "none", "null", "-", "?", "<na>", "nat", "missing", "unknown"})
_DECORATION = re.compile(r"[\s\u00a0\u202f'\u2019_]|[$€£%]|(?:usd|eur|gbp)$", re.IGNORECASE)
_GROUPED_POINT = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?")
_GROUPED_COMMA = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[ T](.+))?")
_SLASHED_YEAR = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})(.*)")


def is_blank(cells: pd.Series[str]) -> NDArray[np.bool_]:
    """Which cells say nothing."""
    return _by_value(cells, lambda text: float(text.strip().casefold() in BLANK)).astype(np.bool_)


def numbers(cells: pd.Series[str]) -> Floats:
    """The number in each cell, NaN where there is none."""
    return _by_value(cells, number)


def instants(cells: pd.Series[str]) -> Floats:
    """The instant in each cell in days since 1970, NaN where there is none; 1/2/2024 is day first."""
    return _by_value(cells, instant)


def words(cells: pd.Series[str]) -> pd.Series[str]:
    """Each cell without case, spaces and punctuation; a number in its shortest form."""
    return cells.map(_memo(word))


def number(text: str) -> float:
    """``1.234,5``, ``1,234.5``, ``12,5``, ``€ 12``, ``12 %`` are numbers; ``1e999`` and ``nan`` are not."""
    bare = _DECORATION.sub("", text)
    if _GROUPED_POINT.fullmatch(bare) and "," in bare:
        bare = bare.replace(".", "").replace(",", ".")
    elif _GROUPED_COMMA.fullmatch(bare) and ("." in bare or bare.count(",") > 1):
        bare = bare.replace(",", "")
    elif bare.count(",") == 1 and "." not in bare:
        bare = bare.replace(",", ".")
    try:
        value = float(bare)
    except ValueError:
        return float("nan")
    return value if np.isfinite(value) else float("nan")


def instant(text: str) -> float:
    """Days since 1970-01-01 UTC; a time without a zone is taken as UTC."""
    text = text.strip()
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year, rest = match.groups()
        text = f"{year}-{int(month):02}-{int(day):02}" + (f"T{rest}" if rest else "")
    elif match := _SLASHED_YEAR.fullmatch(text):
        year, month, day, rest = match.groups()
        text = f"{year}-{int(month):02}-{int(day):02}{rest}"
    if len(text) < 8 or not text[:4].isdigit():
        return float("nan")
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return float("nan")
    zoned = found if found.tzinfo else found.replace(tzinfo=UTC)
    return zoned.timestamp() / 86_400.0


def word(text: str) -> str:
    """One cell as ``words`` has it."""
    value = number(text)
    if value == value:
        return f"{value:.6g}"
    return "".join(c for c in text.casefold() if c.isalnum())


def _by_value(cells: pd.Series[str], read: Callable[[str], float]) -> Floats:
    codes, uniques = pd.factorize(cells)
    values = np.array([read(str(text)) for text in uniques], dtype=np.float64)
    return values[codes] if len(values) else np.empty(0)


def _memo(read: Callable[[str], str]) -> Callable[[str], str]:
    known: dict[str, str] = {}

    def of(text: str) -> str:
        if text not in known:
            known[text] = read(text)
        return known[text]

    return of
