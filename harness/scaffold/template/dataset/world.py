"""Clean tables of a shop's customers and orders, and who asks for a refund. Replace this with your own world.

Nothing messy happens here, and nothing is public yet: ids are inner keys that nobody ever sees.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from harness.mess import stream

MAIN, LABEL = "customers.csv", "refunded"
KEYS = {MAIN: "id", "orders.csv": "customer"}  # file -> the column that carries the entity's id
OWN = {"orders.csv": "order"}  # file -> the column with a record's own number
SIZES = {"train": 2500, "validation": 500, "natural": 9000}
TODAY = pd.Timestamp("2024-06-30")

Tables = dict[str, pd.DataFrame]


def split(seed: int) -> dict[str, Tables]:
    """The parts of one edition; every customer is in one of them only."""
    whole = live(seed, sum(SIZES.values()))
    ends = np.cumsum(list(SIZES.values()))
    starts = ends - list(SIZES.values())
    keys = whole[MAIN]["id"].to_numpy()
    return {part: only(whole, keys[a:b]) for part, a, b in zip(SIZES, starts, ends, strict=True)}


def live(seed: int, count: int) -> Tables:
    """``count`` customers with about six orders each; a fifth or so ask for a refund.

    The log-odds are linear in what the tables show: a reference comes near them, one column alone does not.
    """
    rng = stream(seed, "world", "customers", "draw")
    age = rng.integers(18, 85, count)
    plan = rng.choice(["Basic", "Plus", "Family"], count, p=[0.5, 0.3, 0.2])
    region = rng.choice(["North", "South", "East", "West"], count)
    joined = TODAY - pd.to_timedelta(rng.integers(200, 1500, count), "D")
    orders = 1 + rng.poisson(5.0, count)
    late_share, amount = rng.beta(0.8, 3.0, count), rng.lognormal(3.5, 0.6, count)
    logit = (
        -3.6
        + 7.0 * late_share
        + 0.9 * (plan == "Basic")
        + 0.012 * (amount - 40)
        - 0.02 * (age - 50)
        + 0.25 * (orders - 6)
    )
    yes = rng.random(count) < 1.0 / (1.0 + np.exp(-logit))
    customers = pd.DataFrame(
        {
            "id": [f"c{n}" for n in range(count)],
            "age": age,
            "plan": plan,
            "region": region,
            "joined": joined.strftime("%Y-%m-%d"),
            "basket": (amount * rng.lognormal(0.0, 0.1, count)).round(2),
            LABEL: np.where(yes, "yes", "no"),
        }
    )
    return {MAIN: customers, "orders.csv": _orders(seed, customers, orders, late_share, amount)}


def _orders(
    seed: int, customers: pd.DataFrame, counts: np.ndarray, late_share: np.ndarray, amount: np.ndarray
) -> pd.DataFrame:
    rng = stream(seed, "world", "orders", "draw")
    at = np.repeat(np.arange(len(customers)), counts)
    day = TODAY - pd.to_timedelta(rng.integers(0, 180, at.size), "D")
    return pd.DataFrame(
        {
            "order": [f"o{n}" for n in range(at.size)],
            "customer": customers["id"].to_numpy()[at],
            "day": day.strftime("%Y-%m-%d"),
            "amount": (amount[at] * rng.lognormal(0.0, 0.4, at.size)).round(2),
            "late": np.where(rng.random(at.size) < late_share[at], "Yes", "No"),
        }
    )


def only(tables: Tables, keys: np.ndarray) -> Tables:
    """The lines of these customers."""
    return {name: t[t[KEYS[name]].isin(keys)].reset_index(drop=True) for name, t in tables.items()}
