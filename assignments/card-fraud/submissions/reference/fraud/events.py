"""Exports -> one clean table of purchases: those to be judged and those of the past, by card and time.

A reversal is no purchase. A terminal that got no answer tries again within two minutes, and exports are
restarted: the same card, merchant and amount within that time is one purchase.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from fraud import cleaning
from fraud.reading import Exports
from fraud.settings import Settings

MODES = ("chip", "contactless", "online", "stripe", "keyed")
PAST = -1  # the `row` of what is not to be judged


def build(exports: Exports, settings: Settings) -> pd.DataFrame:
    """Columns card, t, eur, merchant, category, country, mode, hour, home, issued, row, repeat, reversal.

    ``row`` is the place in transactions.csv, or PAST. Sorted by card and time; nothing is left out.
    """
    asked = exports.transactions.assign(row=np.arange(len(exports.transactions)))
    lines = pd.concat([exports.history.assign(row=PAST), asked], ignore_index=True)
    cards = exports.cards.drop_duplicates("card_id").set_index("card_id")
    merchants = _merchants(exports.merchants)
    zone = lines["card_id"].map(cards["time_zone"])
    events = pd.DataFrame({"card": lines["card_id"], "row": lines["row"]})
    events["t"] = cleaning.instant(lines["time"], zone)
    events["eur"] = cleaning.euros(lines["amount"], lines["currency"], lines["gateway"], settings.rates)
    events["reversal"] = lines["amount"].str.strip().str.startswith("-")
    events["merchant"] = cleaning.spelled(lines["merchant"], merchants.index)
    # a merchant that is not in the table is still the same one in the past of a card
    stranger = events["merchant"].eq(cleaning.UNKNOWN)
    events["shop"] = events["merchant"].where(~stranger, lines["merchant"].map(cleaning.key))
    events["category"] = events["merchant"].map(merchants["category"])
    events["country"] = events["merchant"].map(merchants["country"])
    events["mode"] = cleaning.spelled(lines["entry_mode"], MODES)
    events["hour"] = cleaning.local_hour(events["t"], zone)
    events["home"] = lines["card_id"].map(cards["country"])
    issued = pd.to_datetime(cards["issued"], errors="coerce").mask(lambda day: day.dt.year < 1990)
    events["age_days"] = events["t"] / 86_400 - lines["card_id"].map(issued.map(_day))
    events = events.sort_values(["card", "t", "eur", "shop", "row"], ignore_index=True)
    events["repeat"] = _repeats(events, settings.retry_seconds)
    return events


def shops(events: pd.DataFrame) -> pd.Series:
    """The shop of each payment to be judged, by its row."""
    return events[events["row"].ne(PAST)].set_index("row")["shop"].sort_index()


def _merchants(table: pd.DataFrame) -> pd.DataFrame:
    known = table.drop_duplicates("merchant").set_index("merchant")
    return known.assign(category=known["category"].str.strip().str.lower(), country=known["country"].str.strip())


def _day(issued: pd.Timestamp) -> float:
    return np.nan if pd.isna(issued) else (issued - pd.Timestamp(0)).days


def _repeats(events: pd.DataFrame, seconds: float) -> pd.Series:
    """Whether the line before it, of the same card, shop and amount, is at most ``seconds`` older."""
    same = events.groupby(["card", "shop", "eur"], sort=False, dropna=False)["t"]
    return same.diff().le(seconds)
