"""broken.json, and how training and tests ended on each table of it -> what was noticed.

A breakage is noticed where the tests turn red on it, or training refuses it: it ends with another exit code
than 0 and its last lines name what is wrong. Either counts only where the same command takes what is as good
as the real tables: what is refused always, or for any difference, is no check. Training that was cut off when
the budget ended, and tests that ran into it, show nothing.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from pydantic import Field

from harness.errors import InfraError, SubmissionError
from harness.model import (
    AS_GOOD,
    AS_GOOD_STAGES,
    BREAKAGES,
    BROKEN_STAGES,
    Ended,
    Evidence,
    ExtraStage,
    Frozen,
    StageResult,
)

STAGE, FILE = ExtraStage.BROKEN.value, "broken.json"
LAST_LINES = 12  # of what a command says at its end; frames of a traceback aside
CUT_OFF = frozenset({124, 137, 143})  # by timeout(1), or by a signal
FRAME = re.compile(r"^\s{2,}|^Traceback|^During handling|^The above exception")
SAYS = {
    "empty-table": r"\bempty\b|\bno (rows|data|records|samples|lines|columns|examples|labels|labeled)\b"
    r"|\b0 (rows|records|samples?|lines|examples)|n_samples ?= ?0|\bat least (one|1|2|two)\b|\(0, \d+\)"
    r"|\btoo few\b|zero-size|only one class|least populated|division by zero|greater than the number",
    "cut-table": r"tokeniz|\bEOF\b|truncat|incomplete|cut off|unexpected end|too few|fewer|expected \d+"
    r"|\bcolumns?\b.*\b(line|row)\b|\b(rows?|lines?)\b|malformed|checksum",
    "swapped-labels": r"\blabels?\b|\btargets?\b|\bauc\b|\bmetric\b|\bscore\b|\bbaseline\b|\bprevalence\b"
    r"|\baccuracy\b|\bbase rate\b|\bworse than\b|\bpositives?\b|\bchance\b",
}
WORDS = {
    "missing-column": "without the column {column} of {file}",
    "empty-column": "with nothing in the column {column} of {file}",
    "empty-table": "with no rows in {file}",
    "cut-table": "with {file} cut off in the middle of a line",
    "swapped-labels": "with the two outcomes of {file} swapped ({column})",
}


class Variant(Frozen, extra="ignore"):
    """One table that was changed; ``column`` is "" where it is no column that is wrong."""

    name: str
    file: str
    column: str
    rows: int = Field(ge=0)


class _Report(Frozen, extra="ignore"):
    variants: tuple[Variant, ...]


@dataclass(frozen=True)
class Breakage:
    """``noticed`` is None where nobody knows. ``stage``: where to look.

    ``mute``: refused, without saying why. ``unfair``: so is what is as good as the real tables.
    """

    variant: Variant
    noticed: bool | None
    stage: str
    told: str
    mute: bool = False
    unfair: bool = False

    @property
    def words(self) -> str:
        """What was wrong."""
        return WORDS[self.variant.name].format(column=self.variant.column, file=self.variant.file)


@dataclass(frozen=True)
class Broken:
    """All of them. ``trained``: training works on the tables as they are."""

    found: tuple[Breakage, ...]
    seconds: float
    trained: bool = True

    @property
    def decided(self) -> tuple[Breakage, ...]:
        """Those of which it is known whether they were noticed."""
        return tuple(b for b in self.found if b.noticed is not None)

    @property
    def noticed(self) -> int:
        """How many were."""
        return sum(b.noticed is True for b in self.found)


def read(evidence: Evidence) -> Broken:
    """What was made of the broken tables.

    Raises:
        InfraError: our own report cannot be read.
    """
    made = _variants(evidence)
    fair = {does: _is_fair(evidence, does) for does in ("train", "test")}
    found = tuple(_breakage(evidence, made[name], fair) for name in BREAKAGES if name in made)
    ran = [result for name, result in evidence.stages.items() if name in (*BROKEN_STAGES, *AS_GOOD_STAGES)]
    trained = evidence.result("train").ended is Ended.FINISHED
    return Broken(found, sum(result.seconds for result in ran), trained)


def _is_fair(evidence: Evidence, does: str) -> bool:
    """It took tables that are as good, with one column more or without."""
    return any(evidence.result(f"{does}-{name}").ended is Ended.FINISHED for name in AS_GOOD)


def _variants(evidence: Evidence) -> dict[str, Variant]:
    try:
        raw = evidence.file(STAGE, FILE).read_bytes()
        return {v.name: v for v in _Report.model_validate_json(raw).variants}
    except (SubmissionError, OSError, ValueError, json.JSONDecodeError) as error:
        raise InfraError(
            f"our list of broken tables cannot be read: {type(error).__name__}", hint="grade it again"
        ) from error


def _breakage(evidence: Evidence, variant: Variant, fair: dict[str, bool]) -> Breakage:
    trained, tested = (evidence.result(f"{does}-{variant.name}") for does in ("train", "test"))
    if _failed(tested) and fair["test"]:
        return Breakage(variant, True, tested.stage, "the tests turn red")
    if trained.ended is Ended.FINISHED:
        return Breakage(variant, False, trained.stage, "training took it and said nothing")
    if not _failed(trained):
        told = trained.reason or "it was cut off at the end of the budget"
        return Breakage(variant, None, trained.stage, told)
    if not fair["train"]:
        told = "training refuses it, and tables that are as good as the real ones too"
        return Breakage(variant, False, trained.stage, told, unfair=True)
    if names(trained, variant):
        return Breakage(variant, True, trained.stage, "training refuses it and says why")
    told = "training fails, and its last lines do not name what is wrong"
    return Breakage(variant, False, trained.stage, told, mute=True)


def _failed(result: StageResult) -> bool:
    """By its own exit code, not because its time was up."""
    return result.ended is Ended.FAILED and result.exit_code not in CUT_OFF


def names(result: StageResult, variant: Variant) -> bool:
    """Whether the last lines of what was said name the column, the table, or what is wrong with it."""
    lines = [line for line in result.tail.splitlines() if line.strip() and not FRAME.match(line)]
    said = "\n".join(lines[-LAST_LINES:])
    if variant.name in ("missing-column", "empty-column"):
        return _has(variant.column, said)
    stem = variant.file.rpartition("/")[2].partition(".")[0]
    own = (variant.file, stem, *([variant.column] if variant.column else []))
    return any(_has(word, said) for word in own) or bool(re.search(SAYS[variant.name], said, re.IGNORECASE))


def _has(word: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None
