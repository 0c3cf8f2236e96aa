"""D8: does the monitor raise its alarm when the world changed, and keep quiet when it did not?

Six batches, each alone in a fresh container beside the same reference: one of after a change, five that
differ from the reference by chance only. The value is power (the share of changed batches that raise the
alarm) times quiet (the share of unchanged ones that do not), so that neither an alarm that always rings nor
one that never does earns anything.

The answer is a JSON object with ``"alarm": true`` or ``false``; its other members are for people. A batch
without a readable answer is neither an alarm nor quiet.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from harness.errors import InfraError, SubmissionError
from harness.model import (
    MONITOR_STAGES,
    AnswerKey,
    Ended,
    Evidence,
    Finding,
    Grader,
    NoParams,
    Place,
    Score,
    Severity,
    StageResult,
)

FILE, TABLE = "monitor.json", "monitor"
MAX_BYTES = 1_000_000
ADVICE = "compare shares and quantiles, and ask for a change that chance hardly reaches"


@dataclass(frozen=True)
class Answer:
    """What was said of one batch. ``alarm`` is None where nothing readable was said."""

    stage: str
    shifted: bool
    alarm: bool | None
    why: str = ""

    @property
    def right(self) -> bool:
        """An alarm for a change, and none for chance."""
        return self.alarm is self.shifted


def grade(evidence: Evidence, key: AnswerKey, params: NoParams) -> Score:
    """Power times quiet."""
    shifted = _key(key)
    results = [evidence.result(stage) for stage in MONITOR_STAGES]
    if all(result.ended is Ended.SKIPPED for result in results):
        return _none(evidence, results[0])
    answers = [_answer(evidence, result, shifted[n]) for n, result in enumerate(results, 1)]
    changed, same = [a for a in answers if a.shifted], [a for a in answers if not a.shifted]
    power = sum(a.right for a in changed) / len(changed)
    quiet = sum(a.right for a in same) / len(same)
    told = f"{sum(a.right for a in changed)} of {len(changed)} changed batches raise the alarm"
    still = f"{sum(a.right for a in same)} of {len(same)} unchanged ones keep quiet"
    lost = [a for a in answers if not a.right]
    return Score.graded(
        power * quiet,
        f"{told}; {still}.",
        earn_back=ADVICE if lost else "",
        findings=tuple(_finding(a) for a in lost),
        measures={"power": power, "quiet": quiet},
    )


def _key(key: AnswerKey) -> dict[int, bool]:
    """Which of the batches is of after a change.

    Raises:
        InfraError: the sealed table is not what the data set writes.
    """
    table, hint = key.table(TABLE), "delete the edition's folder: it is generated again from its seed"
    if not {"batch", "shifted"} <= set(table.columns) or table["shifted"].dtype != bool:
        raise InfraError(f"the answer key's table {TABLE!r} lacks batch or shifted", hint=hint)
    found = dict(zip(table["batch"].tolist(), table["shifted"].tolist(), strict=True))
    whole = len(table) == len(MONITOR_STAGES) and set(found) == set(range(1, len(MONITOR_STAGES) + 1))
    if not whole or len(set(found.values())) < 2:
        raise InfraError(
            f"the answer key's table {TABLE!r} does not tell {len(MONITOR_STAGES)} batches apart", hint=hint
        )
    return found


def _answer(evidence: Evidence, result: StageResult, shifted: bool) -> Answer:
    if result.ended is not Ended.FINISHED:
        return Answer(result.stage, shifted, None, result.reason or result.ended.value)
    try:
        text = evidence.file(result.stage, FILE, max_bytes=MAX_BYTES).read_bytes().decode("utf-8-sig")
        found = json.loads(text)
    except (SubmissionError, ValueError, RecursionError) as error:
        why = str(error) if isinstance(error, SubmissionError) else "its answer is no JSON"
        return Answer(result.stage, shifted, None, why)
    said = found.get("alarm") if isinstance(found, dict) else None
    if not isinstance(said, bool):
        return Answer(result.stage, shifted, None, 'its answer has no "alarm": true or false')
    return Answer(result.stage, shifted, said)


def _none(evidence: Evidence, first: StageResult) -> Score:
    if first.stage not in evidence.stages:
        raise InfraError("the monitor was not run", hint="assignment.yaml: stages: [monitor]")
    return Score.missing(
        f"There is no monitor: {first.reason}.",
        earn_back="declare commands.monitor in submission.toml",
        findings=(
            Finding(what=first.reason or "no monitor", place=Place(stage=first.stage), rule="no-monitor"),
        ),
    )


def _finding(answer: Answer) -> Finding:
    what = {
        None: f"no answer: {answer.why}",
        True: "an alarm, though nothing but chance is between the two",
        False: "no alarm, though the data had changed",
    }[answer.alarm]
    return Finding(
        what=what[:2000],
        place=Place(stage=answer.stage, file=FILE),
        severity=Severity.MAJOR if answer.shifted else Severity.MINOR,
        fix=ADVICE,
        rule="missed-change" if answer.shifted else "false-alarm",
    )


GRADER = Grader(name="monitor", needs=(), params=NoParams, grade=grade)
