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

TESTS, MUTANTS, TRIALS = "test", "mutants", "test-mutants"
MUTANTS_FILE, TRIALS_FILE = "mutants.json", "trials.jsonl"
MAX_BYTES = 16 * 2**20
MOST_LOOK = 0.5  # a linter or two among the tests are honest; a suite that only looks is not one
SLOWER = 3.0  # a run that was cut off after this many times what it took before waits for somebody to leave
SHOWN = 8
LOOKS = "test what the code does, not how it is written"
ORDERS = ("order-1", "order-2", "order-3")
GREEN, RED = 0, 1  # pytest's exit codes for all passed and some failed; any other is neither


class Mutant(Frozen, extra="ignore"):
    """One small change. ``line``: where its function begins.

    ``tables``: it is a mistake with tables or models. ``kinds``: what its function is for. ``part``: a copy
    in which only the functions of one kind fail, which are ``places``, or none.
    """

    id: str
    file: str
    function: str
    line: int = Field(ge=1)
    neutral: bool
    operator: str
    was: str
    now: str
    whole: bool = False
    part: bool = False
    tables: bool = False
    kinds: tuple[str, ...] = ()
    places: tuple[tuple[str, int, str], ...] = ()

    @property
    def single(self) -> bool:
        """One place is changed, not all of the code."""
        return not (self.whole or self.part)


class _Trial(Frozen, extra="ignore"):
    id: str
    ended: str
    exit: int | None = None
    how: str | None = None
    failed: tuple[str, ...] | None = None
    tests: int | None = None


class _First(Frozen, extra="ignore"):
    covered: tuple[tuple[str, int], ...] | None
    seconds: float = 0.0
    exit: int | None = None


@dataclass(frozen=True)
class Whole:
    """All tests on a copy that is changed throughout; ``failed`` is None where nobody took the names down."""

    green: bool
    failed: frozenset[str] | None = None
    tests: int = 0


@dataclass(frozen=True)
class Tally:
    """What became of the mistakes of one sort. ``unknown``: a timeout or a crash."""

    killed: tuple[Mutant, ...] = ()
    survived: tuple[Mutant, ...] = ()
    unknown: tuple[Mutant, ...] = ()
    drawn: tuple[Mutant, ...] = ()  # that could have been tried

    @property
    def decided(self) -> int:
        """Mutants that were noticed or not."""
        return len(self.killed) + len(self.survived)


@dataclass(frozen=True)
class Part:
    """A copy in which one kind of code fails; ``found`` is None where it was not tried, or nobody knows."""

    kind: str  # "" for the one in which nothing does
    places: tuple[tuple[str, int, str], ...]
    found: Whole | None


@dataclass(frozen=True)
class Trials:
    """What was tried. ``unknown``: a timeout or a crash; ``covered`` is None when nobody listened.

    ``broken`` and ``harmless``: the copies in which every function fails, or does what it did; None when
    that is not known.
    """

    killed: tuple[Mutant, ...]
    survived: tuple[Mutant, ...]
    unknown: tuple[Mutant, ...]
    steady: tuple[Mutant, ...]  # neutral edits that left the tests green
    upset: tuple[Mutant, ...]  # ... and that turned them red
    covered: frozenset[tuple[str, int]] | None
    seconds: float
    drawn: int = 0  # mistakes that could have been tried
    repeated: bool = True  # the unchanged code passed again, or was too slow to tell
    broken: Whole | None = None
    harmless: Whole | None = None
    tables: Tally = Tally()  # mistakes with tables and models; all others are those above
    parts: tuple[Part, ...] = ()
    disordered: frozenset[str] = frozenset()  # test functions that fail in another order, each time
    asserted: frozenset[str] = (
        frozenset()
    )  # mutants that no test noticed by an error of another kind than its own

    @property
    def noticing(self) -> float | None:
        """Of the test functions that run the code, the share that fails when every function fails.

        Those that fail when every function does what it did only look at how the code is written: they are
        not counted. None when this was not tried, 0 when nothing else is left.
        """
        if self.broken is None or self.harmless is None:
            return None
        if self.broken.green or (not self.harmless.green and not self.harmless.failed):
            return 0.0
        if not self.broken.failed:
            return 1.0  # it could not even be imported
        left = max(self.broken.tests, self.harmless.tests) - len(self._sighted)
        return min(1.0, len(self.broken.failed - self._sighted) / left) if left > 0 else 0.0

    @property
    def looks(self) -> bool:
        """Most tests fail where every function does what it did."""
        if self.harmless is None or self.harmless.green:
            return False
        return len(self._sighted) >= MOST_LOOK * self.harmless.tests  # also when nobody counted

    @property
    def sighted(self) -> frozenset[str]:
        """Test functions that fail where nothing changed."""
        idle = [part.found.failed or frozenset() for part in self.parts if not part.kind and part.found]
        return self._sighted.union(*idle)

    @property
    def steadiness(self) -> float:
        """The share of edits that change nothing and left the tests green; 0 for tests that only look."""
        if self.noticing == 0.0:
            return 0.0
        tried = len(self.steady) + len(self.upset)
        return len(self.steady) / tried if tried else 1.0

    @property
    def _sighted(self) -> frozenset[str]:
        return frozenset() if self.harmless is None else self.harmless.failed or frozenset()

    @property
    def decided(self) -> int:
        """Mutants that were noticed or not."""
        return len(self.killed) + len(self.survived)


def read(evidence: Evidence) -> Trials | None:
    """The trials, or None when none were made or their file is none.

    Raises:
        InfraError: our own list of mutants cannot be read.
    """
    if not attempted(evidence):
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
    return _sorted(mutants, seen, first, test_s=evidence.result(TESTS).seconds)


def attempted(evidence: Evidence) -> bool:
    """Whether there should be trials: the assignment asks for them, and the tests were green."""
    return TRIALS in evidence.stages and evidence.stages[TRIALS].ended is not Ended.SKIPPED


def suspicion(found: Trials | None) -> str:
    """Why a person must look, or "": tests that turn red where nothing changed know more than they test."""
    if found is None:
        return ""
    if not found.repeated:
        return "the tests passed, and failed twice when they were run again on the same code"
    if found.looks:
        return "the tests turn red on a copy in which every function does what it did"
    tried = len(found.steady) + len(found.upset)
    if tried < 2 or len(found.upset) * 2 < tried:
        return ""
    return f"the tests turn red on {len(found.upset)} of {tried} edits after which the code does what it did"


def look_findings(found: Trials) -> tuple[Finding, ...]:
    """Why steadiness is below 1: edits that upset the tests, or that they only look."""
    upset = tuple(upset_finding(mutant) for mutant in found.upset[:SHOWN])
    if found.noticing != 0.0 or upset:
        return upset
    what = "no test tells a copy that fails from one that only looks like it"
    place = Place(stage=TRIALS)
    return (Finding(what=what, place=place, severity=Severity.CRITICAL, fix=LOOKS, rule="only-looks"),)


def upset_finding(mutant: Mutant) -> Finding:
    """An edit that changes nothing, and turned the tests red."""
    return Finding(
        what=f"{mutant.function}: `{mutant.was}` as `{mutant.now}` changes nothing, and the tests fail"[
            :2000
        ],
        place=Place(file=mutant.file, line=mutant.line),
        severity=Severity.MAJOR,
        fix=LOOKS,
        rule="upset",
    )


def _sorted(mutants: tuple[Mutant, ...], seen: dict[str, _Trial], first: _First, *, test_s: float) -> Trials:
    tried = [(mutant, seen[mutant.id]) for mutant in mutants if mutant.id in seen]

    def those(*, neutral: bool, code: int | None, tables: bool = False) -> tuple[Mutant, ...]:
        fit = [(m, t) for m, t in tried if m.single and m.neutral is neutral and m.tables is tables]
        return tuple(m for m, t in fit if _code(t) == code)

    def copy(*, neutral: bool) -> Whole | None:
        return next((_whole(t) for m, t in tried if m.whole and m.neutral is neutral), None)

    return Trials(
        killed=those(neutral=False, code=RED),
        survived=those(neutral=False, code=GREEN),
        unknown=those(neutral=False, code=None),
        steady=those(neutral=True, code=GREEN),
        upset=those(neutral=True, code=RED),
        covered=None if first.covered is None else frozenset(first.covered),
        seconds=first.seconds,
        drawn=sum(m.single and not (m.neutral or m.tables) for m in mutants),
        repeated=first.exit == GREEN or (first.exit is None and first.seconds < SLOWER * test_s),
        broken=copy(neutral=False),
        harmless=copy(neutral=True),
        tables=Tally(
            killed=those(neutral=False, tables=True, code=RED),
            survived=those(neutral=False, tables=True, code=GREEN),
            unknown=those(neutral=False, tables=True, code=None),
            drawn=tuple(m for m in mutants if m.single and m.tables),
        ),
        parts=tuple(
            Part("".join(m.kinds), m.places, _part(seen[m.id]) if m.id in seen else None)
            for m in mutants
            if m.part
        ),
        disordered=frozenset(
            name
            for order in ORDERS
            if order in seen and seen[order].exit == RED
            for name in seen[order].failed or ()
        ),
        asserted=frozenset(m.id for m, t in tried if t.how != "error"),
    )


def _part(trial: _Trial) -> Whole | None:
    """As `_whole`, but tried once and under a budget: without an end nobody knows.

    Names that were taken down are of a run that came to its end, and was slow to leave.
    """
    if trial.ended != "timeout":
        return _whole(trial)
    return (
        Whole(green=False, failed=frozenset(trial.failed), tests=trial.tests or 0) if trial.failed else None
    )


def _whole(trial: _Trial) -> Whole:
    """Any end but 0 is red here: a copy that cannot even be imported ends with another exit code than 1.

    So is one that never ended, twice: the statements that were added take no time.
    """
    if trial.ended == "exit" and trial.exit == GREEN:
        return Whole(green=True)
    failed = frozenset(trial.failed) if trial.exit == RED and trial.failed else None
    return Whole(green=False, failed=failed, tests=trial.tests or 0)


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
