"""C2: do the tests notice a mistake? Small mistakes are put into the code they run, one at a time.

    value = rate x breadth x steadiness

    rate        of the mutants that were noticed or not, the share that was: nothing up to 20 %, all from 80 %
    breadth     of the code's statements, the share in functions that the tests call: full from half on
                where nobody could listen to what is called (unittest and others), mistakes in code that no
                test calls are among those that survive, and the rate is held against half of all
    steadiness  of the edits that change nothing, the share that left the tests green; 0 when no test fails
                where every function fails and passes where every function does what it did

Mistakes with tables and models are C3's (data_mistakes.py), so that no lapse is charged twice.
Timeouts and crashes show neither and count as nothing (with forks and threads they were 31 false kills of a
hundred). The interval is Wilson's (1927) of the rate: the mutants are a sample of a number fixed
beforehand; fewer only where the tests are slow.
Tests that compare the code with what it was, or that know that they are watched, turn red on edits that
change nothing, and lose by it.
"""

from __future__ import annotations

import math

from pydantic import Field

from graders import analysis
from graders.statistics import Z95, ramp
from graders.testing import trials
from graders.testing.trials import Mutant, Trials
from harness.model import AnswerKey, Chart, Evidence, Finding, Grader, Params, Place, Score, Severity

NOTHING_AT, ALL_AT = 0.20, 0.80  # ours: a suite of smoke tests kills a fifth or so, careful ones 70 to 90 %
ENOUGH_COVERED = 0.5  # ours: entry points and plots are rarely tested, the core should be
LEAST_DECIDED = 5
UNPROVED = 0.5  # the tests are green and too slow, or too few, to be tried on mistakes
SHOWN = 8
PLACE = Place(stage=trials.TRIALS)
FIX = "assert what the function returns for a case where this would show"


class MutationParams(Params):
    """``least_decided``: with fewer mutants tried nothing is proved either way."""

    least_decided: int = Field(default=LEAST_DECIDED, ge=1)


def grade(evidence: Evidence, key: AnswerKey, params: MutationParams) -> Score:
    """The product of the three factors."""
    found = trials.read(evidence)
    if found is None:
        return _missing("the trials of the tests on small mistakes left nothing that can be read")
    if not found.repeated:
        return _not_repeated(found)
    steadiness = found.steadiness
    breadth, told = _breadth(evidence, found)
    if not found.drawn:
        return _missing("no mistake could be put into the code: it has no functions to put one into")
    if found.decided < params.least_decided:
        return _too_few(found, breadth * steadiness)
    rate = len(found.killed) / found.decided
    low, high = wilson(len(found.killed), found.decided)
    if found.covered is None:
        rate, low, high = (min(1.0, share / ENOUGH_COVERED) for share in (rate, low, high))
    factor = breadth * steadiness
    return Score.graded(
        _worth(rate) * factor,
        f"{len(found.killed)} of {found.decided} mistakes were noticed; {len(found.unknown)} show nothing. "
        f"{told}{_about(found)}",
        interval=(_worth(low) * factor, _worth(high) * factor),
        earn_back="" if rate >= ALL_AT and factor == 1.0 else FIX,
        findings=(
            *(_survivor(m) for m in found.survived[:SHOWN]),
            *(trials.upset_finding(m) for m in found.upset[:SHOWN]),
        ),
        measures={"rate": round(rate, 6), "breadth": round(breadth, 6), "steadiness": round(steadiness, 6)}
        | {"killed": float(len(found.killed)), "survived": float(len(found.survived))}
        | {"unknown": float(len(found.unknown)), "upset": float(len(found.upset))},
        charts=(_chart(found),),
        suspicious=trials.suspicion(found),
    )


def wilson(successes: int, trials_made: int) -> tuple[float, float]:
    """The 95 % interval of a share by E. B. Wilson (JASA 22, 1927)."""
    n, share = trials_made, successes / trials_made
    middle = share + Z95**2 / (2 * n)
    half = Z95 * math.sqrt(share * (1 - share) / n + Z95**2 / (4 * n * n))
    scale = 1 + Z95**2 / n
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def _worth(rate: float) -> float:
    return ramp(rate, zero=NOTHING_AT, full=ALL_AT)


def _share(some: int, of: int) -> float:
    return some / of if of else 1.0


def _breadth(evidence: Evidence, found: Trials) -> tuple[float, str]:
    """How much of the code the tests run, by the statements of its functions; and in words."""
    if found.covered is None:
        return 1.0, ""
    pieces = [f for f in analysis.read(evidence).weighty if not f.top_level and f.cell is None]
    total = sum(f.statements for f in pieces)
    seen = sum(f.statements for f in pieces if (f.path, f.line) in found.covered)
    share = _share(seen, total)
    return min(1.0, share / ENOUGH_COVERED), f"The tests call functions with {share:.0%} of the statements. "


def _about(found: Trials) -> str:
    if not found.upset:
        return ""
    return f"{len(found.upset)} edits that change nothing turned them red."


def _too_few(found: Trials, factor: float) -> Score:
    why = f"Only {found.decided} mistakes could be tried: the tests take {found.seconds:.0f} s."
    act = "faster tests of more functions: small tables made in the test, no training on the full data"
    finding = Finding(
        what=why, place=Place(stage=trials.TRIALS), severity=Severity.MINOR, fix=act, rule="few-mutants"
    )
    value = UNPROVED * factor if found.decided or found.seconds > LEAST_DECIDED else 0.0
    return Score.graded(value, why, earn_back=act, findings=(finding,), suspicious=trials.suspicion(found))


def _not_repeated(found: Trials) -> Score:
    why = "The tests passed once, and failed twice when they were run again on the same code."
    act = "tests that give the same answer every time: no clocks, no network, no order, fixed seeds"
    finding = Finding(what=why, place=PLACE, severity=Severity.MAJOR, fix=act, rule="not-repeatable")
    return Score.graded(0.0, why, earn_back=act, findings=(finding,), suspicious=trials.suspicion(found))


def _missing(why: str) -> Score:
    finding = Finding(
        what=why[:2000], place=Place(stage=trials.TRIALS), severity=Severity.MAJOR, rule="not-tried"
    )
    return Score.missing(f"{why[:1500]}.", earn_back="tests that pass", findings=(finding,))


def _survivor(mutant: Mutant) -> Finding:
    return Finding(
        what=f"{mutant.function}: `{mutant.was}` as `{mutant.now}` fails no test"[:2000],
        place=Place(file=mutant.file, line=mutant.line),
        severity=Severity.MINOR,
        fix=FIX,
        rule=f"survived-{mutant.operator}",
    )


def _chart(found: Trials) -> Chart:
    groups = {
        "noticed": found.killed,
        "not noticed": found.survived,
        "unknown": found.unknown,
        "upset": found.upset,
    }
    return Chart(
        kind="bars",
        title="What the tests made of small mistakes",
        y_label="mutants",
        x=tuple(groups),
        y=tuple(float(len(group)) for group in groups.values()),
        caption="Each is the code with one small mistake; `upset` are edits after which it does what it did.",
    )


GRADER = Grader(name="mutation", needs=(analysis.STAGE, trials.TRIALS), params=MutationParams, grade=grade)
