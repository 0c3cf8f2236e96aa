"""Public validation rows -> the inputs of the predict stages, and the same rows laid out like an answer key.

``one`` and ``shuffled`` are what they are for a grade: a row alone, and rows and columns in another order.
"""

from __future__ import annotations

import csv
import random
import shutil
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from harness.errors import UsageError
from harness.handout.layout import LABELS, VALIDATION, Layout, tables_of
from harness.model import AnswerKey, PublicHalf

SHUFFLED_ROWS = 300
SEED = 0
AGAIN = "unpack the handout again"


@dataclass(frozen=True)
class Table:
    """A CSV as it is: nothing is parsed as a number, and lines of another length are left out."""

    name: str
    header: list[str]
    rows: list[list[str]]

    def cells(self, column: str) -> list[str]:
        """One column."""
        at = self.header.index(column)
        return [row[at] for row in self.rows]


@dataclass(frozen=True)
class Slice:
    """What ``collect`` may see, and what the judges of a self-check need: no secret in either."""

    public: PublicHalf
    key: AnswerKey
    rows: int


def lay_out(data: Path, layout: Layout, into: Path) -> Slice:
    """Write ``inputs/{all,one,shuffled}`` and ``key/`` below ``into``.

    Raises:
        UsageError: the tables of the handout are not what its spec says.
    """
    tables = [_read(path) for path in tables_of(data / VALIDATION)]
    ids = _ids(tables, data / VALIDATION, layout)
    rng = random.Random(SEED)  # noqa: S311 -- an order, no secret
    some = rng.sample(ids, min(SHUFFLED_ROWS, len(ids)))
    parts: dict[str, list[Table]] = {
        "one": [_of(table, layout, {_fullest(ids, tables, layout)}) for table in tables],
        "shuffled": [_mixed(_of(table, layout, set(map(_plain, some))), rng) for table in tables],
    }
    (into / "inputs" / "all").mkdir(parents=True)
    for path in tables_of(data / VALIDATION):
        shutil.copyfile(path, into / "inputs" / "all" / path.name)
    for part, held in parts.items():
        for table in held:
            _write(table, into / "inputs" / part / table.name)
    _write_key(
        into / "key",
        _labels(data / VALIDATION / LABELS, ids),
        {"predict-one": 1, "predict-shuffled": len(some)},
    )
    return Slice(PublicHalf(data=data, inputs=into / "inputs"), AnswerKey(root=into / "key"), len(ids))


def _ids(tables: list[Table], folder: Path, layout: Layout) -> list[str]:
    for table in tables:
        for file, column in layout.keys.items():
            if table.name == file and column not in table.header:
                raise UsageError(f"{folder / file}: there is no column {column!r}", hint=AGAIN)
    held = {table.name: table for table in tables}
    if absent := sorted(set(layout.keys) - set(held)):
        raise UsageError(f"{folder / absent[0]}: absent", hint=AGAIN)
    ids = held[layout.table].cells(layout.id)
    if not ids or len(set(ids)) != len(ids):
        raise UsageError(
            f"{folder / layout.table}: {layout.id} is not unique, or there are no rows", hint=AGAIN
        )
    return ids


def _labels(path: Path, ids: list[str]) -> pd.DataFrame:
    table = _read(path)
    if table.header[:2] != ["id", "label"]:
        raise UsageError(f"{path}: its first line is not id,label", hint=AGAIN)
    labels = dict(zip(table.cells("id"), table.cells("label"), strict=True))
    if set(labels) != set(ids) or not set(labels.values()) <= {"0", "1"}:
        raise UsageError(f"{path}: not one label, 0 or 1, for each row to predict", hint=AGAIN)
    return pd.DataFrame({"id": ids, "label": pd.Series([int(labels[i]) for i in ids], dtype="int8")})


def _write_key(folder: Path, rows: pd.DataFrame, batches: dict[str, int]) -> None:
    """As graders/answers.py reads it. Nothing is anchored on public rows: both anchors say one half."""
    folder.mkdir(parents=True)
    empty = dict.fromkeys(("probe", "variant", "rule"), "")
    rows.assign(role="natural", entity=rows["id"], **empty).to_parquet(folder / "rows.parquet", index=False)
    anchors = rows[["id"]].assign(baseline=0.5, reference=0.5)
    anchors.to_parquet(folder / "anchors.parquet", index=False)
    sizes = pd.DataFrame({"stage": list(batches), "rows": list(batches.values())})
    sizes.to_parquet(folder / "batches.parquet", index=False)


def _fullest(ids: list[str], tables: list[Table], layout: Layout) -> str:
    """The first row that has lines in every table; else the first of all."""
    held = [set(map(_plain, t.cells(layout.keys[t.name]))) for t in tables if t.name in layout.keys]
    return next((_plain(i) for i in ids if all(_plain(i) in keys for keys in held)), _plain(ids[0]))


def _of(table: Table, layout: Layout, wanted: set[str]) -> Table:
    """The lines of these ids; a table without ids belongs to everybody and stays whole."""
    column = layout.keys.get(table.name)
    if column is None:
        return table
    at = table.header.index(column)
    return Table(table.name, table.header, [row for row in table.rows if _plain(row[at]) in wanted])


def _mixed(table: Table, rng: random.Random) -> Table:
    order = rng.sample(range(len(table.header)), len(table.header))
    rows = rng.sample(table.rows, len(table.rows))
    header, *lines = ([row[n] for n in order] for row in (table.header, *rows))
    return Table(table.name, header, lines)


def _plain(key: str) -> str:
    """A key as joins mean it: '007 ' and '7' are one account where an export wrote both."""
    text = key.strip().casefold()
    return text.lstrip("0") or text


def _read(path: Path) -> Table:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            header, *rows = csv.reader(lines)
    except (OSError, ValueError, csv.Error) as error:
        raise UsageError(f"{path}: cannot be read: {error or 'it is empty'}", hint=AGAIN) from error
    return Table(path.name, header, [row for row in rows if len(row) == len(header)])


def _write(table: Table, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([table.header, *table.rows])
