"""Steps on whole rows: copies, colliding ids, rows dropped, orphans and fan-out of a join."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from harness.mess.draws import Rate, Shares, Where
from harness.mess.forms import Form
from harness.mess.recipe import Step
from harness.mess.sheet import Edit, as_text

LETTERS = np.array(list("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"))
NewKey = Callable[[str], str]


def again(rate: Rate, *, times: int = 1, where: Where | None = None, name: str = "duplicate") -> Step:
    """Rows written ``times`` times more, to the letter: an export that was restarted."""

    def do(edit: Edit) -> None:
        for row in edit.hits(rate, where):
            for _ in range(times):
                edit.add(int(row), {})

    return Step(name, "", do)


def fan_out(rate: Rate, *, times: int = 2, where: Where | None = None, name: str = "fan-out") -> Step:
    """Lines of a detail table ``times`` times more: a join on them multiplies the parent's rows."""
    return again(rate, times=times, where=where, name=name)


def near_duplicates(
    rate: Rate,
    edits: Mapping[str, tuple[float, Shares[Form]]],
    *,
    new_key: NewKey = "{}|copy".format,
    where: Where | None = None,
    name: str = "near duplicate",
) -> Step:
    """The same thing entered twice, under another key; ``edits``: column -> (share of the copies, forms)."""

    def do(edit: Edit) -> None:
        rows = edit.hits(rate, where)
        changed: list[dict[str, str]] = [{} for _ in rows]
        for column, (share, ways) in edits.items():
            now, chosen = edit.texts(column)[rows], edit.pick(ways, rows)
            hit, luck = edit.luck()[rows] < share, edit.luck()[rows]
            for n in np.flatnonzero(hit):
                changed[n][column] = chosen[n](now[n], float(luck[n]))
        keys = as_text(edit.sheet.given[[edit.sheet.key]])[edit.sheet.key].to_numpy(dtype=object)
        for row, cells in zip(rows, changed, strict=True):
            edit.add(int(row), {edit.sheet.key: new_key(str(keys[row])), **cells})

    return Step(name, "", do)


def id_collisions(column: str, rate: Rate, *, where: Where | None = None, name: str = "id collision") -> Step:
    """Rows that carry the id of another row."""

    def do(edit: Edit) -> None:
        rows = edit.hits(rate, where)
        others = (rows + 1 + (edit.luck()[rows] * (len(edit.sheet) - 1)).astype(np.int64)) % len(edit.sheet)
        ids = as_text(edit.sheet.given[[column]])[column].to_numpy(dtype=object)
        edit.change(rows, ids[others].tolist())

    return Step(name, column, do)


def second_ids(
    column: str,
    rate: Rate,
    *,
    form: NewKey = "{}-2".format,
    where: Where | None = None,
    name: str = "second id",
) -> Step:
    """Part of an entity's rows under a second id: a split by that id leaks the entity (group leakage)."""

    def do(edit: Edit) -> None:
        rows = edit.hits(rate, where)
        edit.change(rows, [form(value) for value in edit.texts()[rows]])

    return Step(name, column, do)


def dropped(rate: Rate, *, where: Where | None = None, name: str = "dropped") -> Step:
    """Rows that are not there: rarer positives (imbalance, prior drift), lost parents (a join's orphans)."""

    def do(edit: Edit) -> None:
        edit.drop(edit.hits(rate, where))

    return Step(name, "", do)


def rarer(
    column: str, value: object, keep: float, *, where: Where | None = None, name: str = "rarer"
) -> Step:
    """Imbalance: of the rows whose ``column`` is ``value``, a share of ``keep`` stays."""

    def rate(given: pd.DataFrame) -> np.ndarray:
        return np.where(given[column] == value, 1.0 - keep, 0.0)

    step = dropped(rate, where=where, name=name)
    return Step(name, column, step.do)


def orphans(column: str, rate: Rate, *, where: Where | None = None, name: str = "orphan") -> Step:
    """Keys of a parent that does not exist; shaped like the key that stood there."""

    def do(edit: Edit) -> None:
        rows, known = edit.hits(rate, where), set(edit.texts().tolist())
        signs = edit.rng.integers(0, len(LETTERS), (len(edit.sheet), 32))
        new = []
        for row in rows:
            width = min(32, max(6, len(edit.texts()[row])))
            fresh = "".join(LETTERS[signs[row, :width]])
            new.append(f"X{fresh[1:]}" if fresh not in known else f"X{fresh}")
        edit.change(rows, new)

    return Step(name, column, do)


def extra_rows(rows: pd.DataFrame, *, rate: float = 1.0, name: str = "look-ahead") -> Step:
    """A share of other rows of the same columns, added: records from after the moment of decision."""

    def do(edit: Edit) -> None:
        text = as_text(rows)
        if absent := [column for column in text if column not in edit.sheet.now]:
            edit.refuse(f"the rows to add have a column {absent[0]!r} that the table does not have")
        if not 0 <= rate <= 1:
            edit.refuse(f"a rate lies within 0..1, not {rate:g}")
        chosen = edit.rng.random(len(text)) < rate
        for cells in text[chosen].to_dict("records"):
            edit.add(-1, {str(column): str(value) for column, value in cells.items()})

    return Step(name, "", do)
