"""Every declared trap can be found, and its cue can be read where about.json says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from harness.audit import columns, drift, times, twins
from harness.audit.findings import Measured, Noted, Weight
from harness.audit.laid import SUFFIXES, Laid, read_table
from harness.edition import Trap

SCAN = "traps"
MEANT = 0.6  # of the words of a clause that must stand in one line or paragraph
LEAST_LETTERS = 4
ENOUGH = 2  # longer words that a cue and a place have in common
SCANNED = ("post-outcome", "lookahead", "duplicates", "drift")  # training and scoring differ in these


def scan(laid: Laid, handed_out: tuple[Path, ...] = ()) -> Measured:
    """``handed_out``: files beside the edition that a candidate gets, such as the brief."""
    measured = Measured()
    found = columns.traps_found(laid)
    for trap in laid.about.traps:
        measured.noted += list(_cue(trap, laid, handed_out))
        if trap.kind in SCANNED:
            measured.noted.append(_found(trap, laid, found))
    if others := [f"{t.name} ({t.kind})" for t in laid.about.traps if t.kind not in SCANNED]:
        what = f"no scan looks for these kinds of traps, only for their cues: {', '.join(others)}"
        act = "convince yourself that they can be found"
        measured.noted.append(
            Noted(scan=SCAN, weight=Weight.ADVICE, table=laid.about.table, what=what, act=act)
        )
    return measured


def _found(trap: Trap, laid: Laid, found: dict[str, str]) -> Noted:
    table, column, name = f"public/{trap.table}", trap.column or "", f"{trap.name} ({trap.kind})"
    over_time = ", and so do early and late rows of training" if trap.kind == "drift" else ""
    if told := _betrayed(trap, laid, found):
        return Noted(scan=SCAN, table=table, column=column, weight=Weight.FOUND, what=f"{name}: {told}")
    return Noted(
        scan=SCAN,
        table=table,
        column=column,
        weight=Weight.FLAW,
        what=f"{name} is declared, and nothing in the data betrays it: training and rows to predict look"
        f" alike there{over_time}",
        source="a trap that cannot be found is an injustice, or it was not planted",
        act="plant it, give it a larger dose, or take it out of about.traps",
    )


def _betrayed(trap: Trap, laid: Laid, found: dict[str, str]) -> str:
    if trap.kind == "duplicates" and trap.table != laid.about.table:
        again = (
            int(laid.train.tables[trap.table].duplicated().sum()) if trap.table in laid.train.tables else 0
        )
        return f"{again} lines stand there twice" if again else ""
    if trap.kind == "duplicates":
        copies = twins.copies_in_training(laid)
        return f"{copies} training rows are near copies of another" if copies else ""
    if trap.kind == "lookahead" and not trap.column:
        in_training, when_scoring = times.lookahead(laid, trap.table)
        if in_training - when_scoring > times.LATER:
            return (
                f"{in_training:.1%} of its records are later than their row, {when_scoring:.1%} when scoring"
            )
    told = found.get(trap.name, "")
    return told or (drift.betrayed(laid, trap) if trap.kind == "drift" else "")


def _cue(trap: Trap, laid: Laid, handed_out: tuple[Path, ...]) -> Iterator[Noted]:
    path = next((p for p in handed_out if p.name == trap.where), laid.folder / "public" / trap.where)
    if not path.is_file():
        yield _unread(trap, f"its cue is said to stand in {trap.where}, which is not handed out")
    elif path.suffix in SUFFIXES:
        if trap.column and trap.column not in read_table(path).columns:
            yield _unread(
                trap, f"its cue is said to stand in {trap.where}, which has no column {trap.column!r}"
            )
    elif (found := stands_in(trap.cue, path.read_text("utf-8"), trap.column or "")) is not Cue.PLAIN:
        weight = Weight.ADVICE if found is Cue.FAINT else Weight.FLAW
        yield _unread(trap, f"its cue {trap.cue!r} {found.value} in {trap.where}", weight)


class Cue(Enum):
    """How well a cue can be read in a text."""

    PLAIN = "can be read"
    FAINT = "can hardly be read"
    ABSENT = "cannot be read"


def stands_in(cue: str, text: str, column: str = "") -> Cue:
    """A cue is a sentence a candidate could have written, so it is looked for by its longer words.

    PLAIN: a clause of it word for word, most of its words in one line or paragraph, or two of them where the
    column is named. FAINT: two of them anywhere, or one where the column is named.
    """
    prose = [p for p in re.split(r"\n\s*\n", text) if "|" not in p]  # of a table each line speaks for itself
    places = [_plain(place) for place in (*text.splitlines(), *prose)]
    clauses = [plain for clause in re.split(r"[:;.]", cue) if (plain := _plain(clause))]
    if any(clause in place or _mostly(clause, place) for place in places for clause in clauses):
        return Cue.PLAIN
    named = _plain(column)
    words = _long_words(_plain(cue)) - {named}
    anywhere = max((len(words & set(place.split())) for place in places), default=0)
    beside = [len(words & set(place.split())) for place in places if named and named in place.split()]
    if max(beside, default=0) >= ENOUGH:
        return Cue.PLAIN
    return Cue.FAINT if anywhere >= ENOUGH or any(beside) else Cue.ABSENT


def _mostly(clause: str, place: str) -> bool:
    meant = _long_words(clause)
    return len(meant) >= ENOUGH and len(meant & set(place.split())) >= MEANT * len(meant)


def _long_words(plain: str) -> set[str]:
    return {word for word in plain.split() if len(word) >= LEAST_LETTERS}


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\w']+", text.casefold()))


def _unread(trap: Trap, what: str, weight: Weight = Weight.FLAW) -> Noted:
    return Noted(
        scan=SCAN,
        weight=weight,
        table=trap.table,
        column=trap.column or "",
        what=f"{trap.name}: {what}",
        source="every trap has a cue that a careful reader can find",
        act="write the cue there, or correct about.traps (cue, where)",
    )
