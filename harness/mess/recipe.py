"""(table, steps, seed) -> a messy table and the mask that says, and undoes, everything that was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from harness.errors import SpecError
from harness.mess.draws import stream
from harness.mess.sheet import Edit, Effect, Sheet


@dataclass(frozen=True)
class Step:
    """One line of a recipe: what it is called, the column whose stream it draws from, what it does."""

    operator: str
    column: str  # "" for whole rows
    do: Callable[[Edit], None]
    creates: bool = False  # the column need not be there


@dataclass(frozen=True)
class Messy:
    """The table as it would be exported (all text), and the mask (``sheet.MASK``) in order of doing."""

    frame: pd.DataFrame
    mask: pd.DataFrame


def messy(frame: pd.DataFrame, steps: Sequence[Step], *, seed: int, table: str, key: str) -> Messy:
    """``steps`` one after the other on a copy of ``frame``.

    Every step draws from ``stream(seed, table, column, operator)``, and its rate and condition look at
    ``frame`` as given: dropping, adding or moving a step changes no draw of another. Given rows come first
    and in their order, added rows after them; cell steps touch given rows, a copy is made of the row as it
    is written when its step is reached.

    Raises:
        SpecError: a column that is not there, a rate outside 0..1, two steps with one stream: named.
    """
    _check(frame, steps, table=table, key=key)
    sheet = Sheet.of(frame, table=table, key=key)
    for step in steps:
        edit = Edit(sheet, stream(seed, table, step.column, step.operator), step.operator, step.column)
        if step.column and not step.creates:
            edit.texts()
        step.do(edit)
    return Messy(sheet.frame(), sheet.mask())


def _check(frame: pd.DataFrame, steps: Sequence[Step], *, table: str, key: str) -> None:
    place = f"mess of table {table!r}"
    if key not in frame.columns:
        raise SpecError(
            f"{place}: there is no key column {key!r}", hint=f"there are: {', '.join(map(str, frame))}"
        )
    if not frame.columns.is_unique:
        raise SpecError(f"{place}: two columns have one name")
    seen: set[tuple[str, str]] = set()
    for step in steps:
        if (step.operator, step.column) in seen:
            raise SpecError(
                f"{place}: step {step.operator!r}, column {step.column!r}: stands there twice",
                hint="two steps of one name would draw the same numbers: give one of them name=...",
            )
        seen.add((step.operator, step.column))


def undone(messed: Messy) -> pd.DataFrame:
    """The given table again, as text (``as_text(frame)``): the mask applied backwards."""
    mask, effects = messed.mask, messed.mask["effect"]
    frame = messed.frame.iloc[: len(messed.frame) - int(effects.eq(Effect.ADDED).sum())]
    names, missing = _names(mask[effects.eq(Effect.HEADER)], list(frame.columns))
    dropped = mask["row"][effects.eq(Effect.DROPPED)].unique()
    total = len(frame) + len(dropped)
    kept = np.setdiff1d(np.arange(total), dropped)
    columns: dict[str, np.ndarray] = {}
    for published, name in names.items():
        columns[name] = np.full(total, "", dtype=object)
        columns[name][kept] = frame[published].to_numpy(dtype=object)
    for _, name in missing:
        columns[name] = np.full(total, "", dtype=object)
    cells = mask[effects.isin([Effect.CELL, Effect.DROPPED])].iloc[::-1]
    for row, column, old in zip(cells["row"], cells["column"], cells["old"], strict=True):
        if column in columns:  # a column that the mess itself made is not restored
            columns[column][row] = old
    order = list(names.values())
    for place, name in sorted(missing):
        order.insert(place, name)
    return pd.DataFrame(columns, columns=order, dtype="str")


def _names(headers: pd.DataFrame, published: list[str]) -> tuple[dict[str, str], list[tuple[int, str]]]:
    """Published name -> given name of the columns still there; place and name of those left out."""
    now = {name: name for name in published}
    made, missing = set(), []
    for row, name, old, new in headers[["row", "column", "old", "new"]].itertuples(index=False):
        if not old:
            made.add(name)
        elif not new:
            missing.append((int(row), str(name)))
    last = headers[headers["old"].ne("") & headers["new"].ne("")].groupby("column", sort=False)["new"].last()
    gone = {name for _, name in missing}
    now = {str(new): str(name) for name, new in last.items() if name not in gone}
    names = {shown: now.get(shown, shown) for shown in published}
    kept = {shown: name for shown, name in names.items() if name not in made}
    return kept, [(place, name) for place, name in missing if name not in made]
