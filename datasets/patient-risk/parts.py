"""Everybody -> the parts of an edition, split by patient: who trains, who validates, who is hidden."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import probes
import recipe
import tables
import world
from recipe import NATURAL, STRESSED, Exported
from tables import Tables

TRAIN, VALIDATION = 6000, 500  # patients; the rest (11,049) are hidden
WITHDRAWN = 0.01  # of a part's patients withdrew their consent: their tests were left behind
STRESSED_PATIENTS = 3000
CANARY, CANARIES = "canary", 3
TOGETHER = ("chart_system", "assessed_on", "height", "weight")


@dataclass(frozen=True)
class Hidden:
    """All rows to predict, keyed by entity and a suffix; what each is for; the masks."""

    tables: Tables
    rows: pd.DataFrame  # key, role, entity, probe, variant, rule, label
    mask: pd.DataFrame


@dataclass(frozen=True)
class Parts:
    """One edition before its ids."""

    train: Exported
    validation: Exported
    labels: pd.Series  # of validation, bool by entity
    hidden: Hidden


def build(seed: int) -> Parts:
    """Split, mess up, pair."""
    everybody = world.people(seed)
    entities = everybody.patients["entity"].to_numpy()
    order = world.stream(seed, "parts", "split").permutation(len(entities))
    train, validation, hidden = np.split(entities[order], [TRAIN, TRAIN + VALIDATION])
    known = tables.clean(seed, everybody, train, part="train", future=True)
    checked = tables.clean(seed, everybody, validation, part="validation", future=False)
    exported = recipe.copies(seed, recipe.export(seed, "train", known, NATURAL, outcome=True))
    return Parts(
        _with_canaries(seed, _with_orphans(seed, "train", exported)),
        recipe.export(seed, "validation", checked, NATURAL),
        checked.patients.set_index("entity")["event"],
        _hidden(seed, everybody, hidden),
    )


def _with_orphans(seed: int, part: str, exported: Exported) -> Exported:
    """Patients who withdrew: their line and their notes are gone, their tests and diagnoses are not."""
    patients = exported.tables.patients
    gone = world.stream(seed, part, "withdrawn").random(len(patients)) < WITHDRAWN
    keys = patients["entity"][~gone]
    letters = exported.tables.notes
    left = Tables(
        patients[~gone].reset_index(drop=True),
        exported.tables.labs,
        exported.tables.conditions,
        letters[letters["entity"].isin(keys)].reset_index(drop=True),
    )
    return Exported(left, exported.mask)


def _with_canaries(seed: int, exported: Exported) -> Exported:
    """A few patients who do not exist, each cell from somebody else, without tests: they tell the edition."""
    patients = exported.tables.patients
    rng = world.stream(seed, "train", "canaries")
    made = {name: rng.choice(patients[name].to_numpy(dtype=object), CANARIES) for name in patients.columns}
    # what belongs together stays together: units follow the chart system
    like = rng.choice(len(patients), CANARIES, replace=False)
    made |= {name: patients[name].to_numpy(dtype=object)[like] for name in TOGETHER}
    made["entity"] = np.array([f"{CANARY}{n}" for n in range(CANARIES)], dtype=object)
    added = pd.concat([patients, pd.DataFrame(made)], ignore_index=True)
    return Exported(replace(exported.tables, patients=added), exported.mask)


def _hidden(seed: int, everybody: world.People, keys: np.ndarray) -> Hidden:
    clean = tables.clean(seed, everybody, keys, part="hidden", future=False)
    whole = tables.clean(seed, everybody, keys, part="hidden", future=True)
    natural = recipe.export(seed, "natural", clean, NATURAL)
    chosen = np.sort(world.stream(seed, "stressed", "choice").choice(keys, STRESSED_PATIENTS, replace=False))
    stressed = recipe.export(seed, "stressed", clean.only(pd.Series(chosen)), STRESSED)
    paired = probes.build(seed, clean, _only_after(whole))
    everything = natural.tables.plus(stressed.tables.under("|stressed"), paired.tables)
    rows = _rows(everything.patients, paired.purposes, clean.patients)
    again = stressed.mask.assign(key=stressed.mask["key"] + "|stressed")
    masks = [natural.mask, again, paired.mask]
    return Hidden(everything, rows, pd.concat(masks, ignore_index=True))


def _only_after(whole: Tables) -> Tables:
    assessed = whole.patients.set_index("entity")["assessed_on"]
    labs, conditions = (
        table[table["date"].gt(table["entity"].map(assessed))].reset_index(drop=True)
        for table in (whole.labs, whole.conditions)
    )
    return Tables(whole.patients, labs, conditions, whole.notes)


def _rows(patients: pd.DataFrame, purposes: pd.DataFrame, clean: pd.DataFrame) -> pd.DataFrame:
    rows = pd.DataFrame({"key": patients["entity"]})
    rows = rows.merge(purposes, on="key", how="left", validate="one_to_one")
    rows["role"] = "natural"
    rows.loc[rows["key"].str.endswith("|stressed"), "role"] = "stressed"
    rows.loc[rows["probe"].notna(), "role"] = "probe"
    rows["entity"] = rows["key"].str.partition("|")[0]
    rows[["probe", "variant", "rule"]] = rows[["probe", "variant", "rule"]].fillna("")
    rows["label"] = rows["entity"].map(clean.set_index("entity")["event"]).astype("int8")
    return rows
