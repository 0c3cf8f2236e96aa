"""Text as the systems export it -> words, numbers and dates. What cannot be read becomes missing."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import pandas as pd

OLD_CHART = "meridian"  # inches and pounds
CM_PER_INCH, KG_PER_POUND = 2.54, 0.45359237
MG_PER_MMOL_LIPID, UMOL_PER_MG_CREATININE = 38.67, 88.4
# what a living person's test can be, in the usual unit: the rest is a slipped decimal point or a code
PLAUSIBLE = {
    "hdl": (5.0, 200.0),
    "chol": (40.0, 700.0),
    "sbp": (60.0, 280.0),
    "dbp": (25.0, 160.0),
    "alt": (2.0, 2000.0),
    "ast": (2.0, 2000.0),
    "platelets": (5.0, 1200.0),
    "creatinine": (0.2, 15.0),
}


def key(text: str) -> str:
    """Letters and digits, case folded: what two spellings of a word share."""
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKC", text).casefold())


def words(values: pd.Series) -> pd.Series:
    """`key` of every value; each spelling is looked at once."""
    return values.map({text: key(text) for text in values.unique()})


def number(values: pd.Series) -> pd.Series:
    """Plain numbers; anything else is missing."""
    return pd.to_numeric(values.str.strip(), errors="coerce").astype(float)


def date(values: pd.Series) -> pd.Series:
    """2017-03-04, 2017/03/04, 03/04/2017 (month first) and 4 Mar 2017; anything else is missing."""
    text = values.str.strip().str.replace("/", "-", regex=False)
    found = pd.Series(pd.NaT, index=values.index, dtype="datetime64[ns]")
    for shape in ("%Y-%m-%d", "%m-%d-%Y", "%d %b %Y"):
        left = found.isna()
        found[left] = pd.to_datetime(text[left], format=shape, errors="coerce")
    return found


def height_cm(values: pd.Series, chart: pd.Series, shortest: float, tallest: float) -> pd.Series:
    """Height in centimetres; the old chart system counts in inches. Impossible ones are missing."""
    plain = number(values)
    metric = plain.where(words(chart) != OLD_CHART, plain * CM_PER_INCH)
    return metric.where(metric.between(shortest, tallest)).round(1)


def weight_kg(values: pd.Series, chart: pd.Series, lightest: float, heaviest: float) -> pd.Series:
    """Weight in kilograms; the old chart system counts in pounds. Codes for "not known" are missing.

    999 is a code before it is a number of pounds.
    """
    plain = number(values)
    plain = plain.where(plain < 900)
    metric = plain.where(words(chart) != OLD_CHART, plain * KG_PER_POUND)
    return metric.where(metric.between(lightest, heaviest)).round(1)


def test_values(test: pd.Series, value: pd.Series, unit: pd.Series) -> pd.Series:
    """Values in the usual unit of each test (``test`` as `words` gives it); implausible ones are missing.

    Rounded as the laboratory does, so that a value that came by way of another unit is the same value.
    """
    plain, named = number(value), words(unit)
    plain = plain.where(~(named.eq("mmoll") & test.isin(["chol", "hdl"])), plain * MG_PER_MMOL_LIPID)
    plain = plain.where(~(named.eq("umoll") & test.eq("creatinine")), plain / UMOL_PER_MG_CREATININE)
    low = test.map({name: limits[0] for name, limits in PLAUSIBLE.items()}).astype(float)
    high = test.map({name: limits[1] for name, limits in PLAUSIBLE.items()}).astype(float)
    plain = plain.where(plain.between(low, high))
    places = np.where(test.eq("creatinine"), 100.0, 1.0)
    return (plain * places).round() / places
