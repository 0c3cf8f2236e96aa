"""Four tables of one part, by entity; and people -> clean tables, as an export without mess would be."""

from __future__ import annotations

from dataclasses import dataclass

import notes
import numpy as np
import pandas as pd
import world

NAMES = ("patients", "labs", "conditions", "notes")
UNITS = {"hdl": "mg/dL", "chol": "mg/dL", "sbp": "mmHg", "dbp": "mmHg"}
UNITS |= {"alt": "U/L", "ast": "U/L", "platelets": "10^9/L", "creatinine": "mg/dL"}
SHOWN = ["entity", "assessed_on", "age", "sex", "site", "chart_system", "height", "weight", "smoking"]


@dataclass(frozen=True)
class Tables:
    """`entity` is the patient in all four, `row` the line in the last three; notes carry what was planted."""

    patients: pd.DataFrame
    labs: pd.DataFrame
    conditions: pd.DataFrame
    notes: pd.DataFrame

    @property
    def all(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """In the order of NAMES."""
        return self.patients, self.labs, self.conditions, self.notes

    def only(self, keys: pd.Series) -> Tables:
        """The patients of ``keys``, and what belongs to them."""
        return Tables(*(table[table["entity"].isin(keys)].reset_index(drop=True) for table in self.all))

    def plus(self, *others: Tables) -> Tables:
        """These rows, then those of the others."""
        pairs = zip(self.all, *(other.all for other in others), strict=True)
        return Tables(*(pd.concat(tables, ignore_index=True) for tables in pairs))

    def under(self, suffix: str) -> Tables:
        """The same patients again: every entity and row name gets ``suffix``."""
        return Tables(*(_suffixed(table, suffix) for table in self.all))


def _suffixed(table: pd.DataFrame, suffix: str) -> pd.DataFrame:
    return table.assign(**{name: table[name] + suffix for name in ("entity", "row") if name in table})


def clean(seed: int, everybody: world.People, keys: np.ndarray, *, part: str, future: bool) -> Tables:
    """What is known of ``keys``: on the day of the assessment, or also after it (``future``).

    ``part`` public or hidden: where the findings of the notes are drawn from.
    """
    people = everybody.patients[everybody.patients["entity"].isin(keys)].reset_index(drop=True)
    health = world.stream(seed, "notes", part)
    written = notes.told(people, health, public=part != "hidden").merge(
        people[["entity", "age"]], on="entity"
    )
    last = world.WINDOW if future else 0
    days = [
        table[table["entity"].isin(keys) & table["days"].le(last)].reset_index(drop=True)
        for table in (everybody.labs, everybody.conditions)
    ]
    labs, conditions, letters = (
        _dated(table, people, mark) for table, mark in zip((*days, written), "LCN", strict=True)
    )
    return Tables(_patients(people), labs.assign(unit=labs["test"].map(UNITS)), conditions, letters)


def _patients(people: pd.DataFrame) -> pd.DataFrame:
    frame = people.assign(sex=np.where(people["male"], "M", "F"), chart_system="EPOCH")
    return frame[[*SHOWN, "event", "frailty"]]


def _dated(table: pd.DataFrame, people: pd.DataFrame, mark: str) -> pd.DataFrame:
    """With a `date` for `days`, and a name for every row."""
    assessed = table["entity"].map(people.set_index("entity")["assessed_on"])
    frame = table.assign(date=assessed + pd.to_timedelta(table["days"], unit="D"))
    return frame.assign(row=frame["entity"] + f"#{mark}" + frame.index.astype(str)).drop(columns="days")
