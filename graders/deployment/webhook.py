"""D9: whoever is to be told of a row is told once, also when it does not listen at first.

value = (.35 told + .25 retried + .25 once + .15 free) x (1, or .5 when the answers to all rows are one)

A row is due when it was answered with the plan's ``webhook_from`` or more; heard is what the receiver
answered with 2xx (docker/runner/webhook.py). Without a call that was heard, nothing shows, and all is 0.

told     share of the due rows of a receiver that listens which were heard, with the prediction to 1e-6
retried  the same of rows that it was told of and did not hear, and of those that became due while it said 503
         or nothing and were never told of
once     1 - 2 x the share, of all that was heard, of rows heard more than once or not due (whether a row
         without an answer was due is not known). Each row of the first part is asked twice, and of the second
         three times at one moment
free     share of the due rows, asked while the receiver was down or kept everybody waiting, that were
         answered without waiting for it: no later than the service's slowest answer when there was nobody to
         tell, and most of the receiver's pause. A row that got no answer waited

A part for which no row was due is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from graders.deployment import observed
from graders.deployment.observed import FEWEST_ANSWERS, MOST_ENTRIES, Asked, Entry, Health, Probe, quoted
from graders.deployment.parts import Part, first_of, score
from harness.errors import InfraError
from harness.model import (
    AnswerKey,
    Ended,
    Evidence,
    ExtraStage,
    Finding,
    Grader,
    NoParams,
    Place,
    Score,
    Severity,
    Trust,
)

STAGE, FILE = ExtraStage.WEBHOOK.value, "webhook.json"
TOLD, RETRIED, ONCE, FREE = 0.35, 0.25, 0.25, 0.15
SAME = 1e-6
A_SURPLUS = 2.0  # half of all heard rows told twice, and nothing is left of `once`
WAITED = 0.8  # of the receiver's pause: who took as much longer than usual waited for it
NOT_ASKED = "not asked"  # so begins what docker/runner/probe.py says of a row when its time is up
STUB = 0.5
LISTENED, NOT_LISTENED = ("usual", "together"), ("down", "deaf")
MOODS = {"usual": "listening", "together": "listening", "down": "down", "deaf": "slow"}
ACT_TOLD = (
    "when WEBHOOK_URL is set, POST {id, prediction} there for each ticket at or above the threshold, "
    "from a queue that a thread works off"
)
ACT_RETRIED = "keep in the queue what was not answered with 2xx, and send it again after a second or two"
ACT_ONCE = (
    "remember the ids that were queued, in one place for all workers and under a lock, and queue each once"
)
ACT_FREE = "put it into a queue and answer the request; let a thread of its own do the sending"


class Told(Asked):
    """A row that was asked, in which part."""

    part: Literal["usual", "together", "down", "deaf"]


class Call(Entry):
    """A row that the receiver was told of. ``heard``: it said 2xx."""

    id: str = Field(max_length=200)
    prediction: float | None = Field(allow_inf_nan=False)
    heard: bool


class Calls(Entry):
    """webhook.json. ``odd``: calls that told of no row. ``listening``: the port of WEBHOOK_URL was free."""

    version: Literal[1]
    health: Health
    least: float = Field(allow_inf_nan=False)
    deaf_s: float = Field(gt=0)
    listening: bool
    asked: tuple[Told, ...] = Field(max_length=MOST_ENTRIES)
    calls: tuple[Call, ...] = Field(max_length=MOST_ENTRIES)
    odd: int = Field(ge=0)


@dataclass(frozen=True)
class Seen:
    """What was due, by id: its prediction and its part; and what was heard, by id."""

    calls: Calls
    due: Mapping[str, Told]
    heard: Mapping[str, Sequence[float | None]]
    refused: frozenset[str]  # called for at least once without being heard

    def due_in(self, *parts: str) -> list[Told]:
        """The rows that became due in these parts."""
        return [one for one in self.due.values() if one.part in parts]

    @property
    def to_retry(self) -> list[Told]:
        """The rows that a second call was needed for, or that never got their first."""
        late = {one.id for one in self.due_in(*NOT_LISTENED) if one.id not in self.heard}
        return [one for one in self.due.values() if one.id in self.refused | late]

    def right(self, row: Told) -> bool:
        """It was heard, each time with the prediction that was answered."""
        values = self.heard.get(row.id, ())
        return bool(values) and all(
            v is not None and abs(v - (row.prediction or 0.0)) <= SAME for v in values
        )


def grade(evidence: Evidence, key: AnswerKey, params: NoParams) -> Score:
    """The four parts."""
    found = observed.probe(evidence)
    if isinstance(found, Score):
        return found
    result = evidence.result(STAGE)
    if result.writer is Trust.TOOLS and result.ended is not Ended.FINISHED:
        raise InfraError(f"our prober failed: {result.reason or result.ended.value}", hint=observed.HINT)
    if FILE not in result.files:
        return _nothing(f"Started with WEBHOOK_URL, the service was not there: {_why(evidence)}.")
    calls = observed.read(evidence, STAGE, FILE, Calls)
    if calls.health.seconds is None:
        return _nothing(f"Started with WEBHOOK_URL, the service never was healthy: {_why(evidence)}.")
    if not calls.listening:
        return _nothing("The service itself listens at the port of WEBHOOK_URL.")
    seen = _seen(calls)
    if not seen.due:
        return _nothing(f"No row was answered with {calls.least:g} or more, so that nobody was to be told.")
    if not seen.heard:
        return _nothing(_unheard(seen))
    parts = [
        _shared("told", TOLD, seen, seen.due_in(*LISTENED), "that became due while it listened", ACT_TOLD),
        _shared("retried", RETRIED, seen, seen.to_retry, "that it did not hear at first", ACT_RETRIED),
        _once(seen),
        _free(seen, found),
    ]
    answers = {round(one.prediction, 6) for one in calls.asked if one.prediction is not None}
    what = "The answers to different rows are all the same: any row would be told of"
    because = _finding(what, "one-answer", "answer each row with its own prediction")
    factor = 1.0 if len(answers) >= FEWEST_ANSWERS else STUB
    measures = {"due": float(len(seen.due)), "heard": float(len(seen.heard))}
    return score([p for p in parts if p is not None], factor=factor, because=because, measures=measures)


def _seen(calls: Calls) -> Seen:
    due: dict[str, Told] = {}
    for one in calls.asked:
        if one.prediction is not None and one.prediction >= calls.least:
            due.setdefault(one.id, one)
    heard: dict[str, list[float | None]] = {}
    for call in calls.calls:
        if call.heard:
            heard.setdefault(call.id, []).append(call.prediction)
    return Seen(calls, due, heard, frozenset(call.id for call in calls.calls if not call.heard))


def _unheard(seen: Seen) -> str:
    if seen.calls.calls:
        return (
            f"The receiver was called, but never again after it had said 503: {len(seen.due)} rows were due."
        )
    if seen.calls.odd:
        return (
            f"{seen.calls.odd} calls came to the receiver, and none was a POST to its path with an id in its "
            f"JSON; {len(seen.due)} rows were due."
        )
    return f"The receiver was never called, and {len(seen.due)} rows were due."


def _shared(name: str, weight: float, seen: Seen, due: Sequence[Told], when: str, act: str) -> Part | None:
    if not due:
        return None
    lost = [row for row in due if not seen.right(row)]
    told = f"Of {len(due)} rows {when}, the receiver heard {len(due) - len(lost)} in the end."
    findings = first_of([_finding(_lost(seen, row), f"not-{name}", act) for row in lost])
    return Part(name, weight, 1.0 - len(lost) / len(due), told, findings, act)


def _lost(seen: Seen, row: Told) -> str:
    answered = (
        f"row {quoted(row.id)}, answered with {row.prediction!r} while the receiver was {MOODS[row.part]},"
    )
    values = seen.heard.get(row.id)
    return f"{answered} was heard with {values[0]!r}" if values else f"{answered} was never heard"


def _once(seen: Seen) -> Part:
    often = {name: len(values) for name, values in seen.heard.items() if len(values) > 1}
    unanswered = {one.id for one in seen.calls.asked if one.prediction is None} - seen.due.keys()
    strange = [name for name in seen.heard if name not in seen.due and name not in unanswered]
    surplus = len({*often, *strange}) / len(seen.heard)
    if not surplus:
        return Part("once", ONCE, 1.0, f"None of {len(seen.heard)} was heard twice.")
    told = f"Of {len(seen.heard)} rows that were heard, {len(often)} were more than once"
    told += f", and {len(strange)} were not due." if strange else "."
    known = Counter(one.id for one in seen.calls.asked)
    findings = [
        _finding(
            f"row {quoted(name)}, asked {known[name]} times, was heard {count} times", "heard-twice", ACT_ONCE
        )
        for name, count in often.items()
    ] + [_finding(f"row {quoted(name)} was heard and not due", "not-due", ACT_TOLD) for name in strange]
    return Part("once", ONCE, max(0.0, 1.0 - A_SURPLUS * surplus), told, first_of(findings), ACT_ONCE)


def _free(seen: Seen, usual: Probe) -> Part | None:
    asked = [
        one
        for one in seen.calls.asked
        if one.part in NOT_LISTENED
        and not one.fault.startswith(NOT_ASKED)
        and (one.prediction is None or one.prediction >= seen.calls.least)
    ]
    if not asked:
        return None
    # a list takes longer than a row, and a slow service waits for nobody: as it was without WEBHOOK_URL
    alone_s = max((one.seconds for one in (*usual.one, *usual.many)), default=0.0)
    latest_s = alone_s + WAITED * seen.calls.deaf_s
    slow = [one for one in asked if one.prediction is None or one.seconds >= latest_s]
    told = (
        "" if not slow else f"{len(slow)} of {len(asked)} rows waited for a receiver that was down or slow."
    )
    findings = [
        _finding(
            f"row {quoted(one.id)}: {one.told if one.prediction is None else 'answered'} after "
            f"{one.seconds:.1f} s, while the receiver was {MOODS[one.part]}",
            "kept-waiting",
            ACT_FREE,
        )
        for one in slow
    ]
    return Part("free", FREE, 1.0 - len(slow) / len(asked), told, first_of(findings), ACT_FREE)


def _nothing(why: str) -> Score:
    finding = _finding(why, "nobody-told", ACT_TOLD)
    return Score.graded(0.0, why, earn_back=ACT_TOLD, findings=(finding,))


def _why(evidence: Evidence) -> str:
    result = evidence.result(STAGE)
    return (result.reason or result.ended.value).rstrip(".")


def _finding(what: str, rule: str, fix: str) -> Finding:
    place = Place(file=FILE, stage=STAGE)
    return Finding(what=what[:2000], place=place, severity=Severity.MAJOR, fix=fix, rule=rule)


GRADER = Grader(name="webhook", needs=(), params=NoParams, grade=grade, asks=(ExtraStage.WEBHOOK,))
