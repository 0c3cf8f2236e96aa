"""A table being messed up: the given rows as text, what was added and dropped, and the log of it all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NoReturn

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from harness.errors import SpecError
from harness.mess.draws import Bools, Floats, Ints, Rate, Shares, T, Where, picked

Texts = NDArray[np.object_]
MASK = ("table", "row", "key", "column", "operator", "old", "new", "effect")


class Effect(StrEnum):
    """What one line of the mask says was done."""

    CELL = "cell"  # a cell of a given row: old -> new
    ADDED = "added"  # a row was added after the given ones; `row` is the one it was made from, or -1
    COPY = "copy"  # a cell of the row added last, where it differs from the one it was made from
    DROPPED = "dropped"  # a cell of a given row that is not in the result
    HEADER = "header"  # a column's name: old -> new; "" is no such column. `row`: its given place, or -1
    PLANTED = "planted"  # a note only: an identifier that a CELL line wrote into a text


@dataclass
class Sheet:
    """Given rows keep their places 0..n-1 to the end, dropped ones too; columns their given names."""

    table: str
    key: str
    given: pd.DataFrame  # with its types: what rates and conditions look at, whatever was done since
    now: dict[str, Texts]
    names: dict[str, str]  # given name -> published name; a removed column is not in it
    keys: list[str]  # of the given rows
    gone: Bools
    added: list[dict[str, str]] = field(default_factory=list)
    log: list[tuple[str, int, str, str, str, str, str, str]] = field(default_factory=list)  # as MASK

    @classmethod
    def of(cls, frame: pd.DataFrame, *, table: str, key: str) -> Sheet:
        """Nothing done yet."""
        text = {str(name): _cells(frame[name]) for name in frame.columns}
        now = {name: np.array(cells, dtype=object) for name, cells in text.items()}
        names = {name: name for name in now}
        gone = np.zeros(len(frame), dtype=bool)
        return cls(table, key, frame.copy(deep=False), now, names, text[key], gone)

    def __len__(self) -> int:
        return len(self.gone)

    def frame(self) -> pd.DataFrame:
        """What is left of the given rows, then the added ones; all text."""
        kept = pd.DataFrame({name: values[~self.gone] for name, values in self.now.items()}, dtype="str")
        more = pd.DataFrame(self.added, columns=list(self.now), dtype="str")
        whole = pd.concat([kept, more], ignore_index=True) if self.added else kept
        return whole[list(self.names)].rename(columns=self.names).astype("str")

    def mask(self) -> pd.DataFrame:
        """The log as one table, in the order in which things were done."""
        lines = pd.DataFrame(self.log, columns=list(MASK))
        return lines.astype({name: "int64" if name == "row" else "str" for name in MASK})


@dataclass(frozen=True)
class Edit:
    """One step at work on one sheet. All errors name the table, the step and the column."""

    sheet: Sheet
    rng: np.random.Generator
    operator: str
    column: str

    def luck(self) -> Floats:
        """A uniform number for every given row."""
        return self.rng.random(len(self.sheet))

    def hits(self, rate: Rate, where: Where | None = None) -> Ints:
        """The given rows that ``rate`` hits among those of ``where``; reads the table as it was given."""
        luck = self.luck()
        try:
            rates = rate(self.sheet.given) if callable(rate) else rate
            allowed = True if where is None else np.asarray(where(self.sheet.given), dtype=bool)
        except KeyError as error:
            self.refuse(f"its rate or condition asks for a column {error} that the table does not have")
        wanted = np.asarray(rates, dtype=float)
        if wanted.shape not in ((), (len(self.sheet),)):
            self.refuse(f"its rate has the shape {wanted.shape}, the table has {len(self.sheet)} rows")
        bad = wanted[~((wanted >= 0) & (wanted <= 1))]
        if bad.size:
            self.refuse(f"a rate lies within 0..1, not {float(bad[0]):g}")
        return np.flatnonzero((luck < wanted) & allowed)

    def pick(self, shares: Shares[T], rows: Ints) -> list[T]:
        """One thing for each of ``rows``, by share."""
        try:
            return picked(shares, self.luck()[rows])
        except (ValueError, ZeroDivisionError) as error:
            self.refuse(str(error) if isinstance(error, ValueError) else "there is nothing to pick from")

    def texts(self, column: str | None = None) -> Texts:
        """A column of the given rows as it is written now."""
        name = self.column if column is None else column
        if name not in self.sheet.now:
            self.refuse(f"there is no column {name!r} (there are: {', '.join(self.sheet.now)})")
        return self.sheet.now[name]

    def change(self, rows: Ints, new: Sequence[str], column: str | None = None) -> None:
        """Write ``new`` at the given ``rows``; only what really changes is logged."""
        name = self.column if column is None else column
        values = self.texts(name)
        fresh = np.empty(len(rows), dtype=object)
        fresh[:] = list(new)
        differs = np.asarray(values[rows] != fresh, dtype=bool)
        at, fresh = rows[differs], fresh[differs]
        self.note(Effect.CELL, at, name, values[at], fresh)
        values[at] = fresh

    def add(self, row: int, changed: Mapping[str, str]) -> None:
        """A copy of a given row as it is written now, but for ``changed``. Row -1: nothing to copy."""
        whole = {name: "" if row < 0 else str(values[row]) for name, values in self.sheet.now.items()}
        here, key = np.array([row]), self.sheet.key
        fresh = whole | dict(changed)
        self.note(Effect.ADDED, here, key, [""], [fresh[key]], keys=[fresh[key]])
        for name, text in changed.items():
            if name != key and text != whole[name]:
                self.note(Effect.COPY, here, name, [whole[name]], [text], keys=[fresh[key]])
        self.sheet.added.append(fresh)

    def drop(self, rows: Ints) -> None:
        """Leave given rows out of the result; logged for each step that does, as if it were alone."""
        for name, values in self.sheet.now.items():
            self.note(Effect.DROPPED, rows, name, values[rows], [""] * len(rows))
        self.sheet.gone[rows] = True

    def header(self, old: str, new: str) -> None:
        """Publish the column ``old`` as ``new``; "" leaves it out, and its cells go to the log."""
        values = self.texts(old)
        if old not in self.sheet.names:
            self.refuse("it was removed by a step before this one")
        if new in {published for name, published in self.sheet.names.items() if name != old}:
            self.refuse(f"there is a column {new!r} already")
        rows = np.arange(len(self.sheet))
        if not new:
            self.note(Effect.CELL, rows, old, values, [""] * len(rows))
            del self.sheet.names[old]
        else:
            self.sheet.names[old] = new
        self._head(old, old, new)

    def make_column(self, name: str) -> None:
        """A column that was not there, all blank; one that is there stays as it is."""
        if name in self.sheet.now:
            return
        self.sheet.now[name] = np.full(len(self.sheet), "", dtype=object)
        self.sheet.names[name] = name
        for row in self.sheet.added:
            row[name] = ""
        self._head(name, "", name)

    def _head(self, name: str, old: str, new: str) -> None:
        # a new column has no place among the given ones
        place = np.array([list(self.sheet.now).index(name) if old else -1])
        self.note(Effect.HEADER, place, name, [old], [new], keys=[""])

    def note(
        self,
        effect: Effect,
        rows: Ints,
        column: str,
        old: Sequence[str] | Texts,
        new: Sequence[str] | Texts,
        *,
        keys: Sequence[str] | None = None,
    ) -> None:
        """Lines of the mask. A given row goes by the key it was given with."""
        if keys is None:
            keys = [self.sheet.keys[row] for row in rows]
        for row, key, before, after in zip(rows, keys, old, new, strict=True):
            line = (int(row), str(key), column, self.operator, str(before), str(after), effect.value)
            self.sheet.log.append((self.sheet.table, *line))

    def refuse(self, what: str) -> NoReturn:
        """The step cannot mean anything here.

        Raises:
            SpecError: always.
        """
        place = f"mess of table {self.sheet.table!r}: step {self.operator!r}, column {self.column!r}"
        raise SpecError(f"{place}: {what}", hint="mend this step of the recipe in the data set's generator")


def as_text(frame: pd.DataFrame, *, decimals: int | None = None) -> pd.DataFrame:
    """Every cell as a clean export writes it: ISO dates, a point, a blank for what is missing.

    ``decimals``: how many every float column has; None writes the shortest text that reads back equal.
    """
    text = {str(name): _cells(frame[name], decimals) for name in frame.columns}
    return pd.DataFrame(text, index=frame.index, columns=list(text), dtype="str")


def _cells(values: pd.Series[Any], decimals: int | None = None) -> list[str]:
    blank = values.isna().tolist()
    if pd.api.types.is_datetime64_any_dtype(values):
        days = bool((values.dropna() == values.dropna().dt.normalize()).all())
        cells = values.dt.strftime("%Y-%m-%d" if days else "%Y-%m-%d %H:%M:%S").tolist()
    elif pd.api.types.is_float_dtype(values):
        cells = [f"{v:.{decimals}f}" if decimals is not None else repr(float(v)) for v in values.tolist()]
    else:
        # a column of texts is many times slower to go through than a list of them
        cells = [str(v) for v in values.to_numpy(dtype=object).tolist()]
    return ["" if lost else cell for cell, lost in zip(cells, blank, strict=True)]
