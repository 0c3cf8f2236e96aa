"""Code that stands there more than once: how much of it there is, and where. B1 is multiplied by it."""

from __future__ import annotations

from graders.analysis import Analysis, Function
from harness.model import Finding, Place, Severity

COPIED_AT, ALL_COPIED = (
    0.05,
    0.30,
)  # ours: the option parser of two commands is alike, a quarter pasted is not
COPY_LINES = 8  # a function of fewer that has the shape of another is no copy
SHOWN = 10


def share(found: Analysis) -> float:
    """The share of the code that is a copy, by rows of statements or by whole functions."""
    rows = found.repeated
    by_rows = sum(p.statements for p in rows.places) / rows.statements if rows and rows.statements else 0.0
    seen: set[str] = set()
    again = 0
    for piece in _functions(found):
        again += piece.length if piece.shape in seen else 0
        seen.add(piece.shape)
    return max(by_rows, again / max(1, sum(f.length for f in found.pieces)))


def findings(found: Analysis) -> tuple[Finding, ...]:
    """Rows that are copies, and functions that are; nothing while they are few."""
    if share(found) <= COPIED_AT:
        return ()
    rows = [
        (p.path, p.line, p.cell, f"{p.statements} statements that stand in {p.of.path}:{p.of.line} too")
        for p in (found.repeated.places if found.repeated else ())
    ]
    first: dict[str, Function] = {}
    for piece in _functions(found):
        one = first.setdefault(piece.shape, piece)
        if one is not piece and not any(path == piece.path for path, *_ in rows):
            told = f"{piece.name[:100]}: {piece.length} lines like {one.name[:100]} in {one.path}:{one.line}"
            rows.append((piece.path, piece.line, piece.cell, told))
    return tuple(
        Finding(
            what=told,
            place=Place(file=path, line=line, cell=cell),
            severity=Severity.MINOR,
            fix="make one function of it, with what differs as its arguments",
            rule="copied-code",
        )
        for path, line, cell, told in rows[:SHOWN]
    )


def _functions(found: Analysis) -> list[Function]:
    return [f for f in found.pieces if f.length >= COPY_LINES and not f.top_level]
