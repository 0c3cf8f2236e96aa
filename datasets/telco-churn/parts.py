"""All customers -> the parts of an edition: who trains, who validates, who is hidden. Split by entity."""

from __future__ import annotations

import numpy as np
import pandas as pd
import world

from harness.mess import stream

TRAIN, VALIDATION = 3000, 500  # entities; the rest (3,543) are hidden
CANARIES = 4


def split(seed: int, clean: world.Tables) -> dict[str, world.Tables]:
    """Disjoint entities for `train`, `validation` and `natural`; train with canaries."""
    order = stream(seed, "parts", "entity", "split").permutation(len(clean.customers))
    cuts = np.split(clean.customers["entity"].to_numpy()[order], [TRAIN, TRAIN + VALIDATION])
    names = ("train", "validation", "natural")
    parts = {name: clean.only(pd.Series(keys)) for name, keys in zip(names, cuts, strict=True)}
    return parts | {"train": parts["train"].plus(_canaries(seed, parts["train"]))}


def canary_keys() -> list[str]:
    """The entities of the canary rows."""
    return [f"canary{number}" for number in range(CANARIES)]


def _canaries(seed: int, train: world.Tables) -> world.Tables:
    """Customers who do not exist: like one of train, of its outcome too, with amounts of this edition only.

    Their amounts show whose edition a published table was, also when its ids were taken away. To a model they
    are four more ordinary rows.
    """
    rng = stream(seed, "parts", "entity", "canary")
    customers = train.customers
    both = customers["internet_service"].ne("No") & customers["phone_service"].eq(1)
    able = customers["entity"][both & customers["tenure"].ge(12)]
    models = rng.choice(able.to_numpy(), CANARIES, replace=False)
    made = []
    for key, model in zip(canary_keys(), models, strict=True):
        like = train.only(pd.Series([model]))
        factor = 1.0 + rng.choice((-1, 1)) * rng.uniform(0.02, 0.06)
        customers = like.customers.assign(
            monthly_charges=(like.customers["monthly_charges"] * factor).round(2),
            total_charges=(like.customers["total_charges"] * factor).round(2),
        )
        noise = rng.uniform(0.9, 1.1, len(like.usage))
        usage = like.usage.assign(
            gb_used=(like.usage["gb_used"] * noise).round(2),
            minutes=(like.usage["minutes"] * noise).round().astype(int),
        )
        tables = (customers, usage, like.contacts)
        made.append(world.Tables(*(table.assign(entity=key) for table in tables)))
    return made[0].plus(*made[1:])
