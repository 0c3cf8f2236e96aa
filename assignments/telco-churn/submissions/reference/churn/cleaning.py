"""Text as the systems export it -> categories, numbers and dates. What cannot be read becomes missing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches

import numpy as np
import pandas as pd

OTHER = "other"
TRUE_WORDS = frozenset({"yes", "y", "true", "1"})
LEGACY_SYSTEM = "legacy"
LONGEST_TENURE_MONTHS = 600


def category(values: pd.Series, known: Sequence[str], cutoff: float) -> pd.Series:
    """Each value as the member of ``known`` it spells, else "other".

    Case, white space, punctuation and dashes do not count; a typo is matched to the closest member
    whose similarity reaches ``cutoff``.
    """
    by_key = {key(member): member for member in known}
    answers = {text: _closest(key(text), by_key, cutoff) for text in values.unique()}
    return values.map(answers)


def key(text: str) -> str:
    """The letters and digits of ``text``, case folded: what two spellings of a word share."""
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKC", text).casefold())


def _closest(word: str, by_key: dict[str, str], cutoff: float) -> str:
    if word in by_key:
        return by_key[word]
    near = get_close_matches(word, by_key, n=1, cutoff=cutoff)
    return by_key[near[0]] if near else OTHER


def number(values: pd.Series) -> pd.Series:
    """Numbers with a decimal point or a decimal comma; anything else is missing.

    With a comma, points and spaces before it part thousands: "2.283,30" is 2283.30.
    """
    text = values.str.replace(r"\s", "", regex=True)
    comma = text.str.contains(",", regex=False)
    text = text.where(~comma, text.str.replace(".", "", regex=False).str.replace(",", ".", regex=False))
    return pd.to_numeric(text, errors="coerce").astype(float)


def monthly_amount(charges: pd.Series, system: pd.Series) -> pd.Series:
    """The monthly amount in units of money: the legacy billing system counts in cents."""
    amount = number(charges)
    return amount.where(system.map(key) != LEGACY_SYSTEM, amount / 100)


def tenure_months(values: pd.Series) -> pd.Series:
    """Months of tenure; the impossible ones (-999 and its like) are missing."""
    months = number(values)
    return months.where(months.between(0, LONGEST_TENURE_MONTHS))


def date(values: pd.Series) -> pd.Series:
    """Dates written year first, or day first, with any separator; anything else is missing."""
    parts = values.str.extract(r"^\s*(\d{1,4})\D(\d{1,2})\D(\d{1,4})").astype(float)
    year_first = parts[0] >= 1000
    ordered = {
        "year": parts[0].where(year_first, parts[2]),
        "month": parts[1],
        "day": parts[2].where(year_first, parts[0]),
    }
    return pd.to_datetime(pd.DataFrame(ordered), errors="coerce")


def truth(values: pd.Series) -> pd.Series:
    """True for yes in any spelling."""
    return values.map(key).isin(TRUE_WORDS)


def fill_from_each_other(
    tenure: pd.Series, total: pd.Series, monthly: pd.Series
) -> tuple[pd.Series, pd.Series]:
    """Tenure and total, each told from the other where it is missing: total is about tenure x monthly."""
    paid = monthly.where(monthly > 0)
    told = np.floor(total / paid + 0.5)
    return tenure.fillna(told), total.fillna(tenure * monthly)
