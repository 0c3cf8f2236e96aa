"""C3: do the tests notice mistakes with tables and models, and does anybody notice broken data?

    value = mean of the two parts that could be tried

    mistakes   rate x breadth x steadiness, as C2 has them, of mistakes that people make with tables and
               models: a cleaning step forgotten, a key dropped, the other column of a probability
               (table_operators.py). Nothing up to 20 %, all from 70 %: a tenth less than C2, as about that
               many change nothing that a small table shows. Breadth: of such mistakes that were drawn over
               all functions, the share in functions that the tests call, full from half
    broken     of the broken tables that were noticed or not, the share that was: all from three of four

C2 judges all other mistakes and not these, so that one lapse is charged once. Both share their runs of the
tests. A table is noticed where the tests turn red on it or training refuses it and says why: tests on small
tables of their own never see the data, and need not (breakages.py). An interval is Wilson's (1927) of each
share, halves added in quadrature.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from pydantic import Field

from graders import analysis
from graders.statistics import ramp
from graders.testing import breakages, trials
from graders.testing.breakages import Breakage, Broken
from graders.testing.mutation import ENOUGH_COVERED, LEAST_DECIDED, NOTHING_AT, UNPROVED, wilson
from graders.testing.trials import Mutant, Trials
from harness.errors import InfraError
from harness.model import (
    AnswerKey,
    Chart,
    Ended,
    Evidence,
    ExtraStage,
    Finding,
    Grader,
    Params,
    Place,
    Score,
    Severity,
)

ALL_AT = 0.70  # ours; see above
ALL_NOTICED = 0.75  # ours: an outlier or a swapped outcome may pass an honest check
SHOWN = 8
FIX = "assert on a value for a small table in which this would show"
CHECK = "check tables as they are read: columns, rows, that columns are filled; and name what is wrong"
FAIR = "refuse what is wrong, not what is different: other rows, other ids, one column more"


class DataMistakesParams(Params):
    """``least_decided``: with fewer mistakes tried nothing is proved either way."""

    least_decided: int = Field(default=LEAST_DECIDED, ge=1)


@dataclass(frozen=True)
class Half:
    """One part: its value and the ends of its interval, what it was read from, and what it lost."""

    name: str
    value: float
    low: float
    high: float
    told: str
    findings: tuple[Finding, ...] = ()
    advice: str = ""


def grade(evidence: Evidence, key: AnswerKey, params: DataMistakesParams) -> Score:
    """The mean of what could be tried."""
    broken = breakages.read(evidence)
    tried = trials.read(evidence)
    halves = [h for h in (_mistakes(evidence, tried, params), _broken(broken)) if h is not None]
    if not halves:
        return _missing("there was nothing to break: no such code, and no table that training reads")
    value = sum(h.value for h in halves) / len(halves)
    down, up = (
        math.sqrt(sum(width * width for width in widths)) / len(halves)
        for widths in ([h.value - h.low for h in halves], [h.high - h.value for h in halves])
    )
    return Score.graded(
        value,
        " ".join(h.told for h in halves),
        interval=(max(0.0, value - down), min(1.0, value + up)),
        earn_back="; ".join(h.advice for h in halves if h.value < 1.0 and h.advice),
        findings=tuple(f for h in halves for f in h.findings),
        measures={h.name: round(h.value, 6) for h in halves} | _counts(tried, broken),
        charts=(_chart(tried, broken),),
        suspicious=trials.suspicion(tried),
    )


def _mistakes(evidence: Evidence, found: Trials | None, params: DataMistakesParams) -> Half | None:
    """None where the code has nothing in which such a mistake could be made."""
    if trials.TRIALS not in evidence.stages:
        raise InfraError(
            "the tests were not tried on mistakes", hint="assignment.yaml: stages: [test-mutants]"
        )
    if found is None:
        result = evidence.result(trials.TRIALS)
        why = result.reason if result.ended is Ended.SKIPPED else "the trials left nothing that can be read"
        return _nothing(f"No mistake was tried: {why}.")
    if not found.repeated:
        return _nothing("The tests passed once, and failed twice when they were run again on the same code.")
    tally = found.tables
    if not tally.drawn:
        return None
    breadth, told = _breadth(found)
    factor = breadth * found.steadiness
    looks = trials.look_findings(found)
    if tally.decided < min(params.least_decided, len(tally.drawn)):
        return _too_few(found, factor, looks)
    rate = len(tally.killed) / tally.decided
    low, high = wilson(len(tally.killed), tally.decided)
    if found.covered is None:
        rate, low, high = (min(1.0, share / ENOUGH_COVERED) for share in (rate, low, high))
    rate, low, high = (ramp(share, zero=NOTHING_AT, full=ALL_AT) * factor for share in (rate, low, high))
    return Half(
        "mistakes",
        rate,
        low,
        high,
        f"{len(tally.killed)} of {tally.decided} mistakes with tables and models were noticed; "
        f"{len(tally.unknown)} show nothing. {told}",
        (*(_survivor(m) for m in tally.survived[:SHOWN]), *_uncalled(found, breadth), *looks),
        FIX,
    )


def _breadth(found: Trials) -> tuple[float, str]:
    """Of what could go wrong, the share that the tests call."""
    if found.covered is None:
        return 1.0, ""
    called = sum((m.file, m.line) in found.covered for m in found.tables.drawn)
    share = called / len(found.tables.drawn)
    return min(1.0, share / ENOUGH_COVERED), f"The tests call the functions of {share:.0%} of those drawn."


def _uncalled(found: Trials, breadth: float) -> tuple[Finding, ...]:
    if breadth == 1.0 or found.covered is None:
        return ()
    missed = [m for m in found.tables.drawn if (m.file, m.line) not in found.covered]
    first = {(m.file, m.line): m for m in missed}
    return tuple(
        Finding(
            what=f"{m.function}: no test calls it",
            place=Place(file=m.file, line=m.line),
            fix=FIX,
            rule="not-called",
        )
        for m in list(first.values())[:SHOWN]
    )


def _too_few(found: Trials, factor: float, looks: tuple[Finding, ...]) -> Half:
    tally = found.tables
    why = f"Only {tally.decided} mistakes with tables could be tried: the tests take {found.seconds:.0f} s."
    act = "faster tests of more functions: small tables made in the test, no training on the full data"
    value = UNPROVED * factor if tally.decided or found.seconds > LEAST_DECIDED else 0.0
    finding = Finding(what=why, place=Place(stage=trials.TRIALS), fix=act, rule="few-mutants")
    return Half("mistakes", value, 0.0, factor, why, (finding, *looks), act)


def _nothing(why: str) -> Half:
    finding = Finding(
        what=why[:2000], place=Place(stage=trials.TRIALS), severity=Severity.MAJOR, rule="not-tried"
    )
    return Half("mistakes", 0.0, 0.0, 0.0, why[:1500], (finding,), "tests that pass")


def _broken(broken: Broken) -> Half | None:
    """None where there was no table to break."""
    if not broken.trained:
        why = "Training fails on the data as they are, so nothing is shown by its failing on broken ones."
        finding = Finding(what=why, place=Place(stage="train"), severity=Severity.MAJOR, rule="not-trained")
        return Half("broken", 0.0, 0.0, 0.0, why, (finding,), "training that works")
    if not broken.found:
        return None
    seconds = f"({broken.seconds:.0f} s)"
    if not broken.decided:
        told = f"What becomes of broken tables is not known: training takes too long {seconds}."
        finding = Finding(what=told, place=Place(stage=breakages.STAGE), fix="faster training", rule="slow")
        return Half("broken", UNPROVED, 0.0, 1.0, told, (finding,), "faster training, or checks before it")
    many = len(broken.decided)
    ends = (broken.noticed / many, *wilson(broken.noticed, many))
    value, low, high = (ramp(share, zero=0.0, full=ALL_NOTICED) for share in ends)
    told = f"{broken.noticed} of {many} broken tables were noticed {seconds}."
    lost = [b for b in broken.decided if not b.noticed]
    advice = FAIR if any(b.unfair for b in lost) else CHECK
    return Half("broken", value, low, high, told, tuple(_passed(b) for b in lost), advice)


def _passed(breakage: Breakage) -> Finding:
    fix = (
        FAIR if breakage.unfair else "say which column or table is wrong, and how" if breakage.mute else CHECK
    )
    return Finding(
        what=f"{breakage.words}: {breakage.told}"[:2000],
        place=Place(file=breakage.variant.file, stage=breakage.stage),
        severity=Severity.MINOR if breakage.mute else Severity.MAJOR,
        fix=fix,
        rule=f"not-noticed-{breakage.variant.name}",
    )


def _survivor(mutant: Mutant) -> Finding:
    return Finding(
        what=f"{mutant.function}: `{mutant.was}` as `{mutant.now}` fails no test"[:2000],
        place=Place(file=mutant.file, line=mutant.line),
        severity=Severity.MINOR,
        fix=FIX,
        rule=f"survived-{mutant.operator}",
    )


def _missing(why: str) -> Score:
    finding = Finding(what=why, place=Place(stage=breakages.STAGE), rule="nothing-to-break")
    return Score.missing(f"{why[:1].upper()}{why[1:]}.", earn_back="code and tests", findings=(finding,))


def _counts(found: Trials | None, broken: Broken) -> dict[str, float]:
    tally = found.tables if found else trials.Tally()
    return {
        "killed": float(len(tally.killed)),
        "survived": float(len(tally.survived)),
        "unknown": float(len(tally.unknown)),
        "broken.noticed": float(broken.noticed),
        "broken.decided": float(len(broken.decided)),
    }


def _chart(found: Trials | None, broken: Broken) -> Chart:
    tally = found.tables if found else trials.Tally()
    bars = {
        "mistakes noticed": len(tally.killed),
        "not noticed": len(tally.survived),
        "unknown": len(tally.unknown),
        "broken tables noticed": broken.noticed,
        "not noticed of those": len(broken.decided) - broken.noticed,
    }
    return Chart(
        kind="bars",
        title="Mistakes with tables and models, and broken tables",
        y_label="how many",
        x=tuple(bars),
        y=tuple(float(n) for n in bars.values()),
        caption="Mistakes are noticed by tests; broken tables by tests, or by training that refuses them.",
    )


GRADER = Grader(
    name="data_mistakes",
    needs=(analysis.STAGE, breakages.STAGE),
    params=DataMistakesParams,
    grade=grade,
    asks=(ExtraStage.TRIALS,),
)
