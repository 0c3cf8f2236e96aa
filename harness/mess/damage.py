"""The bytes of a CSV file -> the bytes that arrive, and a mask of its own: line, part, operator, old, new.

A line is a record as it was written (one a row, the header is line 0); steps work on its parts: ``start``
(before the text), ``text``, ``end`` (the line break). Old and new are bytes shown as Latin-1 text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from harness.errors import SpecError
from harness.mess.draws import Ints, stream

MASK = ("file", "line", "part", "operator", "old", "new")
PARTS = ("start", "text", "end")


@dataclass(frozen=True)
class Damaged:
    """The bytes as they arrive, and the mask."""

    data: bytes
    mask: pd.DataFrame


@dataclass
class Lines:
    """A file being damaged: three parts a line, and the log."""

    parts: dict[str, list[bytes]]
    log: list[tuple[int, str, str, str, str]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.parts["text"])

    def write(
        self,
        operator: str,
        lines: Ints | range,
        part: str,
        new: Callable[[bytes], bytes],
        *,
        written_only: bool = False,
    ) -> None:
        """``new`` of a part at these lines (``written_only``: where it is not empty); a change is logged."""
        cells = self.parts[part]
        for line in lines:
            old = cells[line]
            fresh = new(old) if old or not written_only else old
            if old != fresh:
                self.log.append((int(line), part, operator, old.decode("latin-1"), fresh.decode("latin-1")))
                cells[line] = fresh


@dataclass(frozen=True)
class Harm:
    """One kind of damage. ``rate``: the share of data lines hit."""

    operator: str
    do: Callable[[Lines, Ints], None]  # the lines, and which data lines are hit
    rate: float = 1.0


def damaged(data: bytes, harms: Sequence[Harm], *, seed: int, file: str) -> Damaged:
    r"""``harms`` one after the other on the bytes of a CSV file written with "\n".

    Raises:
        SpecError: a rate outside 0..1, or two harms of one name.
    """
    lines = Lines(_parsed(data))
    names = [harm.operator for harm in harms]
    for harm in harms:
        place = f"damage of {file}: step {harm.operator!r}"
        if not 0 <= harm.rate <= 1:
            raise SpecError(f"{place}: a rate lies within 0..1, not {harm.rate:g}")
        if names.count(harm.operator) > 1:
            raise SpecError(
                f"{place}: stands there twice", hint="two of one name would draw the same numbers"
            )
        luck = stream(seed, file, "", harm.operator).random(max(len(lines) - 1, 0))
        harm.do(lines, np.flatnonzero(luck < harm.rate) + 1)
    mask = pd.DataFrame(lines.log, columns=list(MASK[1:]))
    mask.insert(0, "file", file)
    mask = mask.astype({name: "int64" if name == "line" else "str" for name in MASK})
    return Damaged(_joined(lines.parts), mask)


def repaired(data: bytes, mask: pd.DataFrame, given_lines: int) -> bytes:
    """The given bytes again, from the mask alone where a line changed; ``given_lines``: how many it had.

    Works on the parts that the mask names; the rest is read off ``data``, which is cut where they end.
    """
    now: dict[tuple[int, str], bytes] = {}
    for line, part, new in mask[["line", "part", "new"]].itertuples(index=False):
        now[int(line), str(part)] = str(new).encode("latin-1")
    parts: dict[str, list[bytes]] = {part: [] for part in PARTS}
    at = 0
    for line in range(given_lines):
        for part in PARTS:
            found = now.get((line, part), _unchanged(data, at, part, now.get((line, "end"))))
            parts[part].append(found)
            at += len(found)
    for line, part, old in mask[["line", "part", "old"]].iloc[::-1].itertuples(index=False):
        parts[str(part)][int(line)] = str(old).encode("latin-1")
    return _joined(parts)


def _unchanged(data: bytes, at: int, part: str, end: bytes | None) -> bytes:
    """A part nobody wrote: no start; a text up to its line break; the line break itself."""
    if part == "start":
        return b""
    if part == "end":
        return b"\n" if data[at : at + 1] == b"\n" else b""
    stop = data.find(end or b"\n", at)
    return data[at:] if stop < 0 else data[at:stop]


def _parsed(data: bytes) -> dict[str, list[bytes]]:
    texts = data.split(b"\n")
    last = texts.pop() if texts[-1] == b"" else None
    ends = [b"\n"] * len(texts)
    if last is None and ends:
        ends[-1] = b""
    return {"start": [b""] * len(texts), "text": texts, "end": ends}


def _joined(parts: dict[str, list[bytes]]) -> bytes:
    return b"".join(b"".join(line) for line in zip(*(parts[part] for part in PARTS), strict=True))
