"""B1: is the code in pieces a reader can hold in mind? Weighed by lines: one-line wrappers buy nothing.

Four parts, each 1 up to its first number and 0 from its second on (RUBRIC fact 8: size, nesting and
complexity follow expert judgement of maintainability; counts of lint hits do not):

    part        what is measured                                               full   nothing  weight
    complexity  90 % of the lines are in functions at most this complex         15       40      .40
    length      share of the lines in functions of more than 50 lines          .10      .60      .30
    nesting     share of the lines in functions nested deeper than 4            0       .30      .20
    modules     share of the lines in files of more than 400 lines              0      1.00      .10

times what is left for copies: 1 up to 5 % of the code that stands there once more, .6 from 30 % on. A copy is
six statements in a row that stand elsewhere too (docker/runner/repeated.py), or a function of eight lines and
more that differs from another in names and constants only; the larger of both shares counts.

15 is SonarSource's limit for cognitive complexity (G. A. Campbell, Cognitive Complexity, 2018; rule S3776);
50 lines and 4 levels are the rubric's; 400 lines and the ends of the slopes are ours. Code outside functions
counts as one function a notebook cell, so a notebook without functions is judged by its cells; a Python
file's may have 100 lines, for imports and constants. Functions that nothing uses and copies of one function
count against the whole, never for it. Tests are left out: section C judges them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pydantic import Field

from graders import analysis
from graders.analysis import Analysis, Function
from graders.code import copies
from graders.statistics import ramp
from harness.model import AnswerKey, Chart, Evidence, Finding, Grader, Params, Place, Score, Severity

COMPLEX = 15
LONG_LINES = 50
DEEP = 4
LONG_OUTSIDE_LINES = 100  # of a Python file outside its functions
LONG_FILE_LINES = 400
COPIED_AT, ALL_COPIED = (
    0.05,
    0.30,
)  # ours: the option parser of two commands is alike, a quarter pasted is not
FOR_COPIES = 0.40  # ours: what is lost at most where everything is pasted
UNMEASURED = 0.5  # for code of which nothing was measured
SHOWN = 10


class StructureParams(Params):
    """``least_lines``: with less code there is little structure to see, and the value shrinks with it."""

    least_lines: int = Field(default=40, ge=1)


@dataclass(frozen=True)
class Part:
    """One of the four, or the copies: what was measured, and what that is worth."""

    name: str
    measured: float
    value: float
    weight: float
    advice: str


def grade(evidence: Evidence, key: AnswerKey, params: StructureParams) -> Score:
    """Line-weighted parts, times the share of the code that could be read at all."""
    found = analysis.read(evidence)
    lines = found.code_lines
    unread = [f for f in found.code if f.parse_error is not None]
    readable = lines - sum(f.lines for f in unread if not f.hidden)
    findings = _unreadable(found)
    if readable <= 0:
        return Score.missing(
            "There is no Python code to judge." if not unread else "None of the Python code can be parsed.",
            earn_back="send code that Python can read",
            findings=findings or (_no_code(),),
        )
    # what nothing uses and what is there many times cannot make up for the rest
    parts = min(
        (_parts(found, pieces) for pieces in (found.pieces, found.weighty or found.pieces)), key=_value
    )
    pasted = _pasted(found)
    value = _value(parts) * (1.0 - FOR_COPIES * (1.0 - pasted.value))
    seen, enough = readable / lines, min(1.0, readable / params.least_lines)
    findings += _functions(found) + _files(found) + copies.findings(found)
    if enough < 1.0:
        what = f"{readable} lines of code: too few to show structure ({params.least_lines} are)"
        findings += (Finding(what=what, place=Place(file=found.code[0].path), rule="little-code"),)
    if not found.pieces:
        what = "all of the code is outside functions, and there is nothing in it to measure"
        findings += (Finding(what=what, place=Place(file=found.code[0].path), rule="no-functions"),)
    shown = [*parts, pasted]
    lost = sorted((p for p in shown if p.value < 1.0), key=lambda p: (p.value - 1.0) * p.weight)
    return Score.graded(
        value * seen * enough,
        _reason(shown, lines, seen),
        earn_back="; ".join(p.advice for p in lost[:2]) or ("" if enough == 1.0 else "the work itself"),
        findings=findings,
        measures={p.name: round(p.measured, 6) for p in shown}
        | {"lines": float(lines), "functions": float(sum(not f.top_level for f in found.pieces))},
        charts=(_chart(shown),),
    )


def _value(parts: list[Part]) -> float:
    return sum(p.value * p.weight for p in parts) / sum(p.weight for p in parts)


def _parts(found: Analysis, pieces: tuple[Function, ...]) -> list[Part]:
    total = sum(f.length for f in pieces)
    p90 = _ninetieth([(f.cognitive, f.length) for f in pieces], total)
    long = _share([f.length for f in pieces if f.length > _limit(f)], total)
    deep = _share([f.length for f in pieces if f.nesting > DEEP], total)
    readable = [f.lines for f in found.code if f.parse_error is None]
    large = _share([n for n in readable if n > LONG_FILE_LINES], sum(readable))
    parts = [
        Part("complexity", p90, ramp(p90, zero=40.0, full=COMPLEX), 0.40, "split the most complex functions"),
        Part("length", long, ramp(long, zero=0.60, full=0.10), 0.30, f"cut functions to {LONG_LINES} lines"),
        Part("nesting", deep, ramp(deep, zero=0.30, full=0.0), 0.20, "return early instead of nesting"),
        Part("modules", large, 1.0 - large, 0.10, f"split files of more than {LONG_FILE_LINES} lines"),
    ]
    return parts if total else [replace(p, value=UNMEASURED) for p in parts]


def _pasted(found: Analysis) -> Part:
    share = copies.share(found)
    advice = "make one function of what stands there several times"
    return Part(
        "copies", share, ramp(share, zero=copies.ALL_COPIED, full=copies.COPIED_AT), FOR_COPIES, advice
    )


def _limit(function: Function) -> int:
    """How long it may be: a notebook's cell as long as a function, a file's opening longer."""
    return LONG_OUTSIDE_LINES if function.top_level and function.cell is None else LONG_LINES


def _share(some: list[int], total: int) -> float:
    return sum(some) / total if total else 0.0


def _ninetieth(weighted: list[tuple[int, int]], total: int) -> float:
    """The least value that 90 % of the weight does not exceed."""
    running = 0
    for value, weight in sorted(weighted):
        running += weight
        if running * 10 >= total * 9:
            return float(value)
    return 0.0


def _reason(parts: list[Part], lines: int, seen: float) -> str:
    said = {
        "complexity": "90 % of the lines are in functions of cognitive complexity {0:.0f} or less",
        "length": "{0:.0%} are in functions of more than 50 lines",
        "nesting": "{0:.0%} are in functions nested deeper than 4",
        "copies": "{0:.0%} of the code stands there once more",
        "modules": "{0:.0%} are in files of more than 400 lines",
    }
    told = "; ".join(said[p.name].format(p.measured) for p in parts)
    unread = "" if seen == 1.0 else f" {1.0 - seen:.0%} of the code cannot be parsed and counts as nothing."
    return f"{lines:,} lines of code: {told}.{unread}"


def _functions(found: Analysis) -> tuple[Finding, ...]:
    """The worst first, by how far over its limits a function is."""
    over = [(_excess(f), f) for f in found.pieces]
    worst = sorted(
        (o for o in over if o[0] > 0.0), key=lambda o: (-o[0], o[1].path, o[1].cell or 0, o[1].line)
    )
    return tuple(_function_finding(excess, function) for excess, function in worst[:SHOWN])


def _excess(function: Function) -> float:
    over = (
        function.cognitive / COMPLEX - 1.0,
        function.length / _limit(function) - 1.0,
        function.nesting / DEEP - 1.0,
    )
    return sum(max(0.0, o) for o in over)


def _function_finding(excess: float, function: Function) -> Finding:
    name = "the code outside functions" if function.top_level else function.name[:100]
    return Finding(
        what=f"{name}: {function.length} lines, cognitive complexity {function.cognitive}, "
        f"{function.nesting} levels deep",
        place=Place(file=function.path, line=function.line, cell=function.cell),
        severity=Severity.MAJOR if excess >= 1.0 else Severity.MINOR,
        fix="give each step a function with a name, and return early",
        rule="large-function",
    )


def _files(found: Analysis) -> tuple[Finding, ...]:
    large = sorted((f for f in found.code if f.lines > LONG_FILE_LINES), key=lambda f: (-f.lines, f.path))
    return tuple(
        Finding(
            what=f"{f.lines:,} lines in one file",
            place=Place(file=f.path),
            fix="separate reading, features, training and serving",
            rule="large-file",
        )
        for f in large[:SHOWN]
    )


def _unreadable(found: Analysis) -> tuple[Finding, ...]:
    """A file that is no Python is named even when our tool could count no lines in it."""
    bad = [f for f in found.files if f.parse_error is not None and not f.in_tests]
    return tuple(
        Finding(
            what=f"cannot be parsed: {f.parse_error}"[:2000],
            place=Place(file=f.path),
            severity=Severity.MAJOR,
            fix="make it a file that Python can read",
            rule="unparsable",
        )
        for f in bad[:SHOWN]
    )


def _no_code() -> Finding:
    return Finding(
        what="no Python file or notebook outside the tests", place=Place(stage=analysis.STAGE), rule="no-code"
    )


def _chart(parts: list[Part]) -> Chart:
    return Chart(
        kind="bars",
        title="What the structure score is made of",
        y_label="value",
        x=tuple(p.name for p in parts),
        y=tuple(round(p.value, 6) for p in parts),
        caption="1 is full credit for a part; complexity, length and nesting weigh most.",
    )


GRADER = Grader(name="structure", needs=(analysis.STAGE,), params=StructureParams, grade=grade)
