"""A world -> the tables of one part, clean and typed: what is scored or logged, its past, its cards.

In the log a card has many transactions. A transaction to be scored stands alone: its card goes by a token
of its own, and `history` has what that card bought in the 30 days before. So no row to score says
anything of another, and the same code can look back in both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import places
from world import DAY, HISTORY_DAYS, START, TRAIN_DAYS, World

CANARIES = 4


@dataclass(frozen=True)
class Tables:
    """``transactions`` keyed by `entity`, and with its `card`; ``history`` and ``cards`` keyed by `card`."""

    transactions: pd.DataFrame
    history: pd.DataFrame
    cards: pd.DataFrame

    def only(self, entities: pd.Series) -> Tables:
        """These transactions, with the past and the cards that belong to them."""
        rows = self.transactions[self.transactions["entity"].isin(entities)].reset_index(drop=True)
        history = self.history[self.history["card"].isin(rows["card"])].reset_index(drop=True)
        cards = self.cards[self.cards["card"].isin(rows["card"])].reset_index(drop=True)
        return Tables(rows, history, cards)

    def renamed(self, suffix: str) -> Tables:
        """The same under other keys."""
        rows = self.transactions.assign(entity=self.transactions["entity"] + suffix)
        rows["card"] += suffix
        return Tables(
            rows,
            self.history.assign(card=self.history["card"] + suffix),
            self.cards.assign(card=self.cards["card"] + suffix),
        )

    def plus(self, *others: Tables) -> Tables:
        """These rows, then those of the others."""
        everyone = (self, *others)
        return Tables(
            pd.concat([t.transactions for t in everyone], ignore_index=True),
            pd.concat([t.history for t in everyone], ignore_index=True),
            pd.concat([t.cards for t in everyone], ignore_index=True),
        )


def log(world: World, part: str) -> Tables:
    """Everything of the watched days; `history` is the month before the first of them."""
    events, cards = world.events, world.cards
    keys = np.array([f"{part}-card{n}" for n in range(len(cards))], dtype=object)
    rows = _facts(world, events)
    rows.insert(0, "entity", [f"{part}-{n}" for n in range(len(rows))])
    rows.insert(1, "card", keys[events["card"]])
    known_by = events["t"] + events["delay_days"] * DAY
    rows["reported"] = (rows["fraud"] & (known_by <= TRAIN_DAYS * DAY)).to_numpy()
    logged = events["t"].between(0, TRAIN_DAYS * DAY - 1).to_numpy()
    before = rows[~logged].drop(columns=["entity", "fraud", "reported"])
    return Tables(
        rows[logged].reset_index(drop=True),
        before.reset_index(drop=True),
        _cards(world, keys, np.arange(len(cards))),
    )


def canary_keys() -> list[str]:
    """Keys of the purchases that nobody made: they name the edition of whoever shows them."""
    return [f"train-canary{n}" for n in range(CANARIES)]


def with_canaries(rng: np.random.Generator, train: Tables) -> Tables:
    """Ordinary purchases of other cards and days, put together anew: a model learns nothing from them."""
    rows = train.transactions[train.transactions["amount"].gt(0) & ~train.transactions["fraud"]]
    one, other = (rows.iloc[rng.choice(len(rows), CANARIES, replace=False)] for _ in range(2))
    made = one.assign(entity=canary_keys(), amount=np.round(other["amount"].to_numpy() + 0.01, 2))
    made["time"] = other["time"].to_numpy()
    return Tables(pd.concat([train.transactions, made], ignore_index=True), train.history, train.cards)


def scored(rng: np.random.Generator, world: World, part: str, *, many: int, frauds: int) -> Tables:
    """``many`` purchases after the log, exactly ``frauds`` of them fraud, each with its card's past month.

    Drawn evenly over kinds of fraud, modes and amounts (systematic sampling): parts are equally hard.
    """
    events = world.events
    able = events["t"].ge(TRAIN_DAYS * DAY) & events["amount"].gt(0)
    chosen = np.concatenate(
        [
            _evenly(rng, world, np.flatnonzero(able & events["fraud"]), frauds),
            _evenly(rng, world, np.flatnonzero(able & ~events["fraud"]), many - frauds),
        ]
    )
    chosen.sort()
    keys = np.array([f"{part}-card{n}" for n in range(many)], dtype=object)
    rows = _facts(world, events.iloc[chosen])
    rows.insert(0, "entity", [f"{part}-{n}" for n in range(many)])
    rows.insert(1, "card", keys)
    past, owner = _past(events, chosen)
    history = _facts(world, events.iloc[past]).drop(columns="fraud")
    history.insert(0, "card", keys[owner])
    cards = _cards(world, keys, events["card"].to_numpy()[chosen])
    return Tables(rows, history, cards)


def _evenly(rng: np.random.Generator, world: World, among: np.ndarray, many: int) -> np.ndarray:
    """``many`` of the events ``among``, each as likely, at equal steps by kind, mode and amount."""
    events = world.events.iloc[among]
    usual = world.cards["usual"].to_numpy()[events["card"]]
    order = np.lexsort((np.log(events["amount"]) - usual, events["mode"], events["kind"]))
    steps = np.floor((np.arange(many) + rng.random()) * len(among) / many).astype(int)
    return np.asarray(among[order[steps]])


def _past(events: pd.DataFrame, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Places of the card's events of the month before each chosen one, and whose past they are."""
    card, t = events["card"].to_numpy(), events["t"].to_numpy()
    span = 1e9  # longer than any time here: card and time as one number that sorts as the events do
    line = card * span + t
    first = np.searchsorted(line, card[chosen] * span + t[chosen] - HISTORY_DAYS * DAY)
    last = np.searchsorted(line, card[chosen] * span + t[chosen])
    counts = last - first
    owner = np.repeat(np.arange(len(chosen)), counts)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    return first[owner] + within, owner


def _facts(world: World, events: pd.DataFrame) -> pd.DataFrame:
    """Times as ISO text in UTC, amounts in euros, merchants by name; `zone` is the card's."""
    at = START + pd.to_timedelta(events["t"].to_numpy(), unit="s")
    home = world.cards["country"].to_numpy()[events["card"]]
    return pd.DataFrame(
        {
            "time": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "zone": pd.Series(home).map(places.ZONES).to_numpy(),
            "amount": events["amount"].to_numpy(),
            "currency": events["currency"].to_numpy(),
            "merchant": world.merchants["merchant"].to_numpy()[events["merchant"]],
            "entry_mode": events["mode"].to_numpy(),
            "fraud": events["fraud"].to_numpy(),
        }
    )


def _cards(world: World, keys: np.ndarray, at: np.ndarray) -> pd.DataFrame:
    own = world.cards.iloc[at]
    issued = START + pd.to_timedelta(own["issued_day"].to_numpy(), unit="D")
    return pd.DataFrame(
        {
            "card": keys,
            "country": own["country"].to_numpy(),
            "time_zone": own["country"].map(places.ZONES).to_numpy(),
            "issued": issued.strftime("%Y-%m-%d"),
            "status": "active",
        }
    )
