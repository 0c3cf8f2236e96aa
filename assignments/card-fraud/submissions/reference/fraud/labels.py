"""What was booked -> what can be learned from, and how much each row counts.

Chargebacks reach us up to a month after the purchase. So a recent purchase that nobody has disputed is
no honest one yet: it is left out. A recent one that was disputed is a fraud all the same.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from fraud.events import PAST
from fraud.reading import Exports
from fraud.settings import Settings


def outcomes(exports: Exports, events: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """By row of transactions.csv: ``fraud``, ``weight`` (0: cannot be learned from), ``card``, ``shop``."""
    booked = exports.transactions["fraud"].str.strip().str.lower().eq("yes").to_numpy()
    asked = events[events["row"].ne(PAST)].sort_values("row")
    fraud = pd.Series(booked, index=asked.index)
    # a dispute names one of the two lines of a payment that was tried twice
    purchase = (~events["repeat"]).groupby([events["card"], events["shop"], events["eur"]], dropna=False).cumsum()
    parts = [asked["card"], asked["shop"], asked["eur"].fillna(-1.0), purchase.loc[asked.index]]
    fraud = fraud.groupby(parts).transform("max")
    age = (asked["t"].max() - asked["t"]) / 86_400
    ripe = age.gt(settings.ripe_days) | fraud
    usable = ripe & ~asked["repeat"] & ~asked["reversal"] & asked["t"].notna()
    weight = np.where(usable, 0.5 ** (age / settings.half_life_days), 0.0)
    table = pd.DataFrame({"fraud": fraud.astype(int), "weight": weight, "card": asked["card"], "shop": asked["shop"]})
    return table.set_index(asked["row"].to_numpy())
