"""A seed -> cards, merchants and what happened: purchases, fraud, chargebacks. Clean, vectorised, seeded.

Each card has habits: an amount, a few merchants, waking hours, a home country, trips. Fraud comes in
episodes of three kinds, and their mix and their merchants change at DRIFT_DAY:

    spree    few large purchases far from home, at night, by stripe or keyed    before
    testing  many tiny online purchases within the hour, then a larger one      after
    takeover some online purchases at shops the card never used, above habit    both

Times are seconds since START in UTC, amounts are euros.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import places
from places import CATEGORIES, COUNTRIES, NAMES

START = pd.Timestamp("2024-01-01")
TRAIN_DAYS = 180  # the log that is handed out; it was exported at the end of the last day
LAST_DAY = 240  # rows to predict, and validation, come from the 60 days after it
DRIFT_DAY = 126  # 70 % of the log
HISTORY_DAYS = 30
DAY, HOUR = 86_400.0, 3_600.0
MODES = ("chip", "contactless", "online", "stripe", "keyed")
KINDS = ("spree", "testing", "takeover")
MIX_BEFORE, MIX_AFTER = (0.62, 0.08, 0.30), (0.20, 0.50, 0.30)
REPORT_DELAY_DAYS = (2.0, 30.0)  # a chargeback reaches us so long after the purchase


@dataclass(frozen=True)
class World:
    """``cards`` (one row a card), ``merchants``, and ``events`` (one row a purchase, by card and time)."""

    cards: pd.DataFrame
    merchants: pd.DataFrame
    events: pd.DataFrame


@dataclass(frozen=True)
class Population:
    """How many cards, and the days they are watched."""

    cards: int
    first_day: int
    last_day: int


def live(rng: np.random.Generator, merchants: pd.DataFrame, population: Population) -> World:
    """Events carry card, t, amount, currency, merchant (a row of ``merchants``), mode, fraud, delay_days."""
    cards = _cards(rng, population.cards)
    everyday = _everyday(rng, cards, merchants, population)
    everyday = pd.concat([everyday, _reversals(rng, everyday)], ignore_index=True)
    fraud = _fraud(rng, cards, merchants, population)
    events = pd.concat([everyday, fraud], ignore_index=True)
    inside = events["t"].between(population.first_day * DAY, population.last_day * DAY - 1)
    events = events[inside].sort_values(["card", "t"], kind="stable", ignore_index=True)
    # an amount is a sale, or a reversal when it is negative
    size = events["amount"].abs().clip(lower=0.5).round(2)
    events["amount"] = np.where(events["amount"] < 0, -size, size)
    events["t"] = np.floor(events["t"])
    home = cards["country"].to_numpy()[events["card"]]
    there = merchants["country"].to_numpy()[events["merchant"]]
    abroad = rng.random(len(events)) < 0.25
    events["currency"] = [places.CURRENCIES[name] for name in np.where(abroad, there, home)]
    return World(cards, merchants, events)


def _cards(rng: np.random.Generator, many: int) -> pd.DataFrame:
    countries = np.array(list(COUNTRIES))
    country = rng.choice(countries, many, p=places.SHARES)
    return pd.DataFrame(
        {
            "country": country,
            "issued_day": -rng.integers(60, 2000, many),
            "usual": rng.normal(3.2, 0.55, many),  # log euros
            "spread": rng.uniform(0.35, 0.7, many),
            "per_day": rng.gamma(4.0, 0.16 / 4.0, many) + 0.04,
            "rises": rng.normal(0.0, 1.3, many),  # hours later than others
            "online": rng.beta(1.5, 3.0, many),
        }
    )


def _everyday(
    rng: np.random.Generator, cards: pd.DataFrame, merchants: pd.DataFrame, population: Population
) -> pd.DataFrame:
    days = population.last_day - population.first_day
    card = np.repeat(np.arange(len(cards)), rng.poisson(cards["per_day"].to_numpy() * days))
    own = cards.iloc[card].reset_index(drop=True)
    local_hour = (14.5 + own["rises"].to_numpy() + rng.normal(0.0, 3.9, len(card))) % 24
    # the odd night out: what makes an hour a hint and not a proof
    local_hour = np.where(rng.random(len(card)) < 0.06, rng.uniform(0, 24, len(card)), local_hour)
    day = rng.integers(population.first_day, population.last_day, len(card))
    ahead = places.hours_ahead(own["country"].to_numpy(), day)
    t = day * DAY + (local_hour - ahead) * HOUR + rng.uniform(0, 60, len(card))
    merchant = _usual_merchant(rng, cards, merchants, card)
    t = _errands(rng, card, t)
    category = merchants["category"].to_numpy()[merchant]
    dear = np.array([CATEGORIES[name][1] for name in NAMES])[pd.Categorical(category, NAMES).codes]
    treat = np.where(rng.random(len(card)) < 0.04, rng.lognormal(1.2, 0.5, len(card)), 1.0)
    amount = np.exp(own["usual"] + own["spread"] * rng.normal(size=len(card))) * dear * treat
    return pd.DataFrame(
        {
            "card": card,
            "t": t,
            "amount": amount,
            "merchant": merchant,
            "mode": _mode(rng, category, own["online"].to_numpy()),
            "fraud": False,
            "delay_days": np.nan,
            "kind": "",
        }
    )


def _reversals(rng: np.random.Generator, everyday: pd.DataFrame) -> pd.DataFrame:
    """One purchase of fifty is taken back within some days: the same line with a minus."""
    back = everyday[rng.random(len(everyday)) < 0.02]
    return back.assign(amount=-back["amount"], t=back["t"] + rng.uniform(0.5, 6.0, len(back)) * DAY)


def _errands(rng: np.random.Generator, card: np.ndarray, t: np.ndarray) -> np.ndarray:
    """One purchase of six follows another of the same card within the hour or so: honest bursts."""
    same = np.append(False, card[1:] == card[:-1])
    follows = same & (rng.random(len(card)) < 0.16)
    moved = t.copy()
    moved[follows] = t[np.flatnonzero(follows) - 1] + rng.exponential(40 * 60.0, int(follows.sum()))
    return moved


def _usual_merchant(
    rng: np.random.Generator, cards: pd.DataFrame, merchants: pd.DataFrame, card: np.ndarray
) -> np.ndarray:
    """Ten favourites at home for three purchases of four, anything at home or abroad for the rest."""
    share = np.array([CATEGORIES[name][0] for name in NAMES])
    appeal = merchants["popularity"].to_numpy() * share[pd.Categorical(merchants["category"], NAMES).codes]
    favourites = np.empty((len(cards), 10), dtype=np.int64)
    local: dict[str, np.ndarray] = {}
    for country in COUNTRIES:
        at_home = appeal * np.where(merchants["country"].eq(country), 1.0, 0.02)
        local[country] = at_home / at_home.sum()
        here = np.flatnonzero(cards["country"].eq(country))
        favourites[here] = rng.choice(len(merchants), (len(here), 10), p=local[country])
    chosen = favourites[card, rng.integers(0, 10, len(card))]
    country = cards["country"].to_numpy()[card]
    for name in COUNTRIES:
        free = np.flatnonzero((country == name) & (rng.random(len(card)) < 0.25))
        chosen[free] = rng.choice(len(merchants), len(free), p=local[name])
    abroad = np.flatnonzero(rng.random(len(card)) < 0.05)
    chosen[abroad] = rng.choice(len(merchants), len(abroad), p=appeal / appeal.sum())
    return chosen


def _mode(rng: np.random.Generator, category: np.ndarray, online: np.ndarray) -> np.ndarray:
    share = np.array([CATEGORIES[name][2] for name in NAMES])[pd.Categorical(category, NAMES).codes]
    there = rng.choice(
        np.array(["chip", "contactless", "stripe", "keyed"]), len(category), p=(0.36, 0.46, 0.10, 0.08)
    )
    return np.where(rng.random(len(category)) < np.clip(share * (0.5 + online), 0, 1), "online", there)


# ------------------------------------------------------------------------------- fraud

EPISODES_PER_EVENT = 0.040  # episodes for each everyday purchase: about 8 % of the log are fraud


def _fraud(
    rng: np.random.Generator, cards: pd.DataFrame, merchants: pd.DataFrame, population: Population
) -> pd.DataFrame:
    """Episodes spread evenly over days and cards (by use), then their purchases."""
    days = population.last_day - population.first_day
    many = round(EPISODES_PER_EVENT * float(cards["per_day"].sum()) * days)
    weight = cards["per_day"].to_numpy()
    card = rng.choice(len(cards), many, p=weight / weight.sum())
    begin = rng.permutation(population.first_day + (np.arange(many) + rng.random(many)) / many * days)
    draw, later = rng.random(many), begin >= DRIFT_DAY
    cuts = np.where(later[:, None], np.cumsum(MIX_AFTER), np.cumsum(MIX_BEFORE))
    kind = np.array(KINDS)[np.minimum((draw[:, None] > cuts).sum(axis=1), 2)]
    parts = [
        _episodes(rng, cards, merchants, name, card[kind == name], begin[kind == name], later[kind == name])
        for name in KINDS
    ]
    fraud = pd.concat(parts, ignore_index=True)
    low, high = REPORT_DELAY_DAYS
    fraud["delay_days"] = low + (high - low) * rng.beta(1.3, 1.6, len(fraud))
    return fraud


@dataclass(frozen=True)
class Habit:
    """How one kind of fraud behaves. Amounts are factors of the card's usual one."""

    purchases: tuple[int, int]
    gap_minutes: float
    night: float
    amount: tuple[float, float]  # mean and spread of the log factor
    modes: tuple[float, ...]  # shares of MODES
    taste: dict[str, float]
    abroad: float


HABITS = {
    "spree": Habit(
        (1, 3), 70, 0.40, (1.0, 0.8), (0.22, 0.22, 0.22, 0.20, 0.14),
        {"electronics": 4, "jewellery": 3, "gift cards": 2, "travel": 2, "clothing": 2}, 0.45,
    ),
    "testing": Habit(
        (2, 4), 20, 0.30, (-0.9, 0.8), (0.05, 0.10, 0.70, 0.05, 0.10),
        {"digital goods": 4, "gift cards": 2, "transport": 2, "pharmacy": 1}, 0.3,
    ),
    "takeover": Habit(
        (1, 3), 120, 0.30, (0.6, 0.7), (0.10, 0.15, 0.60, 0.05, 0.10),
        {"electronics": 2, "clothing": 2, "sports": 1.5, "digital goods": 2, "travel": 2, "gift cards": 1.5},
        0.25,
    ),
}  # fmt: skip


def _episodes(
    rng: np.random.Generator,
    cards: pd.DataFrame,
    merchants: pd.DataFrame,
    kind: str,
    card: np.ndarray,
    begin: np.ndarray,
    later: np.ndarray,
) -> pd.DataFrame:
    habit = HABITS[kind]
    counts = rng.integers(habit.purchases[0], habit.purchases[1] + 1, len(card))
    at = np.repeat(np.arange(len(card)), counts)
    step = np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts)
    own = cards.iloc[card[at]].reset_index(drop=True)
    night = rng.random(len(card)) < habit.night
    local_hour = np.where(night, rng.uniform(0, 6, len(card)), rng.uniform(7, 24, len(card)))
    ahead = places.hours_ahead(cards["country"].to_numpy()[card], np.floor(begin))
    t = np.floor(begin) * DAY + (local_hour - ahead) * HOUR
    waits = np.where(step > 0, rng.exponential(habit.gap_minutes * 60, len(at)), 0.0)
    waited = pd.Series(waits).groupby(at).cumsum().to_numpy()
    factor = rng.normal(*habit.amount, len(at))
    if kind == "testing":  # the last purchase is what the testing was for
        factor = np.where(step == counts[at] - 1, rng.normal(1.0, 0.6, len(at)), factor)
    return pd.DataFrame(
        {
            "card": card[at],
            "t": t[at] + waited,
            "amount": np.exp(own["usual"].to_numpy() + factor),
            "merchant": _targets(rng, merchants, habit, own["country"].to_numpy(), later[at]),
            "mode": rng.choice(np.array(MODES), len(at), p=habit.modes),
            "fraud": True,
            "delay_days": np.nan,
            "kind": kind,
        }
    )


def _targets(
    rng: np.random.Generator, merchants: pd.DataFrame, habit: Habit, home: np.ndarray, later: np.ndarray
) -> np.ndarray:
    """Merchants by the fraudsters' taste and by how easily each is robbed, which changes with the drift."""
    taste = merchants["category"].map(lambda name: habit.taste.get(name, 0.35)).to_numpy()
    chosen = np.empty(len(home), dtype=np.int64)
    for country in COUNTRIES:
        near = np.where(merchants["country"].eq(country), (1 - habit.abroad) / 0.16, habit.abroad / 0.84)
        for after, risk in ((False, "risk"), (True, "risk_later")):
            here = np.flatnonzero((home == country) & (later == after))
            weight = taste * near * merchants[risk].to_numpy()
            chosen[here] = rng.choice(len(merchants), len(here), p=weight / weight.sum())
    return chosen
