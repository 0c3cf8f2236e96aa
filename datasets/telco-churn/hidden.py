"""Hidden customers -> the rows to predict, shuffled under fresh ids, and sealed: what each is for."""

from __future__ import annotations

import pandas as pd
import probes
import world
from mess import NATURAL, STRESSED, export

from harness.edition import Registry
from harness.mess import stream

STRESSED_ENTITIES = 2500


def build(
    seed: int, clean: world.Tables, registry: Registry
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame, list[pd.DataFrame]]:
    """The published tables of all rows to predict; the sealed rows; the masks, keyed like the rows."""
    plain = export(seed, "natural", NATURAL, clean)
    again = export(seed, "stressed", STRESSED, clean.only(_sample(seed, clean))).under("|stressed")
    paired, purposes, masks = probes.build(seed, clean)

    everything = plain.tables.plus(again.tables, paired)
    rows = _rows(everything.customers, purposes, clean.customers)
    tables = registry.publish("hidden", everything.files, world.KEYS, own=world.OWN)
    rows["id"] = rows["key"].map(registry.ids)
    return tables, rows, [plain.mask, again.mask, *masks]


def _sample(seed: int, clean: world.Tables) -> pd.Series:
    rng = stream(seed, "stressed.customers", "entity", "choice")
    return pd.Series(rng.choice(clean.customers["entity"].to_numpy(), STRESSED_ENTITIES, replace=False))


def _rows(customers: pd.DataFrame, purposes: pd.DataFrame, clean: pd.DataFrame) -> pd.DataFrame:
    """One line a row of the input: key, role, label, entity, probe, variant, rule."""
    rows = pd.DataFrame({"key": customers["entity"]})
    rows = rows.merge(purposes, on="key", how="left", validate="one_to_one")
    rows["role"] = "natural"
    rows.loc[rows["key"].str.endswith("|stressed"), "role"] = "stressed"
    rows.loc[rows["probe"].notna(), "role"] = "probe"
    rows["entity"] = rows["key"].str.partition("|")[0]
    rows[["probe", "variant", "rule"]] = rows[["probe", "variant", "rule"]].fillna("")
    rows["label"] = rows["entity"].map(clean.set_index("entity")["churned"]).astype("int8")
    return rows
