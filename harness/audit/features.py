"""A part's tables -> one feature a column, and of other tables a few an entity. No label is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from harness.audit.cells import Floats, instants, is_blank, numbers, words
from harness.audit.laid import Part
from harness.audit.signal import Ints, binned, compact
from harness.edition import About

MOSTLY = 0.5  # of the cells that say something: then it is a column of numbers, or of dates
LEVELS = 60  # more kinds of a word are no categories but text
LEVELS_ELSEWHERE = 8  # of a table with several rows an entity


@dataclass(frozen=True, eq=False)
class Feature:
    """One figure a row of the main table. ``of`` says which, when a column gives several."""

    table: str
    column: str
    of: str
    values: Floats  # NaN: blank; of a category its code
    is_category: bool = False
    is_instant: bool = False

    @cached_property
    def codes(self) -> Ints:
        """The values as 0, 1, 2..., fit for rates."""
        if self.is_category:
            return compact(np.nan_to_num(self.values, nan=-1.0).astype(np.int64))
        return binned(self.values)

    @cached_property
    def blank(self) -> float:
        """The share of rows that have none."""
        return float(np.isnan(self.values).mean())


# several scans ask for the same
_KNOWN: WeakKeyDictionary[Part, tuple[Feature, ...]] = WeakKeyDictionary()


def features_of(part: Part, about: About) -> tuple[Feature, ...]:
    """Every column but the id and the label; of the other tables counts, means, ends and kinds."""
    if part not in _KNOWN:
        _KNOWN[part] = tuple(_features(part, about))
    return _KNOWN[part]


def _features(part: Part, about: About) -> Iterator[Feature]:
    yield from (
        _column(part.main[column], about.table, str(column))
        for column in part.main.columns
        if column not in (about.id, about.label)
    )
    for file, table in part.tables.items():
        if file == about.table:
            continue
        if file in about.keys:
            yield from _elsewhere(file, table, about.keys[file], part.main[about.id])
        elif shared := _shared(table, part, about):
            yield from _elsewhere(file, table, shared, part.main[shared])


def _shared(table: pd.DataFrame, part: Part, about: About) -> str:
    """The column by which the main table refers to this one: the group, or one that is unique here."""
    both = [str(c) for c in table.columns if c in part.main.columns]
    if about.group in both:
        return about.group or ""
    return next((c for c in both if table[c].is_unique), "")


def _column(cells: pd.Series[str], table: str, name: str) -> Feature:
    blank = is_blank(cells)
    said = max(1, int((~blank).sum()))
    for read, is_instant in ((numbers, False), (instants, True)):
        values = read(cells)
        if (~np.isnan(values)).sum() > MOSTLY * said:
            return Feature(table, name, "value", values, is_instant=is_instant)
    return Feature(table, name, "value", _kinds(cells, blank, LEVELS), is_category=True)


def _kinds(cells: pd.Series[str], blank: np.ndarray[tuple[int], np.dtype[np.bool_]], most: int) -> Floats:
    """Codes of the commonest words, one code for all others, NaN for blanks."""
    plain = words(cells)
    common = plain[~blank].value_counts().index[:most]
    codes = (
        plain.map({word: float(n) for n, word in enumerate(common)}).fillna(float(most)).to_numpy(np.float64)
    )
    return np.where(blank, np.nan, codes)


def _elsewhere(file: str, table: pd.DataFrame, key: str, ids: pd.Series[str]) -> Iterator[Feature]:
    def aligned(found: pd.Series[float]) -> Floats:
        return ids.map(found.to_dict()).to_numpy(dtype=np.float64)

    def grouped(values: pd.Series[float], how: str) -> Floats:
        return aligned(values.groupby(table[key]).agg(how))

    counts = np.nan_to_num(grouped(pd.Series(1.0, index=table.index), "sum"))
    yield Feature(file, "", "rows", counts)
    for column in table.columns:
        if column == key or table[column].nunique() == len(table):
            continue
        feature = _column(table[column], file, str(column))
        values = pd.Series(feature.values, index=table.index)
        if not feature.is_category:
            for how in ("min", "max") if feature.is_instant else ("mean", "min", "max"):
                yield Feature(file, str(column), how, grouped(values, how), is_instant=feature.is_instant)
            continue
        for level in values.value_counts().index[:LEVELS_ELSEWHERE]:
            of = f"rows of kind {int(level) + 1}"
            yield Feature(
                file, str(column), of, np.nan_to_num(grouped(values.eq(level).astype(float), "sum"))
            )
