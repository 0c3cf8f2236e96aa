"""An edition's folder -> its tables as text, with the label of every row that has one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from harness.audit.about import read_about
from harness.edition import About
from harness.errors import SpecError

TRAIN, VALIDATION, HIDDEN = "train", "validation", "hidden"
NATURAL = "natural"
SUFFIXES = (".csv", ".parquet")
AGAIN = "delete the edition's folder: it is generated again from its seed"

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Part:
    """Rows that have labels: every table as text cells, and the label of each row of the main table."""

    name: str
    folder: str  # relative to the edition
    tables: Mapping[str, pd.DataFrame]
    main: pd.DataFrame
    label: Bools
    rows: pd.DataFrame | None = None  # the sealed rows in the order of ``main``; hidden rows only

    def only(self, name: str, keep: Bools, about: About) -> Part:
        """The rows that ``keep`` chooses, with what the other tables say of them."""
        main = self.main[keep].reset_index(drop=True)
        tables = {
            file: t[t[about.keys[file]].isin(main[about.id])].reset_index(drop=True)
            if file in about.keys
            else t
            for file, t in self.tables.items()
        }
        rows = None if self.rows is None else self.rows[keep].reset_index(drop=True)
        return Part(name, self.folder, tables | {about.table: main}, main, self.label[keep], rows)


@dataclass(frozen=True, eq=False)
class Laid:
    """An edition as the scans see it."""

    folder: Path
    about: About
    train: Part
    validation: Part
    hidden: Part

    @cached_property
    def natural(self) -> Part:
        """The hidden rows with the mess of the training rows; one of each entity."""
        assert self.hidden.rows is not None
        keep = self.hidden.rows["role"].eq(NATURAL).to_numpy(dtype=np.bool_)
        return self.hidden.only(NATURAL, keep, self.about)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Train, validation and every hidden row."""
        return (self.train, self.validation, self.hidden)


def read_edition(folder: Path) -> Laid:
    """Read and check an edition.

    Raises:
        SpecError: a file is absent or unreadable, or ids and labels do not belong together.
    """
    about = read_about(folder)
    return Laid(folder, about, _train(folder, about), _validation(folder, about), _hidden(folder, about))


def _train(folder: Path, about: About) -> Part:
    tables = _tables(folder / "public", about)
    main = tables[about.table]
    if about.label not in main.columns:
        raise SpecError(
            f"{folder / 'public' / about.table}: no column {about.label!r}, the label of about.json",
            hint="correct about.label, or write the column",
        )
    said = main[about.label].str.strip().str.casefold()
    return _part(TRAIN, folder, "public", tables, about, said.eq(about.positive.casefold()))


def _validation(folder: Path, about: About) -> Part:
    tables = _tables(folder / "public" / "validation", about)
    labels = read_table(folder / "public" / "validation" / "labels.csv")
    _needs(labels, ("id", "label"), folder / "public/validation/labels.csv")
    found = tables[about.table][about.id].map(labels.set_index("id")["label"])
    if found.isna().any():
        raise SpecError(
            f"{folder / 'public/validation/labels.csv'}: no label for id {_first(tables, about, found)!r}",
            hint="write one line for each row of validation/" + about.table,
        )
    positive = found.str.strip().str.casefold().isin({"1", "true", about.positive.casefold()})
    return _part(VALIDATION, folder, "public/validation", tables, about, positive)


def _hidden(folder: Path, about: About) -> Part:
    path = folder / "sealed" / "rows.parquet"
    try:
        rows = pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise SpecError(f"{path}: the edition's key is missing or unreadable: {error}", hint=AGAIN) from error
    _needs(rows, ("id", "role", "entity", "label"), path)
    tables = _tables(folder / "inputs" / "all", about)
    main = tables[about.table]
    if sorted(main[about.id]) != sorted(rows["id"].astype(str)) or main[about.id].duplicated().any():
        raise SpecError(
            f"{folder / 'inputs/all' / about.table}: its ids are not those of {path}, one line each",
            hint="write inputs/all and sealed/rows.parquet from the same frame, each id once",
        )
    ordered = rows.assign(id=rows["id"].astype(str)).set_index("id").loc[main[about.id]].reset_index()
    return _part(HIDDEN, folder, "inputs/all", tables, about, ordered["label"].eq(1), ordered)


def _part(
    name: str,
    folder: Path,
    at: str,
    tables: Mapping[str, pd.DataFrame],
    about: About,
    positive: pd.Series[bool],
    rows: pd.DataFrame | None = None,
) -> Part:
    label = positive.to_numpy(dtype=np.bool_)
    if label.all() or not label.any():
        raise SpecError(
            f"{folder / at / about.table}: every row has the same label",
            hint=f"check about.positive ({about.positive!r}) against the values of {about.label!r}",
        )
    return Part(name, at, tables, tables[about.table], label, rows)


def _tables(folder: Path, about: About) -> dict[str, pd.DataFrame]:
    found = {
        path.name: read_table(path)
        for path in sorted(folder.glob("*"))
        if path.suffix in SUFFIXES and path.name != "labels.csv"
    }
    if about.table not in found:
        raise SpecError(
            f"{folder / about.table}: absent", hint="about.table names the main table, in every part"
        )
    _needs(found[about.table], (about.id,), folder / about.table)
    for file, key in about.keys.items():
        if file in found:
            _needs(found[file], (key,), folder / file)
    return found


def read_table(path: Path) -> pd.DataFrame:
    """A CSV or Parquet file as text cells; nothing is read as missing."""
    try:
        if path.suffix == ".parquet":
            return pd.read_parquet(path).astype(object).fillna("").astype(str)
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise SpecError(f"{path}: cannot be read as a table: {error}", hint=AGAIN) from error


def _needs(table: pd.DataFrame, columns: tuple[str, ...], path: Path) -> None:
    if absent := [c for c in columns if c not in table.columns]:
        raise SpecError(f"{path}: no column {absent[0]!r}; it has {', '.join(map(str, table.columns[:12]))}")


def _first(tables: Mapping[str, pd.DataFrame], about: About, found: pd.Series[str]) -> str:
    return str(tables[about.table][about.id][found.isna()].iloc[0])
