"""Hidden customers -> the rows to predict, shuffled under fresh ids, and sealed: what each is for."""

from __future__ import annotations

import pandas as pd
import probes
import world
from ids import Registry
from mess import NATURAL, STRESSED, Mess

STRESSED_ENTITIES = 2500
SHUFFLED_ROWS = 300


def build(
    seed: int, clean: world.Tables, registry: Registry
) -> tuple[dict[str, world.Tables], pd.DataFrame, list[pd.DataFrame]]:
    """The inputs `all`, `one` and `shuffled`; the sealed rows; the mess log (keyed like the rows)."""
    natural, stressed = Mess(seed, "natural", NATURAL), Mess(seed, "stressed", STRESSED)
    plain = natural.export(clean)
    again = stressed.export(clean.only(_sample(seed, clean)))
    again = world.Tables(*(table.assign(entity=table["entity"] + "|stressed") for table in again.all))
    paired, purposes, probe_log = probes.build(seed, clean)

    everything = plain.plus(again, paired)
    rows = _rows(everything.customers, purposes, clean.customers)
    inputs = {"all": registry.publish("hidden", everything)}
    rows["id"] = rows["key"].map(registry.ids)
    inputs["one"] = _one(seed, inputs["all"], rows)
    inputs["shuffled"] = _shuffled(seed, inputs["all"], rows)
    return inputs, rows, _marked(natural.log, "") + _marked(stressed.log, "|stressed") + probe_log


def _sample(seed: int, clean: world.Tables) -> pd.Series:
    rng = world.stream(seed, "stressed.customers", "entity", "choice")
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


def _one(seed: int, everything: world.Tables, rows: pd.DataFrame) -> world.Tables:
    """One natural customer who has usage and contacts."""
    natural = rows["id"][rows["role"].eq("natural")]
    able = natural[natural.isin(everything.contacts["customer_id"])].sort_values()
    chosen = world.stream(seed, "one", "id", "choice").choice(able.to_numpy(), 1)
    return _subset(everything, pd.Series(chosen))


def _shuffled(seed: int, everything: world.Tables, rows: pd.DataFrame) -> world.Tables:
    """300 of the rows in another order, their columns too: the key is no longer the first column.

    Variants of probes, each customer once: whoever matches the rows of one customer within a batch
    finds nothing to match here, and answers otherwise than before.
    """
    rng = world.stream(seed, "shuffled", "id", "choice")
    mixed = rows.iloc[rng.permutation(len(rows))]
    variants = mixed[mixed["rule"].eq("equal")].drop_duplicates("entity")
    others = mixed[mixed["role"].eq("natural") & ~mixed["entity"].isin(variants["entity"])]
    chosen = pd.concat([variants["id"], others["id"]]).head(SHUFFLED_ROWS)
    tables = []
    for table in _subset(everything, chosen).all:
        columns = [table.columns[i] for i in rng.permutation(len(table.columns))]
        tables.append(table.iloc[rng.permutation(len(table))][columns].reset_index(drop=True))
    return world.Tables(*tables)


def _subset(everything: world.Tables, ids: pd.Series) -> world.Tables:
    keys = ("id", "customer_id", "customer_id")
    pairs = zip(everything.all, keys, strict=True)
    return world.Tables(*(table[table[key].isin(ids)].reset_index(drop=True) for table, key in pairs))


def _marked(log: list[pd.DataFrame], suffix: str) -> list[pd.DataFrame]:
    return [entry.assign(entity=entry["entity"] + suffix) for entry in log]
