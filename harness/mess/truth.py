"""Steps about what is true and when it is known: label noise, drift, leaks of the outcome and of time."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from harness.mess.draws import Rate, Shares, Where
from harness.mess.recipe import Step
from harness.mess.sheet import Edit, as_text


def relabel(
    column: str,
    flips: Mapping[str, tuple[str, float]],
    *,
    where: Where | None = None,
    name: str = "label noise",
) -> Step:
    """Labels booked wrong: value -> (what is written instead, how often).

    With ``where=since(...)`` and large rates: concept drift.
    """

    def do(edit: Edit) -> None:
        now = edit.texts()

        def rate(given: pd.DataFrame) -> np.ndarray:
            truth = as_text(given[[column]])[column]
            return np.array([flips[value][1] if value in flips else 0.0 for value in truth])

        rows = edit.hits(rate, where)
        edit.change(rows, [flips[value][0] if value in flips else value for value in now[rows]])

    return Step(name, column, do)


def after_the_fact(
    column: str, where: Where, values: Shares[str], *, rate: Rate = 1.0, name: str = "after the fact"
) -> Step:
    """A column filled in once the outcome is known, blank in the rows to score. Made if absent."""

    def do(edit: Edit) -> None:
        edit.make_column(column)
        rows = edit.hits(rate, where)
        edit.change(rows, edit.pick(values, rows))

    return Step(name, column, do, creates=True)


def blank_column(column: str, *, name: str = "blank column") -> Step:
    """A column that is there and empty, as the post-outcome one is when rows are scored."""
    return Step(name, column, lambda edit: edit.make_column(column), creates=True)


def lookahead(
    column: str, later: str, rate: Rate = 1.0, *, where: Where | None = None, name: str = "look-ahead"
) -> Step:
    """The value as of today where the value as of then belongs: ``later`` is a column of the given table."""

    def do(edit: Edit) -> None:
        rows = edit.hits(rate, where)
        if later not in edit.sheet.given:
            edit.refuse(f"there is no column {later!r} to take later values from")
        values = as_text(edit.sheet.given[[later]])[later].to_numpy(dtype=object)
        edit.change(rows, values[rows].tolist())

    return Step(name, column, do)


def as_of(frame: pd.DataFrame, *, known: str, at: object) -> pd.DataFrame:
    """The rows that were known at ``at``, by the column ``known`` (when a row was booked): an as-of table."""
    return frame[frame[known] <= at].reset_index(drop=True)


def renamed(column: str, new: str, *, name: str = "renamed") -> Step:
    """Schema drift: the column comes under another name. Other steps go on calling it by the old one."""
    return Step(name, column, lambda edit: edit.header(column, new))


def removed(column: str, *, name: str = "removed") -> Step:
    """Schema drift: the column does not come any more."""
    return Step(name, column, lambda edit: edit.header(column, ""))


def recoded(
    column: str, codes: Mapping[str, str], *, where: Where | None = None, name: str = "recoded"
) -> Step:
    """Schema drift: a code list is replaced (yes -> 1)."""

    def do(edit: Edit) -> None:
        rows = edit.hits(1.0, where)
        edit.change(rows, [codes.get(value, value) for value in edit.texts()[rows]])

    return Step(name, column, do)
