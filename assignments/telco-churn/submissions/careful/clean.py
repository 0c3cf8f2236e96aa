"""Text as the three systems export it -> categories, numbers, dates, yes or no. What cannot be read is missing."""

import difflib
import re

import pandas as pd

ALIKE = 0.75  # how alike two spellings of one word must be


def key(text):
    """What two spellings of one word share: its letters and digits."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def category(values, known):
    """The place in ``known`` of the word that each value spells; missing when it spells none."""
    keys = {key(word): place for place, word in enumerate(known)}

    def match(text):
        found = difflib.get_close_matches(key(text), list(keys), n=1, cutoff=ALIKE)
        return keys[found[0]] if found else None

    return values.map({text: match(text) for text in values.unique()}).astype(float)


def number(values):
    """Numbers with a point or a comma; anything else is missing."""
    text = values.str.replace(r"\s", "", regex=True)
    comma = text.str.contains(",", regex=False)
    swapped = text.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    return pd.to_numeric(text.mask(comma, swapped), errors="coerce").astype(float)


def monthly_amount(charges, system):
    """The monthly amount in units: LEGACY counts in cents."""
    amount = number(charges)
    return amount.where(system.map(key) != "legacy", amount / 100)


def tenure_months(tenure, total, monthly):
    """Months as a customer; an impossible one is not known, and told from total / monthly."""
    months = number(tenure)
    return months.where(months >= 0).fillna((total / monthly).round())


def date(values):
    """Year first or day first, with any separator."""
    parts = values.str.strip().str.extract(r"^(\d+)\D(\d+)\D(\d+)").astype(float)
    year_first = parts[0] > 31
    fields = {
        "year": parts[0].where(year_first, parts[2]),
        "month": parts[1],
        "day": parts[2].where(year_first, parts[0]),
    }
    return pd.to_datetime(pd.DataFrame(fields), errors="coerce")


def yes(values):
    """1 for yes in any spelling, else 0."""
    return values.map(key).isin(["yes", "y", "true", "1"]).astype(float)
