"""Support tickets of a software company, and which of them were escalated. Seeded; no mess here."""

from __future__ import annotations

import numpy as np
import pandas as pd

from harness.mess import stream

TRAIN, VALIDATION, HIDDEN = 2600, 500, 2600
RATE = 0.24
CHANNELS = {"Phone": 0.28, "E-mail": 0.37, "Live chat": 0.22, "Web form": 0.13}
PRODUCTS = {"Ledger": 0.26, "Payroll": 0.21, "Inventory": 0.2, "Web shop": 0.18, "Mobile app": 0.15}
PLANS = {"Basic": 0.5, "Business": 0.34, "Enterprise": 0.16}
CHANNEL_EFFECT = {"Phone": 0.45, "E-mail": -0.2, "Live chat": 0.0, "Web form": -0.35}
PRODUCT_EFFECT = {"Ledger": 0.1, "Payroll": 0.75, "Inventory": -0.35, "Web shop": 0.3, "Mobile app": -0.6}
PLAN_EFFECT = {"Basic": -0.35, "Business": 0.1, "Enterprise": 0.7}


def live(seed: int) -> pd.DataFrame:
    """All tickets under internal keys, typed, with `escalated` (bool) and every number known."""
    count = TRAIN + VALIDATION + HIDDEN

    def rng(column: str) -> np.random.Generator:
        return stream(seed, "world", column, "draw")

    tickets = pd.DataFrame({"entity": [f"t{n}" for n in range(count)]})
    tickets["opened_on"] = pd.Timestamp("2025-01-01") + pd.to_timedelta(
        rng("opened_on").integers(0, 181, count), unit="D"
    )
    tickets["opened_hour"] = np.clip(np.round(rng("opened_hour").normal(13, 4, count)), 0, 23).astype(int)
    for column, shares in (("channel", CHANNELS), ("product", PRODUCTS), ("plan", PLANS)):
        tickets[column] = rng(column).choice(list(shares), count, p=list(shares.values()))
    tickets["wait_minutes"] = np.maximum(1, np.round(rng("wait_minutes").lognormal(3.4, 0.9, count))).astype(
        int
    )
    tickets["open_tickets"] = rng("open_tickets").poisson(1.1, count)
    tickets["customer_age_days"] = np.maximum(
        3, np.round(rng("customer_age_days").lognormal(6.2, 0.9, count))
    ).astype(int)
    tickets["contract_value"] = np.round(rng("contract_value").lognormal(7.2, 1.0, count), 2)
    tickets["sentiment"] = np.round(np.clip(rng("sentiment").normal(-0.05, 0.42, count), -1, 1), 2)
    tickets["escalated"] = rng("escalated").random(count) < _chance(tickets)
    return tickets


def split(seed: int, tickets: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """train, validation and natural, disjoint."""
    order = stream(seed, "parts", "entity", "split").permutation(len(tickets))
    parts = np.split(order, [TRAIN, TRAIN + VALIDATION])
    names = ("train", "validation", "natural")
    return {n: tickets.iloc[part].reset_index(drop=True) for n, part in zip(names, parts, strict=True)}


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
