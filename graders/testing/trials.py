"""mutants.json and trials.jsonl -> Trials: which mistakes the tests noticed, and which edits upset them.

What a mutant is, is our tool's word; how the tests took it is the candidate's claim. A name that is not ours,
a second line for one name or a line that is no trial is passed over: it can only cost.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from pydantic import Field, ValidationError

from harness.errors import InfraError, SubmissionError
from harness.model import Ended, Evidence, Finding, Frozen, Place, Severity

MUTANTS, TRIALS = "mutants", "test-mutants"
MUTANTS_FILE, TRIALS_FILE = "mutants.json", "trials.jsonl"
MAX_BYTES = 4 * 2**20
GREEN, RED = 0, 1  # pytest's exit codes for all passed and some failed; any other is neither


class Mutant(Frozen, extra="ignore"):
    """One small change. ``line``: where its function begins."""

    id: str
    file: str
    function: str
    line: int = Field(ge=1)
    neutral: bool
    operator: str
    was: str
    now: str


class _Trial(Frozen, extra="ignore"):
    id: str
    ended: str
    exit: int | None = None


class _First(Frozen, extra="ignore"):
    covered: tuple[tuple[str, int], ...] | None
    seconds: float = 0.0
    exit: int | None = None


@dataclass(frozen=True)
class Trials:
    """What was tried. ``unknown``: a timeout or a crash; ``covered`` is None when nobody listened."""

    killed: tuple[Mutant, ...]
    survived: tuple[Mutant, ...]
    unknown: tuple[Mutant, ...]
    steady: tuple[Mutant, ...]  # neutral edits that left the tests green
    upset: tuple[Mutant, ...]  # ... and that turned them red
    covered: frozenset[tuple[str, int]] | None
    seconds: float
    repeated: bool = True  # the unchanged code passed again

    @property
    def decided(self) -> int:
        """Mutants that were noticed or not."""
        return len(self.killed) + len(self.survived)


def read(evidence: Evidence) -> Trials | None:
    """The trials, or None when none were made or their file is none.

    Raises:
        InfraError: our own list of mutants cannot be read.
    """
    if TRIALS not in evidence.stages or evidence.stages[TRIALS].ended is Ended.SKIPPED:
        return None
    mutants = _mutants(evidence)
    try:
        lines = (
            evidence.file(TRIALS, TRIALS_FILE, max_bytes=MAX_BYTES).read_text("utf-8", "replace").splitlines()
        )
        first = _First.model_validate_json(lines[0])
    except (SubmissionError, ValidationError, IndexError):
        return None
    seen: dict[str, _Trial] = {}
    for line in lines[1:]:
        try:
            trial = _Trial.model_validate_json(line)
        except ValidationError:
            continue
        seen.setdefault(trial.id, trial)
    return _sorted(mutants, seen, first)


def suspicion(found: Trials | None) -> str:
    """Why a person must look, or "": tests that turn red where nothing changed know more than they test."""
    if found is None:
        return ""
    if not found.repeated:
        return "the tests passed, and failed twice when they were run again on the same code"
    tried = len(found.steady) + len(found.upset)
    if tried < 2 or len(found.upset) * 2 < tried:
        return ""
    return f"the tests turn red on {len(found.upset)} of {tried} edits after which the code does what it did"


def upset_finding(mutant: Mutant) -> Finding:
    """An edit that changes nothing, and turned the tests red."""
    return Finding(
        what=f"{mutant.function}: `{mutant.was}` as `{mutant.now}` changes nothing, and the tests fail"[
            :2000
        ],
        place=Place(file=mutant.file, line=mutant.line),
        severity=Severity.MAJOR,
        fix="test what the code does, not how it is written",
        rule="upset",
    )


def _sorted(mutants: tuple[Mutant, ...], seen: dict[str, _Trial], first: _First) -> Trials:
    tried = [(mutant, seen[mutant.id]) for mutant in mutants if mutant.id in seen]

    def those(*, neutral: bool, code: int | None) -> tuple[Mutant, ...]:
        return tuple(m for m, trial in tried if m.neutral is neutral and _code(trial) == code)

    return Trials(
        killed=those(neutral=False, code=RED),
        survived=those(neutral=False, code=GREEN),
        unknown=those(neutral=False, code=None),
        steady=those(neutral=True, code=GREEN),
        upset=those(neutral=True, code=RED),
        covered=None if first.covered is None else frozenset(first.covered),
        seconds=first.seconds,
        repeated=first.exit == GREEN,
    )


def _code(trial: _Trial) -> int | None:
    return trial.exit if trial.ended == "exit" and trial.exit in (GREEN, RED) else None


def _mutants(evidence: Evidence) -> tuple[Mutant, ...]:
    try:
        found = json.loads(evidence.file(MUTANTS, MUTANTS_FILE).read_bytes())
        return tuple(Mutant.model_validate_json(json.dumps(entry)) for entry in found)
    except (SubmissionError, OSError, ValueError, TypeError) as error:
        raise InfraError(
            f"our list of mutants cannot be read: {type(error).__name__}", hint="grade it again"
        ) from error
