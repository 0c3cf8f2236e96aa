"""Purchases -> one row of numbers each, from what was known at its moment: itself and its card's past month.

Training rows look back through the log, rows to score through history.csv: the same window in both.
Left out on purpose: `chargeback_note` and the card's `status`, both written after the fact, and
`currency` and `gateway`, which say how a line was written and nothing about the purchase.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from fraud.events import MODES, PAST

WINDOW_S = 30 * 86_400
HOUR_S, DAY_S = 3_600, 86_400
CATEGORIES = (
    "clothing", "digital goods", "electronics", "fuel", "gift cards", "grocery", "jewellery", "pharmacy",
    "restaurant", "sports", "transport", "travel",
)  # fmt: skip


def build(events: pd.DataFrame) -> pd.DataFrame:
    """Features of the events with a ``row``, indexed by it, in the order of transactions.csv."""
    asked = events[events["row"].ne(PAST)]
    known = events[~events["repeat"] & ~events["reversal"] & events["t"].notna()].reset_index(drop=True)
    asked = asked.reset_index(drop=True)
    past, owner = _past(known, asked)
    table = pd.concat([_itself(asked), _habit(asked, known, past, owner), _pace(asked, known, past, owner)], axis=1)
    return table.set_index(asked["row"].to_numpy()).sort_index()


def _past(known: pd.DataFrame, asked: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Places in ``known`` of what the card bought in the window before each asked one, and whose it is."""
    cards = pd.Index(known["card"].unique())
    span = 1e11  # more seconds than any two times are apart: card and time as one sorted number
    line = cards.get_indexer(known["card"]) * span + known["t"].to_numpy()
    order = np.argsort(line, kind="stable")
    code = cards.get_indexer(asked["card"])
    t = asked["t"].to_numpy()
    whose = np.where((code >= 0) & ~np.isnan(t), code * span + np.nan_to_num(t), -1.0)
    first, last = (np.searchsorted(line[order], whose - back) for back in (WINDOW_S, 0.0))
    counts = np.where(whose >= 0, last - first, 0)
    owner = np.repeat(np.arange(len(asked)), counts)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    return order[first[owner] + within], owner


def _itself(asked: pd.DataFrame) -> pd.DataFrame:
    size = np.log(asked["eur"].clip(lower=0.01))
    abroad = asked["country"].ne(asked["home"]).where(asked["country"].notna())
    return pd.DataFrame(
        {
            "log_eur": size,
            "hour": asked["hour"],
            "night": asked["hour"].lt(6).astype(float),
            "category": pd.Categorical(asked["category"], CATEGORIES).codes.astype(float),
            "mode": pd.Categorical(asked["mode"], MODES).codes.astype(float),
            "abroad": abroad.astype(float),
            "age_days": asked["age_days"],
        }
    )


def _habit(asked: pd.DataFrame, known: pd.DataFrame, past: np.ndarray, owner: np.ndarray) -> pd.DataFrame:
    """The amount against what the card spends, and whether merchant and kind are new to it."""
    many = len(asked)
    size = np.log(known["eur"].clip(lower=0.01)).to_numpy()[past]
    there = ~np.isnan(size)
    count = np.bincount(owner, minlength=many).astype(float)
    priced = np.bincount(owner[there], minlength=many)
    mean = _over(np.bincount(owner[there], size[there], many), priced)
    deviation = size - mean[owner]
    spread = np.sqrt(_over(np.bincount(owner[there], np.square(deviation[there]), many) + 0.5, priced + 1))
    largest = np.full(many, -np.inf)
    np.maximum.at(largest, owner[there], size[there])
    now = np.log(asked["eur"].clip(lower=0.01)).to_numpy()

    def share(column: str) -> np.ndarray:
        same = known[column].to_numpy()[past] == asked[column].to_numpy()[owner]
        return _over(np.bincount(owner, same, many), count)

    return pd.DataFrame(
        {
            "purchases": count,
            "above_usual": now - mean,
            "above_usual_z": (now - mean) / spread,
            "above_largest": now - np.where(np.isfinite(largest), largest, np.nan),
            "same_shop": share("shop"),
            "same_category": share("category"),
            "same_mode": share("mode"),
        }
    )


def _pace(asked: pd.DataFrame, known: pd.DataFrame, past: np.ndarray, owner: np.ndarray) -> pd.DataFrame:
    """What the card did in the last hours: how often, how much, where."""
    many = len(asked)
    ago = asked["t"].to_numpy()[owner] - known["t"].to_numpy()[past]
    size = np.log(known["eur"].clip(lower=0.01)).to_numpy()[past]
    small = size < np.log(asked["eur"].clip(lower=0.01)).to_numpy()[owner] - 1.0
    away = (known["country"].to_numpy()[past] != asked["home"].to_numpy()[owner]) & known["country"].notna().to_numpy()[past]
    online = known["mode"].to_numpy()[past] == "online"
    night = known["hour"].to_numpy()[past] < 6
    last = np.full(many, np.nan)
    latest_size = np.full(many, np.nan)
    last[owner], latest_size[owner] = ago, size  # by rising time: the latest is written last
    columns = {"log_wait": np.log1p(last), "latest_log_eur": latest_size}
    for name, within in (("hour", HOUR_S), ("six_hours", 6 * HOUR_S), ("day", DAY_S)):
        near = ago <= within
        columns[f"in_{name}"] = np.bincount(owner, near, many)
        columns[f"online_in_{name}"] = np.bincount(owner, near & online, many)
        columns[f"smaller_in_{name}"] = np.bincount(owner, near & small, many)
    day = ago <= DAY_S
    columns["abroad_in_day"] = np.bincount(owner, day & away, many)
    columns["night_in_day"] = np.bincount(owner, day & night, many)
    columns["online_share"] = _over(np.bincount(owner, online, many), np.bincount(owner, minlength=many))
    return pd.DataFrame(columns).astype(float)


def _over(total: np.ndarray, count: np.ndarray) -> np.ndarray:
    return np.divide(total, count, out=np.full(len(total), np.nan), where=count > 0)
