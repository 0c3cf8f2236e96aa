"""C5: does each test say what it seems to say?

The mean over the tests of what is left of each, copies of one test counted once:

    rule           left  why
    no-assert      0     nothing in it can fail
    tautology      .25   an assertion that holds for any code (0 when the test has no other)
    mocked-unit    .25   it replaces the function that it then calls
    presence-only  .5    all it asserts is that something is there
    network        .5    it is red where there is no network, as here
    sleep          .75   it waits for a fixed time: slow, and red on a slow day

A test with several is worth its worst. Few tests show little: the value shrinks below ``enough_tests``.
Assertions that cannot fail are no assertions, so padding with them buys nothing.
"""

from __future__ import annotations

from collections import defaultdict

from pydantic import Field

from graders import analysis
from graders.analysis import Function, TestSmell
from harness.model import AnswerKey, Evidence, Finding, Grader, Params, Place, Score, Severity

LEFT = {
    "no-assert": 0.0,
    "tautology": 0.25,
    "mocked-unit": 0.25,
    "presence-only": 0.5,
    "network": 0.5,
    "sleep": 0.75,
}
FIX = {
    "no-assert": "assert what must hold afterwards",
    "tautology": "assert something that wrong code would break",
    "mocked-unit": "replace what the function depends on, and call the function itself",
    "presence-only": "assert on the value, the shape or the behaviour",
    "network": "answer from a file or a fake: a test that needs a network tests the network",
    "sleep": "wait for the condition in a loop with a deadline, or pass the clock in",
}
SHOWN, EXAMPLES = 12, 3


class TestSmellsParams(Params):
    """``enough_tests``: how many different tests show enough."""

    __test__ = False  # no test, though pytest would think so by its name

    enough_tests: int = Field(default=3, ge=1)


def grade(evidence: Evidence, key: AnswerKey, params: TestSmellsParams) -> Score:
    """What is left of a test, on the mean, times how many there are of how many would do."""
    found = analysis.read(evidence)
    smells = analysis.looked(found.test_smells, "the tests' smells")
    if not found.tests:
        return Score.missing(
            "No tests were found.",
            earn_back="add tests that run with pytest",
            findings=(Finding(what="no test function", place=Place(stage=analysis.STAGE), rule="no-tests"),),
        )
    by_test: dict[tuple[str, str], list[TestSmell]] = defaultdict(list)
    for smell in smells:
        if smell.rule in LEFT:
            by_test[smell.path, smell.function].append(smell)
    # copies count once, by the worst of them
    left: dict[tuple[str, int], float] = {}
    for test in found.tests:
        value, kind = _left(test, by_test[test.path, test.name]), (test.shape, test.asserts)
        left[kind] = min(left.get(kind, 1.0), value)
    value = sum(left.values()) / len(left)
    enough = min(1.0, len(left) / params.enough_tests)
    charged = [smell for test in found.tests for smell in by_test[test.path, test.name]]
    return Score.graded(
        value * enough,
        _reason(found.tests, charged, len(left)),
        earn_back="; ".join(dict.fromkeys(FIX[s.rule] for s in _worst_first(charged)[:EXAMPLES]))
        or ("more tests" if enough < 1.0 else ""),
        findings=_findings(charged) + _few(found.tests, len(left), params),
        measures={"tests": float(len(found.tests)), "different": float(len(left))}
        | {f"seen.{rule}": float(sum(s.rule == rule for s in charged)) for rule in LEFT},
    )


def _left(test: Function, smells: list[TestSmell]) -> float:
    worst = min((LEFT[s.rule] for s in smells), default=1.0)
    only_constants = any(s.rule == "tautology" for s in smells) and not test.asserts
    return 0.0 if only_constants else worst


def _worst_first(smells: list[TestSmell]) -> list[TestSmell]:
    return sorted(smells, key=lambda s: (LEFT[s.rule], s.path, s.line))


def _reason(tests: tuple[Function, ...], smells: list[TestSmell], different: int) -> str:
    kinds = ", ".join(f"{rule} x{n}" for rule in LEFT if (n := sum(s.rule == rule for s in smells)))
    sound = len(tests) - len({(s.path, s.function) for s in smells})
    copies = "" if different == len(tests) else f" ({different} differ)"
    return f"{sound} of {len(tests)} tests{copies} say what they seem to say{f': {kinds}' if kinds else ''}."


def _findings(smells: list[TestSmell]) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            what=smell.message[:2000],
            place=Place(file=smell.path, line=smell.line),
            severity=Severity.MAJOR if LEFT[smell.rule] < 0.5 else Severity.MINOR,
            fix=FIX[smell.rule],
            rule=smell.rule,
        )
        for smell in _worst_first(smells)[:SHOWN]
    )


def _few(tests: tuple[Function, ...], different: int, params: TestSmellsParams) -> tuple[Finding, ...]:
    if different >= params.enough_tests:
        return ()
    what = f"{different} different tests are few: {params.enough_tests} show enough"
    return (Finding(what=what, place=Place(file=tests[0].path, line=tests[0].line), rule="few-tests"),)


GRADER = Grader(name="test_smells", needs=(analysis.STAGE,), params=TestSmellsParams, grade=grade)
