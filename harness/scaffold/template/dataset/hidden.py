"""Hidden customers -> the rows to predict, natural, stressed and paired for probes, and what each is for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import world
from mess import NATURAL, STRESSED, TRAP, export

from harness.edition import Registry
from harness.mess import forms, stream

STRESSED_CUSTOMERS = 2000
PROBED = 60  # customers a probe

Change = Callable[[str], str]
# probe -> variant -> (column of customers.csv, what its text becomes); the base row has the first of them
PROBES: dict[str, tuple[str, dict[str, Change]]] = {
    "spelling": ("plan", {"base": forms.same, "upper": forms.upper, "padded": forms.padded}),
    "decimal_comma": ("basket", {"base": forms.same, "comma": forms.decimal_comma}),
    "sentinel": ("age", {"base": forms.constant(""), "minus_one": forms.constant("-1")}),
    "date_format": ("joined", {"base": forms.same, "day_first": forms.day_first}),
    "leak": (TRAP, {"base": forms.constant(""), "filled": forms.constant("R1")}),
}


def build(
    seed: int, clean: world.Tables, registry: Registry
) -> tuple[world.Tables, pd.DataFrame, list[pd.DataFrame]]:
    """Published tables of all rows to predict; the sealed rows; the masks."""
    natural, first = export(seed, "natural", NATURAL, clean)
    chosen = _sample(seed, "stressed", clean, STRESSED_CUSTOMERS)
    again, second = export(seed, "stressed", STRESSED, _renamed(world.only(clean, chosen), "stressed"))
    paired, purposes = _probes(seed, clean)
    together = {
        name: pd.concat([natural[name], again[name], paired[name]], ignore_index=True) for name in natural
    }
    published = registry.publish("hidden", together, world.KEYS, own=world.OWN)
    return published, _rows(together[world.MAIN]["id"], purposes, clean, registry), [first, second]


def _sample(seed: int, use: str, clean: world.Tables, count: int) -> np.ndarray:
    keys = clean[world.MAIN]["id"].to_numpy(dtype=object)
    return stream(seed, f"{use}.customers", "id", "choice").choice(keys, count, replace=False)


def _renamed(tables: world.Tables, suffix: str) -> world.Tables:
    """The same customers under inner keys of their own: ``c12|stressed``."""
    return {
        name: t.assign(**{world.KEYS[name]: t[world.KEYS[name]] + f"|{suffix}"}) for name, t in tables.items()
    }


def _probes(seed: int, clean: world.Tables) -> tuple[world.Tables, pd.DataFrame]:
    """Rows two by two: the same customer, one cell written otherwise. The other cells are clean."""
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in clean}
    purposes = []
    for probe, (column, variants) in PROBES.items():
        keys = _sample(seed, f"probe-{probe}", clean, PROBED)
        for variant, change in variants.items():
            tables = _renamed(world.only(clean, keys), f"{probe}|{variant}")
            customers = tables[world.MAIN].drop(columns=world.LABEL).assign(**{TRAP: ""}).astype(str)
            customers[column] = customers[column].map(lambda text, change=change: change(text, 0.5))
            for name, table in {**tables, world.MAIN: customers}.items():
                parts[name].append(table.astype(str))
            rule = "" if variant == "base" else "equal"
            purposes.append(
                pd.DataFrame({"key": customers["id"], "probe": probe, "variant": variant, "rule": rule})
            )
    return {name: pd.concat(found) for name, found in parts.items()}, pd.concat(purposes)


def _rows(keys: pd.Series, purposes: pd.DataFrame, clean: world.Tables, registry: Registry) -> pd.DataFrame:
    """One line a row to predict: id, role, label, entity, probe, variant, rule."""
    rows = pd.DataFrame({"key": keys.to_numpy()}).merge(purposes, on="key", how="left").fillna("")
    rows["entity"] = rows["key"].str.partition("|")[0]
    rows["role"] = np.where(rows["probe"] != "", "probe", "natural")
    rows.loc[rows["key"].str.endswith("|stressed"), "role"] = "stressed"
    label = clean[world.MAIN].set_index("id")[world.LABEL].eq("yes")
    rows["label"] = rows["entity"].map(label).astype("int8")
    return rows.assign(id=rows["key"].map(registry.ids)).drop(columns="key")
