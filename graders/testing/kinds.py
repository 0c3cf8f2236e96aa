"""C4: is there a test of each kind of code: data, features, the model, the service, a whole run?

    value = mean over the kinds that the code has of what each is worth, x steadiness

    1    a test of its own fails when the functions of that kind fail, and asserts something
    .5   it does, but of the mistakes that were tried in such code (at least five) none failed an assertion:
         it calls the code, and would take any answer. So is a kind that could not be tried, as nobody knows
    0    no test runs such code and asserts

The kinds of functions are our analysers' word, read from what their syntax trees do (docker/runner/kinds.py).
A kind that the code has no function for is not asked for, and `api` only of a service. For each kind the
tests run on a copy in which those functions fail, and all others, which look the same, do what they did; and
on one in which none fails: tests that fail there too only look. Every kind needs a test of its own, by the
largest assignment of tests to kinds: one long test is one kind of test. Steadiness is that of C2.

The kinds are those of Breck et al., "The ML test score" (IEEE Big Data 2017), without what needs production.
"""

from __future__ import annotations

from dataclasses import dataclass

from graders import analysis
from graders.analysis import Function
from graders.testing import trials
from graders.testing.trials import Part, Trials
from harness.model import (
    AnswerKey,
    Chart,
    Evidence,
    Finding,
    Grader,
    NoParams,
    Place,
    Score,
    Severity,
    Track,
)

KINDS = {
    "data": (
        "reading and cleaning",
        "a small table with the mess in it, and what reading and cleaning make of it",
    ),
    "features": ("features", "a few rows, and the columns that they become, to the number"),
    "model": ("the model", "fit on a small table; assert on ranking, range, order of rows and columns"),
    "api": ("the service", "ask the application through its test client; assert on status and answer"),
    "end": ("a whole run", "train and predict in a temporary folder; assert on what is written"),
}
API = "api"
HALF = 0.5  # ours: called and not asserted on, or not known
LEAST_TRIED = 5  # ours: tests that notice half of the mistakes miss five of five once in 32
IDLE = frozenset({"no-assert", "tautology"})  # tests that assert nothing
SHOWN = 3
ANYBODY = "some test"
PLACE = Place(stage=trials.TRIALS)


@dataclass(frozen=True)
class Kind:
    """One kind of code, and what was seen of its tests. ``known`` is false where it could not be tried."""

    part: Part
    value: float
    known: bool = True
    told: str = ""

    @property
    def words(self) -> str:
        """What it is called in a sentence."""
        return KINDS[self.part.kind][0]


def grade(evidence: Evidence, key: AnswerKey, params: NoParams) -> Score:
    """The mean over the kinds that the code has."""
    found = trials.read(evidence)
    if found is None:
        return _missing("the trials of the tests left nothing that can be read")
    tests = _asserting(evidence)
    service = evidence.submission.track is Track.SERVICE
    asked = [p for p in found.parts if p.kind in KINDS and (p.kind != API or service)]
    if not found.repeated:
        return _missing("the tests passed once, and failed twice when they were run again on the same code")
    if not asked:
        return _missing("the code has no functions that read, derive, fit or run anything")
    kinds = _judged(found, asked, tests)
    value, steadiness = sum(k.value for k in kinds) / len(kinds), _steadiness(found)
    low, high = (sum(k.value if k.known else end for k in kinds) / len(kinds) for end in (0.0, 1.0))
    lost = [k for k in kinds if k.value < 1.0]
    return Score.graded(
        value * steadiness,
        _reason(kinds, service),
        interval=None if low == high else (low * steadiness, high * steadiness),
        earn_back="; ".join(f"{k.words}: {KINDS[k.part.kind][1]}" for k in lost)
        or ("" if steadiness == 1.0 else trials.LOOKS),
        findings=(*(_finding(k) for k in lost), *trials.look_findings(found)),
        measures={k.part.kind: k.value for k in kinds} | {"steadiness": round(steadiness, 6)},
        charts=(_chart(kinds),),
        suspicious=trials.suspicion(found),
    )


def _judged(found: Trials, asked: list[Part], tests: dict[str, Function]) -> list[Kind]:
    red = _without_copies({part.kind: _red(part, found, tests) for part in asked}, tests)
    own = _assigned({kind: names for kind, names in red.items() if names}, most=len(tests))
    judged = []
    for part in asked:
        if part.found is None and part.kind not in own:
            judged.append(Kind(part, HALF, known=False, told="it could not be tried in the time there was"))
        elif part.kind not in own:
            told = (
                "its only tests are those of another kind"
                if red[part.kind]
                else "no test runs it and asserts"
            )
            judged.append(Kind(part, 0.0, told=told))
        elif _would_take_anything(found, part.kind):
            told = "tests call it, and no mistake in it failed an assertion"
            judged.append(Kind(part, HALF, told=told))
        else:
            judged.append(Kind(part, 1.0, told=own[part.kind]))
    return judged


def _red(part: Part, found: Trials, tests: dict[str, Function]) -> frozenset[str]:
    """The tests that fail where this kind of code does, and assert; `ANYBODY` where names are not known."""
    if part.found is None:  # a mistake in such code that failed an assertion shows as much
        return frozenset({ANYBODY}) if _noticed(found, part.kind) & found.asserted else frozenset()
    if part.found.green:
        return frozenset()
    if part.found.failed is None:
        return frozenset({ANYBODY}) if tests else frozenset()
    # what our analysers do not see and lies in no test module is a doctest, and asserts by being one
    return frozenset(
        name for name in part.found.failed - found.sighted if _short(name) in tests or not _in_tests(name)
    )


def _without_copies(red: dict[str, frozenset[str]], tests: dict[str, Function]) -> dict[str, frozenset[str]]:
    """One test under several names is one: equal but for names and constants, and red on the same kinds."""
    first: dict[tuple[str, frozenset[str]], str] = {}
    for name in sorted(frozenset().union(*red.values()) - {ANYBODY}):
        shape = tests[_short(name)].shape if _short(name) in tests else name
        first.setdefault((shape, frozenset(kind for kind in red if name in red[kind])), name)
    kept = {*first.values(), ANYBODY}
    return {kind: names & kept for kind, names in red.items()}


def _assigned(red: dict[str, frozenset[str]], *, most: int) -> dict[str, str]:
    """Kind -> a test of its own, as many as there can be: augmenting paths, the fewest choices first."""
    holder: dict[str, str] = {}

    def place(kind: str, seen: set[str]) -> bool:
        for test in sorted(red[kind] - seen - {ANYBODY}):
            seen.add(test)
            if test not in holder or place(holder[test], seen):
                holder[test] = kind
                return True
        return False

    nameless = [kind for kind in red if not place(kind, set()) and ANYBODY in red[kind]]
    own = {kind: test for test, kind in holder.items()}
    return own | dict.fromkeys(nameless[: max(0, most - len(own))], ANYBODY)


def _would_take_anything(found: Trials, kind: str) -> bool:
    noticed = _noticed(found, kind)
    missed = [m for m in (*found.survived, *found.tables.survived) if kind in m.kinds]
    few = len(noticed) + len(missed) < LEAST_TRIED
    return not few and not noticed & found.asserted


def _noticed(found: Trials, kind: str) -> frozenset[str]:
    return frozenset(m.id for m in (*found.killed, *found.tables.killed) if kind in m.kinds)


def _asserting(evidence: Evidence) -> dict[str, Function]:
    """By file and name: the tests that assert something that could fail."""
    report = analysis.read(evidence)
    idle = {(smell.path, smell.function) for smell in report.test_smells or () if smell.rule in IDLE}
    return {_of(t): t for t in report.tests if t.asserts and (t.path, t.name) not in idle}


def _of(test: Function) -> str:
    return f"{test.path.rpartition('/')[2]}::{test.name.rpartition('.')[2]}"


def _short(name: str) -> str:
    """A test's name in pytest's words as the analysers' file and name, wherever the root is."""
    file, _, rest = name.partition("::")
    return f"{file.rpartition('/')[2]}::{rest.rpartition('::')[2]}"


def _in_tests(name: str) -> bool:
    return analysis.TEST_NAME.match(name.partition("::")[0].rpartition("/")[2]) is not None


def _steadiness(found: Trials) -> float:
    idle = [part.found for part in found.parts if not part.kind and part.found]
    blind = any(not whole.green and not whole.failed for whole in idle)
    return 0.0 if blind else found.steadiness


def _reason(kinds: list[Kind], service: bool) -> str:
    full = [k for k in kinds if k.value == 1.0]
    told = "; ".join(f"{k.words}: {k.told}" for k in kinds if k.value < 1.0)
    without = sorted(KINDS[kind][0] for kind in KINDS.keys() - {k.part.kind for k in kinds} - {API})
    none = f" The code has nothing that we would call {', '.join(without)}: not asked for." if without else ""
    api = service and all(k.part.kind != API for k in kinds)
    unseen = " No route was recognised, so tests of the service are not asked for." if api else ""
    return (
        f"{len(full)} of {len(kinds)} kinds of code have a test of their own{f'. {told}' if told else ''}."
        f"{none}{unseen}"
    )


def _finding(kind: Kind) -> Finding:
    named = [f"{name or 'its code'} ({file}:{line})" for file, line, name in kind.part.places[:SHOWN]]
    file, line, _ = kind.part.places[0] if kind.part.places else ("", 1, "")
    return Finding(
        what=f"{kind.words}: {kind.told}: {', '.join(named)}"[:2000],
        place=Place(file=file, line=max(1, line)) if file else PLACE,
        severity=Severity.MINOR if kind.value else Severity.MAJOR,
        fix=KINDS[kind.part.kind][1],
        rule=f"no-test-of-{kind.part.kind}" if kind.known else f"not-tried-{kind.part.kind}",
    )


def _missing(why: str) -> Score:
    finding = Finding(what=why, place=PLACE, severity=Severity.MAJOR, rule="no-kinds")
    return Score.missing(f"{why[:1].upper()}{why[1:]}.", earn_back="tests that pass", findings=(finding,))


def _chart(kinds: list[Kind]) -> Chart:
    return Chart(
        kind="bars",
        title="Which kinds of code have a test of their own",
        y_label="value",
        x=tuple(k.words for k in kinds),
        y=tuple(k.value for k in kinds),
        caption="A test counts where it fails when such code fails, and asserts something.",
    )


GRADER = Grader(name="kinds_of_tests", needs=(analysis.STAGE, trials.TRIALS), params=NoParams, grade=grade)
