"""Clean tables -> what the hospital's systems export. Recipes only: the operators are `harness.mess`.

Train, validation, natural and probe rows have one dose; the stressed rows a higher one, in other forms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import notes
import numpy as np
import pandas as pd
import world
from tables import NAMES, Tables

from harness.mess import (
    Step,
    again,
    date_forms,
    equals,
    forms,
    messy,
    missing,
    near_duplicates,
    outliers,
    respell,
    scaled,
    sentinel,
)
from harness.mess.forms import Form

NEW_CHART, OLD_CHART = (
    "EPOCH",
    "MERIDIAN",
)  # the old one measures in inches and pounds, and writes months first
CLINIC = "clinic"  # the source of tests that writes months first
WORDS = {"F": "female", "M": "male"}
MOLAR = {"creatinine": (88.4, "umol/L", 1), "chol": (1 / 38.67, "mmol/L", 3), "hdl": (1 / 38.67, "mmol/L", 3)}
NEAR_DUPLICATES = 0.08
LOST = 0.06


def worded(value: str, u: float = 0.0) -> str:
    """F -> female."""
    return WORDS.get(value, value)


@dataclass(frozen=True)
class Dose:
    """How much of each mess, and in which forms."""

    spelling: float
    spellings: Mapping[Form, float]
    sexes: Mapping[Form, float]
    old_chart: float
    clinic: float
    molar: float
    units: Mapping[Form, float]
    months_first: Mapping[Form, float]
    years_first: Mapping[Form, float]
    unknown: float
    markers: Mapping[str, float]
    blank: float
    slipped: float
    repeated: float


NATURAL = Dose(
    spelling=0.2,
    spellings={forms.upper: 0.35, forms.lower: 0.35, forms.padded: 0.3},
    sexes={worded: 0.5, forms.lower: 0.3, forms.composed(worded, forms.title): 0.2},
    old_chart=0.35,
    clinic=0.4,
    molar=0.25,
    units={forms.lower: 0.6, forms.upper: 0.2, forms.padded: 0.2},
    months_first={forms.month_first: 0.97, forms.month_named: 0.03},
    years_first={forms.iso: 0.97, forms.iso_slashed: 0.03},
    unknown=0.05,
    markers={"999": 0.5, "0": 0.2, "unknown": 0.2, "N/A": 0.1},
    blank=0.015,
    slipped=0.002,
    repeated=0.015,
)
STRESSED = Dose(
    spelling=0.6,
    spellings={forms.no_break_space: 0.3, forms.underscored: 0.4, forms.full_width: 0.3},
    sexes={forms.composed(worded, forms.upper): 0.5, forms.composed(worded, forms.padded): 0.5},
    old_chart=0.65,
    clinic=0.75,
    molar=0.6,
    units={forms.upper: 0.5, forms.no_break_space: 0.5},
    months_first={forms.month_first: 0.6, forms.month_named: 0.4},
    years_first={forms.iso: 0.4, forms.iso_slashed: 0.6},
    unknown=0.12,
    markers={"999": 0.3, "-1": 0.3, "N/A": 0.2, "0": 0.2},
    blank=0.05,
    slipped=0.005,
    repeated=0.06,
)


@dataclass(frozen=True)
class Exported:
    """Tables of text (notes: and what was planted), and the mask of everything that was done."""

    tables: Tables
    mask: pd.DataFrame


def export(seed: int, part: str, clean: Tables, dose: Dose, *, outcome: bool = False) -> Exported:
    """One part as it is exported; ``outcome`` adds the label, which is blank for who was lost from sight."""
    steps = (_patients(dose, outcome), _labs(dose), _conditions(dose), _notes(dose))
    frames = systems(seed, part, clean, dose, outcome=outcome).all
    done = [
        messy(
            frame.drop(columns=CARRIED, errors="ignore"), recipe, seed=seed, table=f"{part}.{name}", key=key
        )
        for name, frame, recipe, key in zip(NAMES, frames, steps, KEYS, strict=True)
    ]
    carried = frames[3][CARRIED].reset_index(drop=True)
    out = [one.frame for one in done]
    out[3] = pd.concat([out[3], carried], axis=1)
    return Exported(Tables(*out), pd.concat([one.mask for one in done], ignore_index=True))


KEYS = ("entity", "row", "row", "row")
CARRIED = ["planted", "clinical"]


def systems(seed: int, part: str, clean: Tables, dose: Dose, *, outcome: bool = False) -> Tables:
    """Which system every row comes from, the notes in words, and the columns in the order of an export."""
    patients = clean.patients.drop(columns=["event", "frailty"])
    old = world.stream(seed, part, "chart_system").random(len(patients)) < dose.old_chart
    patients["chart_system"] = np.where(old, OLD_CHART, NEW_CHART)
    if outcome:
        patients["outcome_5y"] = np.where(clean.patients["event"], "yes", "no")
    labs = clean.labs.rename(columns={"date": "taken_on"})
    from_clinic = world.stream(seed, part, "source").random(len(labs)) < dose.clinic
    labs["source"] = np.where(from_clinic, CLINIC, "central")
    conditions = clean.conditions.rename(columns={"date": "noted_on"})
    return Tables(
        patients,
        labs[["row", "entity", "taken_on", "test", "value", "unit", "source"]],
        conditions[["row", "entity", "noted_on", "condition"]],
        _in_words(seed, part, clean.notes),
    )


def _in_words(seed: int, part: str, told: pd.DataFrame) -> pd.DataFrame:
    rng = world.stream(seed, part, "phi")
    public = part in ("train", "validation")
    written = [
        notes.write(clinical, int(age), day, rng, public=public)
        for clinical, age, day in zip(told["clinical"], told["age"], told["date"], strict=True)
    ]
    frame = told[["row", "entity"]].assign(written_on=told["date"], text=[note.text for note in written])
    return frame.assign(
        planted=pd.Series([note.identifiers for note in written], dtype=object),
        clinical=pd.Series([note.clinical for note in written], dtype=object),
    )


def copies(seed: int, train: Exported) -> Exported:
    """Some patients of train registered a second time under another id: the same tests, spelled otherwise."""
    again_step = near_duplicates(NEAR_DUPLICATES, {"smoking": (0.4, (forms.upper, forms.padded))})
    done = messy(train.tables.patients, [again_step], seed=seed, table="train.patients.copies", key="entity")
    chosen = done.frame["entity"][done.frame["entity"].str.endswith("|copy")].str.removesuffix("|copy")
    twins = train.tables.only(chosen).under("|copy")
    added = done.frame.iloc[len(train.tables.patients) :].reset_index(drop=True)
    both = train.tables.plus(Tables(added, twins.labs, twins.conditions, twins.notes))
    return Exported(both, pd.concat([train.mask, done.mask], ignore_index=True))


def _patients(dose: Dose, outcome: bool) -> Sequence[Step]:
    old = equals("chart_system", OLD_CHART)
    steps = [
        scaled("height", 1 / 2.54, where=old, decimals=2),
        scaled("weight", 1 / 0.45359237, where=old, decimals=1),
        date_forms("assessed_on", dose.months_first, where=old),
        date_forms("assessed_on", dose.years_first, where=equals("chart_system", NEW_CHART), name="iso form"),
        respell("chart_system", dose.spelling / 2, {forms.lower: 0.7, forms.padded: 0.3}),
        respell("sex", dose.spelling, dose.sexes),
        respell("site", dose.spelling, dose.spellings),
        respell("smoking", dose.spelling, dose.spellings),
        sentinel("height", dose.unknown, dose.markers),
        sentinel("weight", dose.unknown, dose.markers),
    ]
    return [*steps, missing("outcome_5y", LOST, name="lost to follow-up")] if outcome else steps


def _labs(dose: Dose) -> Sequence[Step]:
    molar = [
        scaled(
            "value", factor, rate=dose.molar, where=equals("test", test), decimals=places,
            says=("unit", unit), name=f"unit of {test}",
        )
        for test, (factor, unit, places) in MOLAR.items()
    ]  # fmt: skip
    return [
        *molar,
        outliers("value", dose.slipped, (10.0,)),
        date_forms("taken_on", dose.months_first, where=equals("source", CLINIC)),
        date_forms("taken_on", dose.years_first, where=equals("source", "central"), name="iso form"),
        respell("unit", dose.spelling / 2, dose.units),
        respell("test", dose.spelling / 2, {forms.upper: 0.6, forms.padded: 0.4}),
        missing("value", dose.blank),
        again(dose.repeated),
    ]


def _conditions(dose: Dose) -> Sequence[Step]:
    return [
        date_forms("noted_on", dose.months_first, rate=dose.clinic),
        respell("condition", dose.spelling, dose.spellings),
        again(dose.repeated),
    ]


def _notes(dose: Dose) -> Sequence[Step]:
    return [date_forms("written_on", dose.months_first, rate=dose.clinic)]
