"""All customers -> the parts of an edition: who trains, who validates, who is hidden. Split by entity."""

from __future__ import annotations

import numpy as np
import pandas as pd
import world
from mess import NATURAL, Mess

TRAIN, VALIDATION = 3000, 500  # entities; the rest (3,543) are hidden
NEAR_DUPLICATES = 0.12


def split(seed: int, clean: world.Tables) -> dict[str, world.Tables]:
    """Disjoint entities for `train`, `validation` and `natural`."""
    order = world.stream(seed, "parts", "entity", "split").permutation(len(clean.customers))
    cuts = np.split(clean.customers["entity"].to_numpy()[order], [TRAIN, TRAIN + VALIDATION])
    names = ("train", "validation", "natural")
    return {name: clean.only(pd.Series(keys)) for name, keys in zip(names, cuts, strict=True)}


def with_near_duplicates(train: world.Tables, maker: Mess) -> world.Tables:
    """Some accounts stand twice, under another id: a part of them exactly, the rest written differently."""
    rng = maker.stream("customers", "id", "near duplicate")
    chosen = train.customers["entity"][rng.random(len(train.customers)) < NEAR_DUPLICATES]
    copies = train.only(chosen)
    again = world.Tables(*(_of_another_account(table) for table in copies.all))
    _log_pairs(maker, copies.customers, again.customers)
    plain = again.customers["total_charges"].str.fullmatch(r"\d+\.\d\d").to_numpy(dtype=bool)
    hit = plain & (rng.random(len(chosen)) < 0.5)
    rounded = [f"{float(total):.0f}" for total in again.customers["total_charges"][hit]]
    maker.change("customers", again.customers, "total_charges", "near duplicate", hit, rounded)
    maker.respell("customers", again.customers, "contract", 0.4, NATURAL.spellings)
    return train.plus(again)


def _of_another_account(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(entity=table["entity"] + "|copy")


def _log_pairs(maker: Mess, first: pd.DataFrame, second: pd.DataFrame) -> None:
    """The mask of the duplicates: whose copy a row is."""
    pairs = first[["entity"]].assign(id=first["entity"])
    everyone = np.ones(len(pairs), dtype=bool)
    maker.change("customers", pairs, "id", "near duplicate", everyone, second["entity"].tolist())
