"""What every edition promises, checked before a byte is written. A broken promise is a SpecError."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from harness.edition.about import About
from harness.errors import SpecError
from harness.mess.sheet import MASK

ROLES = ("natural", "stressed", "probe")
RULES = ("", "equal", "lower", "higher", "finite")
FOLDERS = ("all", "one", "shuffled")
Inputs = Mapping[str, Mapping[str, pd.DataFrame]]


def check(
    *, public: Mapping[str, object], inputs: Inputs, rows: pd.DataFrame, mask: pd.DataFrame, about: About
) -> None:
    """Refuse what the harness, the graders or ``certify`` could not work with.

    Raises:
        SpecError: names the half, the table and what is wrong.
    """
    _rows(rows, about)
    _inputs(inputs, rows, about)
    _public(public, rows, about)
    if absent := [name for name in MASK if name not in mask.columns]:
        raise _wrong(about, f"the mask lacks the column {absent[0]!r}")


def _rows(rows: pd.DataFrame, about: About) -> None:
    needed = ("id", "role", "label", "entity", "probe", "variant", "rule")
    if absent := [name for name in needed if name not in rows.columns]:
        raise _wrong(about, f"the sealed rows lack the column {absent[0]!r}")
    if not rows["id"].is_unique or rows[list(needed)].isna().to_numpy().any():
        raise _wrong(about, "the sealed rows have an id twice, or a blank (write '' where there is no probe)")
    if rows["label"].dtype.kind not in "iub" or not np.isin(rows["label"].to_numpy(), (0, 1)).all():
        raise _wrong(about, "sealed labels are the integers 0 and 1")
    for column, known in (("role", ROLES), ("rule", RULES)):
        if unknown := sorted(set(rows[column]) - set(known)):
            raise _wrong(about, f"sealed rows have the unknown {column} {unknown[0]!r} (there are: {known})")
    probes = rows[rows["role"].eq("probe")]
    bases = probes[probes["variant"].eq("base")].groupby(["entity", "probe"]).size()
    if len(bases) != probes.groupby(["entity", "probe"]).ngroups or not bases.eq(1).all():
        raise _wrong(about, "each entity of a probe has exactly one variant 'base'")


def _inputs(inputs: Inputs, rows: pd.DataFrame, about: About) -> None:
    if set(inputs) != set(FOLDERS):
        raise _wrong(about, f"inputs are {FOLDERS}, not {tuple(inputs)}")
    for folder, tables in inputs.items():
        if set(tables) != set(inputs["all"]) or about.table not in tables:
            raise _wrong(
                about, f"inputs/{folder} does not hold the tables of inputs/all, {about.table} among them"
            )
        if about.label in tables[about.table].columns:
            raise _wrong(about, f"inputs/{folder}/{about.table} has the label column {about.label!r}")
        ids = tables[about.table][about.id]
        if not ids.is_unique or not set(ids) <= set(rows["id"]):
            raise _wrong(about, f"inputs/{folder}/{about.table} has an id twice, or one that is not sealed")
    if len(inputs["all"][about.table]) != len(rows):
        raise _wrong(about, f"inputs/all/{about.table} lacks rows that are sealed")
    if len(inputs["one"][about.table]) != 1:
        raise _wrong(about, f"inputs/one/{about.table} has {len(inputs['one'][about.table])} rows, not one")


def _public(public: Mapping[str, object], rows: pd.DataFrame, about: About) -> None:
    needed = {about.table, "dictionary.md", f"validation/{about.table}", "validation/labels.csv", *about.keys}
    if absent := sorted(needed - set(public)):
        raise _wrong(about, f"public/ lacks {absent[0]}")
    tables = {name: table for name, table in public.items() if isinstance(table, pd.DataFrame)}
    train, labels = tables.get(about.table), tables.get("validation/labels.csv")
    checked = tables.get(f"validation/{about.table}")
    if train is None or labels is None or checked is None:
        return  # damaged on purpose: bytes
    if about.label not in train.columns:
        raise _wrong(about, f"public/{about.table} has no label column {about.label!r}")
    if about.label in checked.columns:
        raise _wrong(about, f"public/validation/{about.table} has the label column: labels.csv is its place")
    if list(labels.columns) != ["id", "label"] or labels["id"].tolist() != checked[about.id].tolist():
        raise _wrong(about, f"public/validation/labels.csv is not id,label in the order of {about.table}")
    if shared := (set(train[about.id]) | set(checked[about.id])) & set(rows["id"]):
        raise _wrong(about, f"the id {sorted(shared)[0]!r} is public and hidden")
    if absent := sorted(set(about.canaries) - set(train[about.id])):
        raise _wrong(about, f"the canary {absent[0]!r} is no row of public/{about.table}")
    for trap in about.traps:
        table = tables.get(trap.table)
        if trap.where not in public or table is None or (trap.column and trap.column not in table.columns):
            raise _wrong(
                about,
                f"trap {trap.name!r}: no such file or column: {trap.table}, {trap.column}, {trap.where}",
            )


def _wrong(about: About, what: str) -> SpecError:
    return SpecError(
        f"edition of {about.dataset}, seed {about.seed}: {what}", hint="mend the data set's generator"
    )
