"""The fixed facts of this world: countries, currencies, categories, and 320 merchants of an edition."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pandas as pd

# country -> (currency, time zone, hours ahead of UTC in winter, day of 2024 on which summer time begins,
# share of the cards)
COUNTRIES = {
    "DE": ("EUR", "Europe/Berlin", 1, 90, 0.24),
    "FR": ("EUR", "Europe/Paris", 1, 90, 0.16),
    "PT": ("EUR", "Europe/Lisbon", 0, 90, 0.08),
    "SE": ("SEK", "Europe/Stockholm", 1, 90, 0.12),
    "PL": ("PLN", "Europe/Warsaw", 1, 90, 0.12),
    "US": ("USD", "America/New_York", -5, 69, 0.16),
    "BR": ("USD", "America/Sao_Paulo", -3, 999, 0.06),
    "SG": ("USD", "Asia/Singapore", 8, 999, 0.06),
}
SHARES = tuple(row[-1] for row in COUNTRIES.values())
CURRENCIES = {name: row[0] for name, row in COUNTRIES.items()}
ZONES = {name: row[1] for name, row in COUNTRIES.items()}
# units of the currency for one euro: the accounting rates of the dictionary. None is below 1, so cents of
# a currency are never coarser than cents of a euro and every conversion can be undone to the cent
RATES = {"EUR": 1.0, "USD": 1.25, "PLN": 4.0, "SEK": 10.0}

# category -> (share of everyday purchases, what it costs against the card's usual amount, share online)
CATEGORIES = {
    "grocery": (0.28, 0.7, 0.05),
    "restaurant": (0.17, 0.8, 0.05),
    "fuel": (0.11, 1.2, 0.0),
    "clothing": (0.09, 1.3, 0.4),
    "pharmacy": (0.07, 0.6, 0.1),
    "transport": (0.08, 0.4, 0.3),
    "digital goods": (0.06, 0.4, 1.0),
    "electronics": (0.04, 2.6, 0.5),
    "travel": (0.03, 4.0, 0.7),
    "gift cards": (0.02, 1.0, 0.6),
    "jewellery": (0.01, 3.5, 0.2),
    "sports": (0.04, 1.2, 0.4),
}
NAMES = tuple(CATEGORIES)
MERCHANTS = 320
STREETS = 2024  # the seed of which shops there are, in every edition; names and order are an edition's own
_FIRST = (
    "Nordwind", "Kestrel", "Juniper", "Harbour", "Lantern", "Meridian", "Quarry", "Saffron", "Tidewater",
    "Umber", "Velvet", "Willow", "Alder", "Basalt", "Cobalt", "Dapper", "Ember", "Falcon", "Granite",
    "Hazel", "Indigo", "Jasper", "Larkspur", "Maple",
)  # fmt: skip
_SECOND = (
    "Market", "Trading", "Supply", "House", "Corner", "Depot", "Gallery", "Works", "Parlour", "Outlet",
    "Exchange", "Bureau", "Station", "Pantry", "Workshop", "Emporium",
)  # fmt: skip


def merchants(rng: np.random.Generator) -> pd.DataFrame:
    """``merchant`` (a name of two words), ``category``, ``country``, and what is never published:
    ``popularity``, and ``risk`` before and after the fraudsters moved on.
    """
    names = np.array([f"{first} {second}" for first in _FIRST for second in _SECOND])
    # one easily robbed shop that everybody goes to makes an edition easier than another
    fixed = np.random.default_rng(STREETS)
    share = np.array([CATEGORIES[name][0] for name in NAMES]) ** 0.6
    countries = np.array(list(COUNTRIES))
    weights = np.array(SHARES) ** 0.7
    category = _spread(fixed, np.array(NAMES), share)
    shops = pd.DataFrame(
        {
            "category": category,
            "country": _spread(fixed, countries, weights),
            "popularity": _lognormal(fixed, category),
            "risk": _lognormal(fixed, category),
            "risk_later": _lognormal(fixed, category),
        }
    )
    shops = shops.iloc[rng.permutation(MERCHANTS)].reset_index(drop=True)
    shops.insert(0, "merchant", rng.choice(names, MERCHANTS, replace=False))
    return shops


def _lognormal(rng: np.random.Generator, category: np.ndarray) -> np.ndarray:
    """The quantiles of a lognormal, spread .8, shuffled within each category."""
    values = np.empty(len(category))
    for name in NAMES:
        here = np.flatnonzero(category == name)
        ranks = (rng.permutation(len(here)) + 0.5) / len(here)
        values[here] = [np.exp(0.8 * NormalDist().inv_cdf(rank)) for rank in ranks]
    return values


def hours_ahead(country: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Of UTC, on a day of 2024 before the autumn."""
    winter = np.array([row[2] for row in COUNTRIES.values()])
    summer = np.array([row[3] for row in COUNTRIES.values()])
    at = pd.Categorical(country, list(COUNTRIES)).codes
    return winter[at] + (day >= summer[at])


def _spread(rng: np.random.Generator, values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """``values`` in fixed shares, shuffled."""
    ends = np.round(np.cumsum(weights) / weights.sum() * MERCHANTS).astype(int)
    return rng.permutation(np.repeat(values, np.diff(ends, prepend=0)))
