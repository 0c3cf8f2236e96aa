"""C1: the tests run, are green, and turn red when the code under them is broken.

    value = green x red x asserting x breadth x steady x ordered

    green      test functions that pass, over those we see in the files or those the run names, the larger
               number; halved when the run ends badly and its report does not say why; .7 when it ends well
               and names no test
    red        of those that passed, the share that no longer passes when every function of the code fails;
               where mistakes were tried, at most the share that does so on another such copy, and not on
               one in which every function is edited and does what it did
    asserting  the share of the test functions we see that assert anything
    breadth    test functions that assert, over `enough_tests`, at most 1
    steady     where mistakes were tried: of the edits that change nothing, the share that left them green
    ordered    1 - 2 x the share of the test functions that fail, each time, when all are run in another order
               (last first, and two drawn ones; files and classes stay together), at least .5

What passed is the candidate's claim; what exists and what asserts is our analyser's word. A suite that stays
green on broken code earns nothing, however many passes it claims.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from graders import analysis
from graders.analysis import Analysis, Function
from graders.testing import junit, trials
from graders.testing.junit import Claim
from graders.testing.trials import Trials
from harness.errors import InfraError
from harness.model import (
    SABOTAGED_TESTS,
    AnswerKey,
    Chart,
    Ended,
    Evidence,
    Finding,
    Grader,
    Params,
    Place,
    Score,
    Severity,
    StageResult,
)

STAGE, SABOTAGED = "test", SABOTAGED_TESTS
SHOWN = 10
UNNAMED = 0.7  # a run that ends well but names no test: it may have run all of them
CONTRADICTED = 0.5  # the run's exit code says failure, its report does not, or not enough
UNPROVED = 0.5  # nobody knows whether the tests would notice broken code
MANY = 5
DISORDER, LEAST_ORDERED = 2.0, 0.5  # one in ten costs a fifth; they pass in one order all the same
SAME = 1e-9


class TestsRunParams(Params):
    """``enough_tests``: fewer asserting tests cannot cover reading, cleaning, features and training."""

    __test__ = False  # pytest would take it for a test class by its name

    enough_tests: int = Field(default=5, ge=1)


@dataclass(frozen=True)
class Part:
    """One factor: its value, what it was read from, and the findings for what it lost."""

    name: str
    value: float
    told: str
    findings: tuple[Finding, ...] = ()
    advice: str = ""


def grade(evidence: Evidence, key: AnswerKey, params: TestsRunParams) -> Score:
    """The product of the factors."""
    found = analysis.read(evidence)
    run, claim = evidence.result(STAGE), junit.read(evidence, STAGE)
    if not found.tests:
        return _no_tests(claim)
    if run.ended is Ended.SKIPPED:
        return _not_run(found, run)
    green = _green(found.tests, run, claim)
    parts = [green, _asserting(found.tests), _breadth(found.tests, params.enough_tests)]
    stays_green, watchful = False, ""
    if green.value > 0.0:
        tried = trials.read(evidence)
        red = _red(evidence, run, claim)
        stays_green = red.value == 0.0
        parts.insert(1, _looked_at_again(red, tried, asked=trials.attempted(evidence)))
        parts += _steady(tried) + _ordered(tried, found.tests)
        watchful = trials.suspicion(tried)
    value = 1.0
    for part in parts:
        value *= part.value
    return Score.graded(
        value,
        " ".join(p.told for p in parts),
        earn_back="; ".join(p.advice for p in parts if p.value < 1.0 and p.advice),
        findings=tuple(f for p in parts for f in p.findings),
        measures={p.name: p.value for p in parts} | _counts(found, claim),
        charts=(_chart(parts),),
        suspicious=_suspicious(run, claim, stays_green) or watchful,
    )


def _green(tests: tuple[Function, ...], run: StageResult, claim: Claim | None) -> Part:
    finished = run.ended is Ended.FINISHED
    advice = "make every test pass, with no skips, offline and without your own machine's paths"
    if claim is None:
        value = UNNAMED if finished else 0.0
        told = (
            "The run ended well but left no report of what ran."
            if finished
            else f"The tests did not finish: {run.reason or run.ended.value}."
        )
        return Part(
            "green",
            value,
            told,
            (_run_finding(run, told),),
            "run the tests with pytest" if finished else advice,
        )
    expected = max(len(tests), claim.functions)
    value = len(claim.passed) / expected
    told = f"{len(claim.passed)} of {expected} test functions pass."
    findings = [_case_finding(name, state) for name, state in sorted(claim.other.items())[:SHOWN]]
    if claim.functions < len(tests):
        unrun = f"{len(tests) - claim.functions} test functions in the files were not run"
        findings.append(_run_finding(run, unrun))
    if not finished and not any(state != "skipped" for state in claim.other.values()):
        value *= CONTRADICTED
        told += f" But the run ended badly: {run.reason or run.ended.value}."
        findings.append(_run_finding(run, f"the report has no failure, but the run ended: {run.ended.value}"))
    return Part("green", value, told, tuple(findings), advice)


def _red(evidence: Evidence, run: StageResult, claim: Claim | None) -> Part:
    """What still passes on broken code checks nothing."""
    result = evidence.result(SABOTAGED)
    advice = "assert on what your own functions return, so that broken code fails the tests"
    if result.ended is Ended.SKIPPED and run.ended is Ended.FINISHED:
        raise InfraError(f"the tests were not tried on broken code: {result.reason}", hint="grade it again")
    if result.ended not in (Ended.FINISHED, Ended.FAILED):
        told = f"Whether the tests notice broken code is not known ({result.reason or result.ended.value})."
        return Part("red", UNPROVED, told, (_run_finding(result, told, Severity.MINOR),), advice)
    broken = junit.read(evidence, SABOTAGED)
    if result.ended is Ended.FINISHED:
        told = "The tests stay green when every function of the code fails: they check nothing."
        return Part("red", 0.0, told, (_run_finding(result, told, Severity.CRITICAL),), advice)
    if claim is None or not claim.passed:
        return Part("red", 1.0, "The run turns red when every function of the code fails.")
    still = sorted(claim.passed & broken.passed) if broken else []
    value = 1.0 - len(still) / len(claim.passed)
    told = f"{len(claim.passed) - len(still)} of them turn red when every function of the code fails."
    findings = tuple(
        Finding(
            what=f"{name[:200]} passes on broken code: it checks nothing of yours",
            place=Place(file=junit.FILE, stage=SABOTAGED),
            severity=Severity.MAJOR,
            fix=advice,
            rule="checks-nothing",
        )
        for name in still[:SHOWN]
    )
    return Part("red", value, told, findings, advice)


def _looked_at_again(red: Part, tried: Trials | None, *, asked: bool) -> Part:
    """What is red on one copy that fails must be so on another, and green on one that only looks like it."""
    advice = "assert on what your own functions return"
    if tried is None and asked:
        told, value, rule = "A second look at that left nothing that can be read.", UNPROVED, "no-second-look"
    elif tried is not None and tried.noticing is not None and tried.noticing < red.value - SAME:
        told = (
            f"A second look, at a copy that fails and at one that only looks like it, "
            f"finds {tried.noticing:.0%} that tell them apart."
        )
        value, rule = tried.noticing / red.value, "knows-broken-code"
    else:
        return red
    finding = Finding(what=told, place=Place(stage=trials.TRIALS), severity=Severity.CRITICAL, rule=rule)
    return Part("red", red.value * value, f"{red.told} {told}", (*red.findings, finding), advice)


def _asserting(tests: tuple[Function, ...]) -> Part:
    empty = [t for t in tests if not t.asserts]
    told = f"{len(tests) - len(empty)} of {len(tests)} assert something."
    findings = tuple(
        Finding(
            what=f"{t.name[:200]} asserts nothing",
            place=Place(file=t.path, line=t.line),
            severity=Severity.MAJOR,
            fix="assert what must hold afterwards",
            rule="no-assert",
        )
        for t in empty[:SHOWN]
    )
    return Part("asserting", 1.0 - len(empty) / len(tests), told, findings, "give every test an assert")


def _breadth(tests: tuple[Function, ...], enough: int) -> Part:
    asserting = sum(1 for t in tests if t.asserts)
    if asserting >= enough:
        return Part("breadth", 1.0, "")
    told = f"{asserting} asserting tests are few: {enough} earn the whole part."
    finding = Finding(
        what=told,
        place=Place(file=tests[0].path, line=tests[0].line),
        fix="test reading, cleaning, features, training and predicting",
        rule="few-tests",
    )
    return Part("breadth", asserting / enough, told, (finding,), "test more of the pipeline")


def _steady(tried: Trials | None) -> list[Part]:
    """Tests that know the original by sight turn red on whatever is not it: that tests nothing."""
    if tried is not None and not tried.repeated:
        told = "They passed once, and failed twice when they were run again on the same code."
        finding = Finding(
            what=told, place=Place(stage=trials.TRIALS), severity=Severity.MAJOR, rule="not-repeatable"
        )
        return [Part("steady", 0.0, told, (finding,), "tests that give the same answer every time")]
    if tried is None or not tried.upset:
        return []
    share = len(tried.steady) / (len(tried.steady) + len(tried.upset))
    told = f"{len(tried.upset)} edits after which the code does what it did turned them red."
    findings = tuple(trials.upset_finding(mutant) for mutant in tried.upset[:SHOWN])
    return [Part("steady", share, told, findings, "test what the code does, not how it is written")]


def _ordered(tried: Trials | None, tests: tuple[Function, ...]) -> list[Part]:
    """A test that needs another before it says nothing when it is run alone, and too much when it is not."""
    if tried is None or not tried.disordered:
        return []
    count = min(len(tried.disordered), len(tests))
    told = f"In another order {count} of them fail."
    advice = "let each test make what it needs, in a fixture of its own, and leave nothing behind"
    findings = tuple(
        Finding(
            what=f"{name[:200]} passes only after or before some other test",
            place=Place(stage=trials.TRIALS),
            severity=Severity.MAJOR,
            fix=advice,
            rule="order-dependent",
        )
        for name in sorted(tried.disordered)[:SHOWN]
    )
    value = max(LEAST_ORDERED, 1.0 - DISORDER * count / len(tests))
    return [Part("ordered", value, told, findings, advice)]


def _no_tests(claim: Claim | None) -> Score:
    claims = len(claim.passed) if claim else 0
    finding = Finding(
        what="no test_* function in a test_*.py or *_test.py file",
        place=Place(stage=analysis.STAGE),
        severity=Severity.MAJOR,
        fix="write tests of your functions and run them with pytest",
        rule="no-tests",
    )
    return Score.missing(
        "No tests were found.",
        earn_back="add tests that run with pytest",
        findings=(finding,),
        suspicious=f"the run claims {claims} passing tests, and the files have none" if claims else "",
    )


def _not_run(found: Analysis, run: StageResult) -> Score:
    why = run.reason or "there is no test command"
    finding = Finding(
        what=f"{len(found.tests)} test functions were not run: {why}"[:2000],
        place=Place(file=found.tests[0].path, line=found.tests[0].line, stage=STAGE),
        severity=Severity.MAJOR,
        fix='name the command in submission.toml: [commands] test = "pytest"',
        rule="tests-not-run",
    )
    reason = f"The tests were not run: {why}."
    return Score.missing(reason, earn_back="name a test command", findings=(finding,))


def _suspicious(run: StageResult, claim: Claim | None, stays_green: bool) -> str:
    if claim is None:
        return ""
    if stays_green and len(claim.passed) >= MANY:
        return f"{len(claim.passed)} tests are claimed to pass, and stay green on code that only raises"
    failed = [name for name, state in claim.other.items() if state != "skipped"]
    if failed and run.ended is Ended.FINISHED:
        return f"the run reports success with {len(failed)} failing tests in its own report"
    return ""


def _run_finding(run: StageResult, what: str, severity: Severity = Severity.MAJOR) -> Finding:
    code = "" if run.exit_code is None else f" (exit code {run.exit_code})"
    return Finding(
        what=f"{what}{code}"[:2000], place=Place(stage=run.stage), severity=severity, rule="test-run"
    )


def _case_finding(name: str, state: str) -> Finding:
    severity = Severity.MINOR if state == "skipped" else Severity.MAJOR
    what = f"{name[:200]}: {state}"
    return Finding(
        what=what, place=Place(file=junit.FILE, stage=STAGE), severity=severity, rule=f"test-{state}"
    )


def _counts(found: Analysis, claim: Claim | None) -> dict[str, float]:
    counts = {"seen": float(len(found.tests))}
    if claim is not None:
        counts |= {"claimed": float(claim.functions), "claimed_passed": float(len(claim.passed))}
    return counts


def _chart(parts: list[Part]) -> Chart:
    return Chart(
        kind="bars",
        title="What the test score is the product of",
        y_label="value",
        x=tuple(p.name for p in parts),
        y=tuple(round(p.value, 6) for p in parts),
        caption="Green: they pass. Red: they fail on broken code. Both must be high.",
    )


GRADER = Grader(name="tests_run", needs=(analysis.STAGE,), params=TestsRunParams, grade=grade)
