"""Text as the systems write it -> numbers, times and codes in one form. What cannot be read is missing."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import pandas as pd

MILES_A_KILOMETRE = 1 / 1.609344
MPH_A_KNOT = 1.15077945
MOST_BEHIND = 600  # minutes; 999 is no delay but a code
CLOCK = re.compile(r"(?:^|[T ])(\d{1,2}):(\d{2})(?::\d{2})?$")
DIGITS = re.compile(r"\d{1,4}")
HOURS = re.compile(r"(\d+):(\d{2})")


def text(values: pd.Series) -> pd.Series:
    """Upper case, no spaces around, wide letters made narrow."""
    known = {value: unicodedata.normalize("NFKC", value).strip().upper() for value in values.unique()}
    return values.map(known)


def number(values: pd.Series) -> pd.Series:
    """Plain numbers."""
    return pd.to_numeric(text(values), errors="coerce")


def carrier(values: pd.Series, airlines: pd.DataFrame) -> pd.Series:
    """The code of two letters, whichever code was written."""
    codes = dict(zip(airlines["icao"], airlines["carrier"], strict=True))
    return text(values).replace(codes)


def minute_of_day(values: pd.Series) -> pd.Series:
    """517, 0517, 05:17 and 2019-07-04T05:17 -> 317."""
    known = {value: _minute(value) for value in values.unique()}
    return values.map(known).astype(float)


def _minute(value: str) -> float:
    value = unicodedata.normalize("NFKC", value).strip()
    if found := CLOCK.search(value):
        return int(found[1]) * 60.0 + int(found[2])
    if DIGITS.fullmatch(value):
        return int(value) // 100 * 60.0 + int(value) % 100
    return np.nan


def date(values: pd.Series) -> pd.Series:
    """Year first, whatever stands between."""
    return pd.to_datetime(text(values).str.replace("/", "-"), format="%Y-%m-%d", errors="coerce")


def instant(values: pd.Series) -> pd.Series:
    """Day and time."""
    return pd.to_datetime(text(values).str.replace("/", "-"), format="%Y-%m-%d %H:%M", errors="coerce")


def miles(values: pd.Series, unit: pd.Series) -> pd.Series:
    """Distances in miles, to the whole mile: what a rounded kilometre cannot tell is not told."""
    in_kilometres = text(unit).str.startswith("K")
    return (number(values) * np.where(in_kilometres, MILES_A_KILOMETRE, 1.0)).round()


def mph(values: pd.Series, unit: pd.Series) -> pd.Series:
    """Wind in miles an hour, to a tenth."""
    in_knots = text(unit).str.startswith("K")
    return (number(values) * np.where(in_knots, MPH_A_KNOT, 1.0)).round(1)


def minutes_behind(values: pd.Series) -> pd.Series:
    """Minutes, also from h:mm; codes for "not known" are missing."""
    known = {value: _behind(value) for value in values.unique()}
    minutes = values.map(known).astype(float)
    return minutes.where(minutes.abs() < MOST_BEHIND)


def _behind(value: str) -> float:
    value = unicodedata.normalize("NFKC", value).strip()
    if found := HOURS.fullmatch(value):
        return int(found[1]) * 60.0 + int(found[2])
    return float(value) if re.fullmatch(r"-?\d+(\.\d+)?", value) else np.nan
