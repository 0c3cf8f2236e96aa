"""Support tickets of a software company, and which of them were escalated. Seeded; no mess here."""

from __future__ import annotations

import numpy as np
import pandas as pd

from harness.mess import stream

TRAIN, VALIDATION, HIDDEN = 2600, 500, 2600
POOL = 8  # tickets drawn for each that is kept
BLOCK = 20  # neighbours by chance among whom luck is spread evenly
RATE = 0.24
CHANNELS = {"Phone": 0.28, "E-mail": 0.37, "Live chat": 0.22, "Web form": 0.13}
PRODUCTS = {"Ledger": 0.26, "Payroll": 0.21, "Inventory": 0.2, "Web shop": 0.18, "Mobile app": 0.15}
PLANS = {"Basic": 0.5, "Business": 0.34, "Enterprise": 0.16}
CHANNEL_EFFECT = {"Phone": 0.45, "E-mail": -0.2, "Live chat": 0.0, "Web form": -0.35}
PRODUCT_EFFECT = {"Ledger": 0.1, "Payroll": 0.75, "Inventory": -0.35, "Web shop": 0.3, "Mobile app": -0.6}
PLAN_EFFECT = {"Basic": -0.35, "Business": 0.1, "Enterprise": 0.7}


def live(seed: int) -> pd.DataFrame:
    """All tickets under internal keys, typed, with `part`, `escalated` (bool) and every number known.

    Each ticket's chances are what they would be with plain draws. Which are kept, where they go and who is
    escalated is drawn among neighbours by chance (systematic sampling), so that editions are equally hard.
    """
    count = TRAIN + VALIDATION + HIDDEN
    drawn = _drawn(seed, POOL * count)
    kept = _one_of_each_block(stream(seed, "world", "entity", "choice"), _chance(drawn))
    tickets = drawn.iloc[np.sort(kept)].reset_index(drop=True)
    chance = _chance(tickets)
    tickets["part"] = _parts(stream(seed, "parts", "entity", "split"), chance)
    luck = _luck(stream(seed, "world", "escalated", "draw"), tickets["part"], chance)
    tickets["escalated"] = luck < chance
    tickets.insert(0, "entity", [f"t{n}" for n in range(count)])
    return tickets


def split(tickets: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """train, validation and natural, disjoint."""
    return {
        str(name): part.drop(columns="part").reset_index(drop=True) for name, part in tickets.groupby("part")
    }


def _drawn(seed: int, count: int) -> pd.DataFrame:
    """Tickets as they come, without key and outcome."""

    def rng(column: str) -> np.random.Generator:
        return stream(seed, "world", column, "draw")

    day = pd.to_timedelta(rng("opened_on").integers(0, 181, count), unit="D")
    tickets = pd.DataFrame({"opened_on": pd.Timestamp("2025-01-01") + day})
    tickets["opened_hour"] = np.clip(np.round(rng("opened_hour").normal(13, 4, count)), 0, 23).astype(int)
    for column, shares in (("channel", CHANNELS), ("product", PRODUCTS), ("plan", PLANS)):
        tickets[column] = rng(column).choice(list(shares), count, p=list(shares.values()))
    wait, age = rng("wait_minutes").lognormal(3.4, 0.9, count), rng("customer_age_days")
    tickets["wait_minutes"] = np.maximum(1, np.round(wait)).astype(int)
    tickets["open_tickets"] = rng("open_tickets").poisson(1.1, count)
    tickets["customer_age_days"] = np.maximum(3, np.round(age.lognormal(6.2, 0.9, count))).astype(int)
    tickets["contract_value"] = np.round(rng("contract_value").lognormal(7.2, 1.0, count), 2)
    tickets["sentiment"] = np.round(np.clip(rng("sentiment").normal(-0.05, 0.42, count), -1, 1), 2)
    return tickets


def _one_of_each_block(rng: np.random.Generator, chance: np.ndarray) -> np.ndarray:
    """Places of one ticket of every POOL neighbours by chance."""
    blocks = np.argsort(chance, kind="stable").reshape(-1, POOL)
    return np.asarray(blocks[np.arange(len(blocks)), rng.integers(0, POOL, len(blocks))])


def _parts(rng: np.random.Generator, chance: np.ndarray) -> np.ndarray:
    """A part for each ticket, in the shares of the sizes along the whole range of chances."""
    sizes = {"train": TRAIN, "validation": VALIDATION, "natural": HIDDEN}
    # where along the range each ticket of a part belongs, then a little luck as to who takes it
    wish = np.concatenate([(np.arange(size) + rng.random(size)) / size for size in sizes.values()])
    names = np.repeat(list(sizes), list(sizes.values()))[np.argsort(wish, kind="stable")]
    part = np.empty(len(chance), dtype=object)
    part[np.argsort(chance, kind="stable")] = names
    return part


def _luck(rng: np.random.Generator, part: pd.Series, chance: np.ndarray) -> np.ndarray:
    """Uniform in 0..1, spread evenly over every BLOCK of neighbours by chance within a part."""
    order = np.lexsort((chance, part))
    places = np.argsort(rng.random((-(-len(order) // BLOCK), BLOCK)), axis=1).ravel()[: len(order)]
    luck = np.empty(len(order))
    luck[order] = (places + rng.random(len(order))) / BLOCK
    return luck


def _chance(tickets: pd.DataFrame) -> np.ndarray:
    """Escalation grows with waiting, more so for large customers, and with a bad mood; age calms."""
    wait = np.log(tickets["wait_minutes"].to_numpy() / 30.0)
    logit = (
        0.85 * wait * np.where(tickets["plan"].eq("Enterprise"), 1.5, 1.0)
        - 2.1 * tickets["sentiment"].to_numpy()
        + 0.45 * np.minimum(tickets["open_tickets"].to_numpy(), 5)
        - 0.35 * np.log(tickets["customer_age_days"].to_numpy() / 490.0)
        + 0.22 * np.log(tickets["contract_value"].to_numpy() / 1340.0)
        + 0.55 * tickets["opened_hour"].isin((*range(7), *range(20, 24))).to_numpy()
        + 0.5 * (tickets["opened_on"].dt.dayofweek.to_numpy() >= 5)
    )
    for column, effect in (("channel", CHANNEL_EFFECT), ("product", PRODUCT_EFFECT), ("plan", PLAN_EFFECT)):
        logit = logit + tickets[column].map(effect).to_numpy()
    return np.asarray(1.0 / (1.0 + np.exp(-(1.25 * logit + _shift(1.25 * logit)))))


def _shift(logit: np.ndarray) -> float:
    """What brings the mean chance to RATE."""
    low, high = -10.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        rate = float(np.mean(1.0 / (1.0 + np.exp(-(logit + middle)))))
        low, high = (middle, high) if rate < RATE else (low, middle)
    return (low + high) / 2
