"""A8: notes without identifiers. What was planted is gone, by type; what they say of health is still there.

The score is a product, recall x kept: an untouched note and an empty one are both worth nothing. Recall is
the mean over the identifier types of 45 CFR 164.514(b)(2) that were planted: a rare type counts like a
frequent one.
"""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graders.answers import HINT
from graders.statistics import Z95
from graders.violations import some
from harness.errors import InfraError, SubmissionError
from harness.model import AnswerKey, Chart, Evidence, Finding, Grader, Params, Place, Score, Severity

STAGE, FILE = "deid", "deidentified.csv"
HEADER = ["note_id", "text"]
EXAMPLES = 3
DIGITS_TELL = 7  # from so many digits on, a number is found again however it is punctuated
EARN_BACK = f"write {FILE} with the header note_id,text and every note of the input once"


class DeidParams(Params):
    """``parts_column_mark``: what separates the parts of an identifier in the sealed table."""

    parts_column_mark: str = "\x1f"


@dataclass(frozen=True)
class Planted:
    """One sealed identifier: gone when none of its parts is left."""

    note: str
    type: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Tally:
    """How many of something held, and notes where it did not."""

    name: str
    total: int
    held: int
    failed: tuple[str, ...]

    @property
    def share(self) -> float:
        """0..1."""
        return self.held / self.total

    @property
    def variance(self) -> float:
        """Of ``share``, binomial."""
        return self.share * (1.0 - self.share) / self.total


def grade(evidence: Evidence, key: AnswerKey, params: DeidParams) -> Score:
    """The macro recall over identifier types times the share of clinical phrases kept."""
    planted, clinical = _sealed(key, params)
    asked = {note for note, _ in clinical} | {found.note for found in planted}
    try:
        notes = _read(evidence.file(STAGE, FILE), asked)
    except SubmissionError as error:
        finding = Finding(
            what=str(error)[:2000],
            place=Place(file=FILE, stage=STAGE),
            severity=Severity.CRITICAL,
            fix=EARN_BACK,
        )
        return Score.missing(str(error), earn_back=EARN_BACK, findings=(finding,))
    plain = {note: _plain(text) for note, text in notes.items()}
    digits = {note: re.sub(r"\D", "", text) for note, text in plain.items()}
    gone = _by_type(planted, plain, digits)
    kept = _tally("clinical content", [(note, phrase in plain[note]) for note, phrase in clinical])
    return _score(gone, kept)


def _sealed(key: AnswerKey, params: DeidParams) -> tuple[list[Planted], list[tuple[str, str]]]:
    """Both sealed tables, checked: what is wrong in here is ours."""
    columns: dict[str, list[list[str]]] = {}
    for name, needed in (("phi", ("note_id", "type", "parts")), ("clinical", ("note_id", "phrase"))):
        table = key.table(name)
        if absent := [column for column in needed if column not in table.columns]:
            raise InfraError(f"the answer key's table {name!r} lacks {', '.join(absent)}", hint=HINT)
        columns[name] = [table[column].tolist() for column in needed]
        cells = [cell for column in columns[name] for cell in column]
        if not cells or not all(isinstance(cell, str) and cell for cell in cells):
            raise InfraError(f"the answer key's table {name!r} has empty cells, or none", hint=HINT)
    planted = [
        Planted(note, kind, tuple(_plain(part) for part in parts.split(params.parts_column_mark)))
        for note, kind, parts in zip(*columns["phi"], strict=True)
    ]
    return planted, [(note, _plain(phrase)) for note, phrase in zip(*columns["clinical"], strict=True)]


def _read(path: Path, asked: set[str]) -> dict[str, str]:
    """Text by note id.

    Raises:
        SubmissionError: it is not such a table, or its notes are not those of the input.
    """
    try:
        rows = list(_rows(path.read_bytes().decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise SubmissionError(f"{FILE} is not UTF-8; save it as UTF-8") from None
    except csv.Error as error:
        raise SubmissionError(f"{FILE} is not CSV: {error}; check the quotes") from None
    if not rows or rows[0] != HEADER:
        raise SubmissionError(f"{FILE}: its first line must be {','.join(HEADER)}")
    if bad := next((n for n, row in enumerate(rows) if len(row) != len(HEADER)), 0):
        raise SubmissionError(
            f"{FILE}: data row {bad:,} has {len(rows[bad])} fields instead of 2; quote texts"
        )
    notes = dict(rows[1:])
    if len(notes) != len(rows) - 1:
        raise SubmissionError(f"{FILE}: {len(rows) - 1 - len(notes):,} notes stand there more than once")
    if extra := sorted(notes.keys() - asked):
        raise SubmissionError(f"{FILE}: {len(extra):,} ids are not in the input: {some(extra)}")
    if absent := sorted(asked - notes.keys()):
        raise SubmissionError(f"{FILE}: {len(absent):,} of {len(asked):,} notes are missing: {some(absent)}")
    return notes


def _rows(text: str) -> Iterator[list[str]]:
    if "\0" in text:
        raise csv.Error("it has NUL bytes")
    yield from (row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row)


def _plain(text: str) -> str:
    """Case, width, invisible characters and runs of white space do not hide a name, nor lose a finding."""
    if text.isascii():  # nothing of it is invisible or wide
        return " ".join(text.casefold().split())
    shown = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return " ".join(shown.casefold().split())


def _by_type(planted: list[Planted], plain: dict[str, str], digits: dict[str, str]) -> list[Tally]:
    found: dict[str, list[tuple[str, bool]]] = {}
    for one in planted:
        left = any(_stands(part, plain[one.note], digits[one.note]) for part in one.parts)
        found.setdefault(one.type, []).append((one.note, not left))
    return [_tally(kind, outcomes) for kind, outcomes in sorted(found.items())]


def _stands(part: str, text: str, digits: str) -> bool:
    number = re.sub(r"\D", "", part)
    if len(number) >= DIGITS_TELL and number in digits:
        return True
    # most parts are not there at all: the plain search comes first, the word boundaries after it
    return part in text and re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) is not None


def _tally(name: str, outcomes: list[tuple[str, bool]]) -> Tally:
    failed = tuple(note for note, held in outcomes if not held)
    return Tally(name, len(outcomes), len(outcomes) - len(failed), failed)


def _score(gone: list[Tally], kept: Tally) -> Score:
    recall = sum(tally.share for tally in gone) / len(gone)
    value = recall * kept.share
    recall_se = math.sqrt(sum(tally.variance for tally in gone)) / len(gone)
    se = math.hypot(recall_se * kept.share, recall * math.sqrt(kept.variance))
    short = sorted((tally for tally in gone if tally.held < tally.total), key=lambda t: (t.share, t.name))
    planted = sum(tally.total for tally in gone)
    reason = (
        f"Of {planted:,} planted identifiers of {len(gone)} types, {recall:.1%} are gone (mean over types); "
        f"{kept.share:.1%} of {kept.total:,} clinical phrases are kept."
    )
    if short:
        reason += " Left: " + ", ".join(f"{t.name} ({1.0 - t.share:.0%})" for t in short) + "."
    findings = [_left(tally) for tally in short]
    if kept.held < kept.total:
        findings.append(_lost(kept))
    return Score.graded(
        value,
        reason,
        interval=(max(0.0, value - Z95 * se), min(1.0, value + Z95 * se)),
        earn_back="; ".join(finding.fix for finding in findings[:EXAMPLES]),
        findings=tuple(findings),
        measures={"recall": recall, "kept": kept.share, "notes": float(len(set(kept.failed)))}
        | {f"recall.{tally.name}": tally.share for tally in gone},
        charts=(_chart(gone),),
    )


def _left(tally: Tally) -> Finding:
    """Notes are named, identifiers never repeated: a report is no place for them either."""
    return Finding(
        what=f"{tally.name}: of {len(tally.failed):,} of {tally.total:,} identifiers something is left",
        place=Place(file=FILE, rows=tally.failed[:EXAMPLES], stage=STAGE),
        severity=Severity.CRITICAL if tally.share < 0.5 else Severity.MAJOR,
        fix=f"remove identifiers of the type {tally.name} in every form they take",
        rule=f"deid-{tally.name}",
    )


def _lost(kept: Tally) -> Finding:
    return Finding(
        what=f"{len(kept.failed):,} of {kept.total:,} clinical phrases are no longer in the text",
        place=Place(file=FILE, rows=kept.failed[:EXAMPLES], stage=STAGE),
        severity=Severity.MAJOR if kept.share < 0.9 else Severity.MINOR,
        fix="remove identifiers only: eponyms, doses, blood pressures and years are findings",
        rule="deid-content",
    )


def _chart(gone: list[Tally]) -> Chart:
    return Chart(
        kind="bars",
        title="Identifiers removed, by type",
        y_label="share removed",
        x=tuple(tally.name for tally in gone),
        y=tuple(round(tally.share, 6) for tally in gone),
        limit=1.0,
        caption="Every bar should reach the dashed line: one identifier left is a disclosure.",
    )


GRADER = Grader(name="deid", needs=(STAGE,), params=DeidParams, grade=grade)
