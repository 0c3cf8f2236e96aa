"""Text as the systems export it -> numbers, instants and names. What cannot be read becomes missing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

UNKNOWN = "unknown"
CENTS_GATEWAY = "east"


def key(text: str) -> str:
    """The letters and digits of ``text``, case folded: what two spellings of a name share."""
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKC", text).casefold())


def number(values: pd.Series) -> pd.Series:
    """Numbers with a decimal point or a decimal comma; anything else is missing.

    With a comma, points and spaces before it part thousands: "2.283,30" is 2283.30.
    """
    text = values.str.replace(r"\s", "", regex=True)
    comma = text.str.contains(",", regex=False)
    text = text.where(~comma, text.str.replace(".", "", regex=False).str.replace(",", ".", regex=False))
    return pd.to_numeric(text, errors="coerce").astype(float)


def euros(
    amount: pd.Series, currency: pd.Series, gateway: pd.Series, rates: Mapping[str, float]
) -> pd.Series:
    """Amounts in euros, to the cent. The gateway EAST counts in cents; an unknown currency is missing."""
    plain = number(amount)
    plain = plain.where(_by_unique(gateway, key) != CENTS_GATEWAY, plain / 100)
    rate = _by_unique(currency, lambda text: rates.get("EUR" if "€" in text else text.strip().upper(), np.nan))
    # rounding takes back what rounding to cents of the other currency did
    return (plain / rate.astype(float)).round(2)


def instant(time: pd.Series, zone: pd.Series) -> pd.Series:
    """Seconds since 1970, UTC. Times with a Z are UTC; others are the wall clock of the cardholder's zone."""
    text = time.str.strip().str.replace("/", "-", regex=False).str.replace("T", " ", regex=False)
    universal = text.str.endswith("Z")
    wall = pd.to_datetime(text.str.removesuffix("Z"), format="%Y-%m-%d %H:%M:%S", errors="coerce")
    seconds = pd.Series(np.nan, index=time.index)
    seconds[universal] = _seconds(wall[universal].dt.tz_localize("UTC"))
    for name in zone[~universal].dropna().unique():
        here = ~universal & zone.eq(name)
        local = wall[here].dt.tz_localize(name, ambiguous="NaT", nonexistent="shift_forward")
        seconds[here] = _seconds(local.dt.tz_convert("UTC"))
    return seconds


def local_hour(seconds: pd.Series, zone: pd.Series) -> pd.Series:
    """The hour, with its fraction, on the cardholder's wall clock."""
    hour = pd.Series(np.nan, index=seconds.index)
    for name in zone.dropna().unique():
        here = zone.eq(name) & seconds.notna()
        local = pd.to_datetime(seconds[here], unit="s", utc=True).dt.tz_convert(name)
        hour[here] = local.dt.hour + local.dt.minute / 60
    return hour


def spelled(values: pd.Series, known: Iterable[str]) -> pd.Series:
    """Each value as the member of ``known`` it spells, else "unknown".

    Case, white space and punctuation do not count, nor does one letter lost, added or swapped with its
    neighbour: two such words have a common rest when one letter of each is left out.
    """
    exact = {key(name): name for name in known}
    nearly: dict[str, str] = {}
    for word, name in exact.items():
        for rest in _rests(word):
            # a rest that two names share tells nothing
            nearly[rest] = name if nearly.get(rest, name) == name else UNKNOWN

    def closest(text: str) -> str:
        word = key(text)
        if word in exact or not word:
            return exact.get(word, UNKNOWN)
        found = {nearly[rest] for rest in _rests(word) if rest in nearly}
        return found.pop() if len(found) == 1 else UNKNOWN

    return _by_unique(values, closest)


def _rests(word: str) -> set[str]:
    return {word} | {word[:n] + word[n + 1 :] for n in range(len(word))}


def _seconds(times: pd.Series) -> pd.Series:
    return (times - pd.Timestamp(0, tz="UTC")).dt.total_seconds()


def _by_unique(values: pd.Series, function) -> pd.Series:
    return values.map({text: function(text) for text in values.unique()})
