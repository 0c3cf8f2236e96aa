"""Customers -> what happened to them: an outcome, six months of usage, contacts. Seeded; no mess here.

The real attributes stay as they are. The outcome is drawn anew in every edition, because the real one
is on the public internet: whoever looks a customer up learns what any model of the attributes knows.
Log-odds of leaving = what the real outcomes say of these attributes + three hidden troubles. The
troubles are seen only through usage and contacts, each with its own noise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import source

from harness.mess import stream

MONTHS = pd.period_range("2024-01", "2024-06", freq="M")
SNAPSHOT = pd.Timestamp("2024-06-30")
CHURN_RATE = 0.265  # the real one
STATIC_WEIGHT = 1.15
TROUBLE_WEIGHT = {"fading": 1.15, "dropping": 0.75, "grievance": 1.0}
TOPICS = ("billing question", "technical fault", "complaint", "plan change")
CHANNELS = ("phone", "chat", "shop")
KEYS = {"customers.csv": "id", "usage.csv": "customer_id", "contacts.csv": "customer_id"}
OWN = {"contacts.csv": "contact_id"}  # a number of the record itself


@dataclass(frozen=True)
class Tables:
    """Three tables of one part; usage and contacts carry the customers' key in the same column."""

    customers: pd.DataFrame
    usage: pd.DataFrame
    contacts: pd.DataFrame

    @property
    def all(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """Customers, usage, contacts."""
        return self.customers, self.usage, self.contacts

    def only(self, keys: pd.Series) -> Tables:
        """The customers of ``keys``, and what belongs to them."""
        return Tables(*(table[table["entity"].isin(keys)].reset_index(drop=True) for table in self.all))

    @property
    def files(self) -> dict[str, pd.DataFrame]:
        """By file name, the key under the name that candidates see (KEYS)."""
        pairs = zip(KEYS.items(), self.all, strict=True)
        return {name: table.rename(columns={"entity": column}) for (name, column), table in pairs}

    def plus(self, *others: Tables) -> Tables:
        """These rows, then those of the others."""
        return Tables(
            *(pd.concat(t, ignore_index=True) for t in zip(self.all, *(o.all for o in others), strict=True))
        )


def live(seed: int) -> Tables:
    """All customers with `churned` (bool), and their usage and contacts, keyed by `entity`."""
    customers = source.customers()
    troubles = {
        name: stream(seed, "world", name, "draw").normal(size=len(customers)) for name in TROUBLE_WEIGHT
    }
    customers["churned"] = _outcome(seed, customers, troubles)
    return Tables(
        customers,
        _usage(seed, customers, troubles["fading"], troubles["dropping"]),
        _contacts(seed, customers, troubles["grievance"]),
    )


def _outcome(seed: int, customers: pd.DataFrame, troubles: dict[str, np.ndarray]) -> np.ndarray:
    # who is bound by a contract leaves less often over the same trouble
    bound = np.where(customers["contract"].eq("Month-to-month"), 1.15, 0.75)
    trouble = sum(TROUBLE_WEIGHT[name] * value for name, value in troubles.items()) * bound
    logit = STATIC_WEIGHT * source.churn_logit() + trouble
    chance = 1.0 / (1.0 + np.exp(-(logit + _shift(logit))))
    return np.asarray(stream(seed, "world", "churned", "draw").random(len(customers)) < chance)


def _shift(logit: np.ndarray) -> float:
    """What to add so that the mean chance is the real churn rate (bisection)."""
    low, high = -10.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2
        if float(np.mean(1.0 / (1.0 + np.exp(-(logit + middle))))) < CHURN_RATE:
            low = middle
        else:
            high = middle
    return low


def _usage(seed: int, customers: pd.DataFrame, fading: np.ndarray, dropping: np.ndarray) -> pd.DataFrame:
    """Levels say nothing of churn; the fall over the last months and the rate of dropped calls do."""
    rng = stream(seed, "world", "usage", "draw")
    many, months = len(customers), len(MONTHS)
    level_gb = rng.lognormal(3.6, 0.7, many) * np.where(
        customers["internet_service"].eq("Fiber optic"), 1.6, 1.0
    )
    level_minutes = rng.lognormal(5.6, 0.6, many)
    slope = -0.10 * fading + rng.normal(0.0, 0.03, many)
    steps = np.maximum(np.arange(months) - 2, 0)  # the fall starts in the fourth month
    season = rng.normal(0.0, 0.03, months)
    drift = slope[:, None] * steps[None, :] * 1.6 + season[None, :]
    online = customers["internet_service"].ne("No").to_numpy()[:, None]
    phone = customers["phone_service"].eq(1).to_numpy()[:, None]
    gb = level_gb[:, None] * np.exp(drift + rng.normal(0.0, 0.13, (many, months))) * online
    minutes = level_minutes[:, None] * np.exp(drift + rng.normal(0.0, 0.16, (many, months))) * phone
    drops = rng.poisson(np.exp(0.1 + 0.7 * dropping)[:, None] * np.ones((1, months))) * phone
    index = np.arange(months)
    # a customer of three months has three months of usage
    seen = index[None, :] >= months - np.clip(customers["tenure"].to_numpy(), 1, months)[:, None]
    rows, columns = np.nonzero(seen)
    return pd.DataFrame(
        {
            "entity": customers["entity"].to_numpy()[rows],
            "month": MONTHS.astype(str).to_numpy()[columns],
            "gb_used": np.round(gb[rows, columns], 2),
            "minutes": np.round(minutes[rows, columns]).astype(int),
            "dropped_calls": drops[rows, columns].astype(int),
        }
    )


def _contacts(seed: int, customers: pd.DataFrame, grievance: np.ndarray) -> pd.DataFrame:
    """Recent unresolved contacts come from the grievance; the rest is everyday noise."""
    rng = stream(seed, "world", "contacts", "draw")
    everyday = _talk(rng, customers, rng.poisson(1.1, len(customers)), days=180, resolved=0.78)
    upset = rng.poisson(np.exp(-0.6 + 1.0 * grievance))
    trouble = _talk(rng, customers, upset, days=60, resolved=0.12)
    return pd.concat([everyday, trouble], ignore_index=True)


def _talk(
    rng: np.random.Generator, customers: pd.DataFrame, counts: np.ndarray, *, days: int, resolved: float
) -> pd.DataFrame:
    entity = np.repeat(customers["entity"].to_numpy(), counts)
    back = rng.integers(0, days, len(entity))
    return pd.DataFrame(
        {
            "entity": entity,
            "date": SNAPSHOT - pd.to_timedelta(back, unit="D"),
            "channel": rng.choice(CHANNELS, len(entity), p=(0.55, 0.35, 0.10)),
            "topic": rng.choice(TOPICS, len(entity), p=(0.3, 0.3, 0.25, 0.15)),
            "resolved": np.where(rng.random(len(entity)) < resolved, "yes", "no"),
        }
    )
