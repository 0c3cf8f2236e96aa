"""Rows to predict -> three inputs: all of them, one alone, some in another order and company."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from harness.edition.about import About
from harness.mess.draws import stream

SHUFFLED_ROWS = 300


def three_inputs(
    tables: Mapping[str, pd.DataFrame], rows: pd.DataFrame, about: About
) -> dict[str, dict[str, pd.DataFrame]]:
    """`all`, `one` and `shuffled` as ``write_edition`` takes them.

    ``tables``: file -> published table of all rows to predict. ``rows``: id, role, entity, rule at least.
    """
    whole = dict(tables)
    return {"all": whole, "one": _one(whole, rows, about), "shuffled": _shuffled(whole, rows, about)}


def _one(tables: dict[str, pd.DataFrame], rows: pd.DataFrame, about: About) -> dict[str, pd.DataFrame]:
    """One natural entity that has lines in every table."""
    able = rows["id"][rows["role"].eq("natural")]
    for name, column in about.keys.items():
        able = able[able.isin(tables[name][column])]
    chosen = stream(about.seed, "one", "id", "choice").choice(np.sort(able.to_numpy(dtype=object)), 1)
    return subset(tables, pd.Series(chosen), about)


def _shuffled(tables: dict[str, pd.DataFrame], rows: pd.DataFrame, about: About) -> dict[str, pd.DataFrame]:
    """Rows in another order, their columns too: the key is no longer the first column.

    Variants of probes first, each entity once: whoever matches the rows of one entity within a batch
    finds nothing to match here, and answers otherwise than before.
    """
    rng = stream(about.seed, "shuffled", "id", "choice")
    mixed = rows.iloc[rng.permutation(len(rows))]
    variants = mixed[mixed["rule"].eq("equal")].drop_duplicates("entity")
    others = mixed[mixed["role"].eq("natural") & ~mixed["entity"].isin(variants["entity"])]
    chosen = pd.concat([variants["id"], others["id"]]).head(SHUFFLED_ROWS)
    mixed_up = {}
    for name, table in subset(tables, chosen, about).items():
        columns = np.roll(table.columns, -1)[rng.permutation(len(table.columns))]
        if columns[0] == table.columns[0]:
            columns = np.roll(columns, 1)
        mixed_up[name] = table.iloc[rng.permutation(len(table))][list(columns)].reset_index(drop=True)
    return mixed_up


def subset(tables: Mapping[str, pd.DataFrame], ids: pd.Series, about: About) -> dict[str, pd.DataFrame]:
    """The lines of these ids; a table that is keyed by no entity (a price list) comes whole."""
    return {
        name: table[table[about.keys[name]].isin(ids)].reset_index(drop=True) if name in about.keys else table
        for name, table in tables.items()
    }
