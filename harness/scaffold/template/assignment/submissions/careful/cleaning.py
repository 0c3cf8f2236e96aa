"""Text cells as they were exported -> numbers and plain words."""

import pandas as pd


def to_number(text):
    """A column of numbers; decimal commas are read, what is no number is missing."""
    return pd.to_numeric(text.str.strip().str.replace(",", "."), errors="coerce")


def to_word(text):
    """Spelling without case and spaces."""
    return text.str.strip().str.lower()


def to_day(text):
    """ISO dates and day-first dates; what is no date is missing."""
    iso = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")
    return iso.fillna(pd.to_datetime(text, format="%d/%m/%Y", errors="coerce"))
