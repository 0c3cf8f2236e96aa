"""Hidden purchases -> the rows to predict, still under inner keys, and sealed: what each is for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import probes
from cases import Tables
from exports import NATURAL, STRESSED, export

from harness.mess import stream

ROWS, FRAUDS = 36_000, 2_880
STRESSED_ROWS, STRESSED_FRAUDS = 10_000, 800
STRESSED_MARK = "|stressed"


@dataclass(frozen=True)
class Hidden:
    """Everything to predict, one line a row in ``rows`` (key, role, entity, probe, variant, rule, label)."""

    tables: Tables
    rows: pd.DataFrame
    mask: pd.DataFrame


def build(seed: int, clean: Tables) -> Hidden:
    """Natural rows; some of them again, messier; and the paired rows of the probes."""
    natural = export(clean, NATURAL, seed=seed, part="natural")
    again = clean.only(_sample(seed, clean)).renamed(STRESSED_MARK)
    stressed = export(again, STRESSED, seed=seed, part="stressed")
    paired, purposes, masks = probes.build(seed, clean)
    tables = natural.tables.plus(stressed.tables, paired)
    mask = pd.concat([natural.mask, stressed.mask, *masks], ignore_index=True)
    return Hidden(tables, _rows(tables.transactions, purposes, clean.transactions), mask)


def _sample(seed: int, clean: Tables) -> pd.Series:
    """A fixed number of frauds among the stressed rows, too: editions are equally hard."""
    rng = stream(seed, "stressed.transactions", "entity", "choice")
    rows = clean.transactions
    return pd.Series(
        np.concatenate(
            [
                rng.choice(rows["entity"][rows["fraud"].eq(kind)].to_numpy(), many, replace=False)
                for kind, many in ((True, STRESSED_FRAUDS), (False, STRESSED_ROWS - STRESSED_FRAUDS))
            ]
        )
    )


def _rows(transactions: pd.DataFrame, purposes: pd.DataFrame, clean: pd.DataFrame) -> pd.DataFrame:
    rows = pd.DataFrame({"key": transactions["entity"]})
    rows = rows.merge(purposes, on="key", how="left", validate="one_to_one")
    rows["role"] = "natural"
    rows.loc[rows["key"].str.endswith(STRESSED_MARK), "role"] = "stressed"
    rows.loc[rows["probe"].notna(), "role"] = "probe"
    rows["entity"] = rows["key"].str.partition("|")[0]
    rows[["probe", "variant", "rule"]] = rows[["probe", "variant", "rule"]].fillna("")
    rows["label"] = rows["entity"].map(clean.set_index("entity")["fraud"]).astype("int8")
    return rows
