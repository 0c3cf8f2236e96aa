"""Bring what the systems write to one form."""

import re

import numpy as np
import pandas as pd

UNKNOWN_FROM = 600  # minutes: 999 is a code


def words(values):
    return values.fillna("").str.normalize("NFKC").str.strip().str.upper()


def numbers(values):
    return pd.to_numeric(words(values), errors="coerce")


def minutes(value):
    """517, 0517, 05:17, 2019-07-04T05:17 and 2019-07-04 05:17:00 -> 317."""
    clock = re.search(r"(\d{1,2}):(\d{2})(:\d{2})?$", value)
    if clock:
        return int(clock[1]) * 60 + int(clock[2])
    return int(value) // 100 * 60 + int(value) % 100 if value.isdigit() else np.nan


def in_miles(values, units):
    return numbers(values) / np.where(words(units).eq("KM"), 1.609344, 1.0)


def in_mph(values, units):
    return numbers(values) * np.where(words(units).eq("KT"), 1.15077945, 1.0)


def delay(value):
    """Minutes, also from h:mm; unknown is missing."""
    hours = re.fullmatch(r"(\d+):(\d{2})", value)
    if hours:
        return int(hours[1]) * 60 + int(hours[2])
    plain = re.fullmatch(r"-?\d+", value)
    return float(value) if plain and abs(float(value)) < UNKNOWN_FROM else np.nan


def dates(values):
    return pd.to_datetime(words(values).str.replace("/", "-"), errors="coerce", format="%Y-%m-%d")
