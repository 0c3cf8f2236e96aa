"""One value -> the ways a sloppy system writes it. Pure; who is hit and how often is `mess.py`'s business.

Every way is inferable: case, white space, separators, one lost or swapped letter, a decimal comma, cents,
a date in day-first order. What would make a strict parser raise also stands in train or in validation.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

Form = Callable[[str, np.random.Generator], str]


def lower(value: str, rng: np.random.Generator) -> str:
    return value.lower()


def upper(value: str, rng: np.random.Generator) -> str:
    return value.upper()


def padded(value: str, rng: np.random.Generator) -> str:
    return f" {value} " if rng.random() < 0.5 else f"{value}  "


def no_break_space(value: str, rng: np.random.Generator) -> str:
    """The space that a copy from a web page leaves."""
    return f"{value}\u00a0"


def underscored(value: str, rng: np.random.Generator) -> str:
    return value.replace(" ", "_").replace("-", "_").lower()


def spaced(value: str, rng: np.random.Generator) -> str:
    return value.replace("-", " ").replace(" ", "  ")


def dashed(value: str, rng: np.random.Generator) -> str:
    """The dash that a word processor puts in."""
    return value.replace("-", "\u2013").replace(" ", "-")


def letter_lost(value: str, rng: np.random.Generator) -> str:
    at = _inner_letter(value, rng)
    return value.upper() if at is None else value[:at] + value[at + 1 :]


def letters_swapped(value: str, rng: np.random.Generator) -> str:
    at = _inner_letter(value, rng)
    if at is None or at + 1 >= len(value):
        return value.lower()
    return value[:at] + value[at + 1] + value[at] + value[at + 2 :]


def _inner_letter(value: str, rng: np.random.Generator) -> int | None:
    """Past the third letter, so that "one" and "two" stay apart; short words have none."""
    places = [i for i in range(4, len(value)) if value[i].isalpha()]
    return int(rng.choice(places)) if places else None


def decimal_comma(value: str) -> str:
    """2283.30 -> 2283,30."""
    return value.replace(".", ",")


def thousands_and_comma(value: str) -> str:
    """2283.30 -> 2.283,30; below a thousand there is nothing to part."""
    whole, _, cents = value.partition(".")
    return f"{int(whole):,}".replace(",", ".") + "," + cents


def thousands_space(value: str) -> str:
    """2283.30 -> 2 283,30."""
    return thousands_and_comma(value).replace(".", " ")


def cents(value: str) -> str:
    """70.70 -> 7070."""
    return str(round(float(value) * 100))


def iso(date: pd.Timestamp) -> str:
    return date.strftime("%Y-%m-%d")


def iso_slashed(date: pd.Timestamp) -> str:
    return date.strftime("%Y/%m/%d")


def day_first(date: pd.Timestamp) -> str:
    return date.strftime("%d/%m/%Y")


def day_first_dotted(date: pd.Timestamp) -> str:
    return date.strftime("%d.%m.%Y")
