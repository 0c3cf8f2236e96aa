"""B4: what is said beside the code, by types and docstrings, and whether it is laid out as Python is.

Three parts, each 1 from its first number on and 0 at its second; what does not apply is left out:

    part        what is measured                                                      full  nothing  weight
    types       share of the parameters and results of public functions with a type     .80      0     .35
    docstrings  share of public functions and files that say more than their name       .70    .10     .35
    layout      layout findings per hundred statements that are used and differ            4     40     .30

`Any` is no type, and a docstring of the words of the name says nothing. Functions weigh by their statements,
up to MOST_STATEMENTS, so that neither one-liners nor one long function decide; what nothing uses, and copies,
count once or not at all. Short functions need no docstring (PEP 257 asks for one of every public function;
Google's style guide leaves obvious ones out, and so do we). A notebook's functions need no types: cells are
its interface. Layout is what formatters agree on (PEP 8 without quotes, alignment, blank lines and hanging
indents), with lines of 120. The ends of the slopes are ours. Tests are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graders import analysis
from graders.analysis import Analysis, Function, Lint
from graders.statistics import ramp
from harness.model import AnswerKey, Chart, Evidence, Finding, Grader, NoParams, Place, Score, Severity

FULL_TYPES, FULL_DOCS, NO_DOCS = 0.80, 0.70, 0.10
FULL_LAYOUT, NO_LAYOUT = 4.0, 40.0  # findings per hundred statements
MOST_STATEMENTS = 15  # that one function weighs
SHORT = 3  # statements: with fewer, the code says it
COMMANDS = frozenset({"main", "cli"})  # the file's docstring is theirs
LEAST_STATEMENTS = 50  # as B3 has it
OF_LAYOUT = ("E1", "E2", "E501", "W1", "W2")
SHOWN = 4  # findings a part


@dataclass(frozen=True)
class Part:
    """One of the three: what was measured, and what that is worth."""

    name: str
    measured: float
    value: float
    weight: float
    told: str
    advice: str
    findings: tuple[Finding, ...]


def grade(evidence: Evidence, key: AnswerKey, params: NoParams) -> Score:
    """The weighted mean of the parts that apply, times the share of the code that could be read."""
    found = analysis.read(evidence)
    analysis.looked(next((f.documented for f in found.functions), True), "docstrings")
    if not found.code_lines:
        return Score.missing(
            "There is no Python code to judge.",
            earn_back="send code",
            findings=(Finding(what="no Python code outside the tests", place=Place(stage=analysis.STAGE)),),
        )
    parts = [part for part in (_types(found), _docstrings(found), _layout(found)) if part is not None]
    unread = sum(f.lines for f in found.code if f.parse_error is not None) / found.code_lines
    value = sum(p.value * p.weight for p in parts) / sum(p.weight for p in parts)
    lost = [p for p in parts if p.value < 1.0]
    return Score.graded(
        value * (1.0 - unread),
        "; ".join(p.told for p in parts) + "." + _unread_told(unread),
        earn_back="; ".join(p.advice for p in lost) or ("code that Python can read" if unread else ""),
        findings=(*(f for p in lost for f in p.findings), *_unread(found)),
        measures={p.name: round(p.measured, 6) for p in parts},
        charts=(_chart(parts),),
    )


def _types(found: Analysis) -> Part | None:
    """None where no function of a Python file has anything to annotate."""
    notebooks = {f.path for f in found.code if f.kind == "notebook"}
    asked = [f for f in _public(found) if f.hintable and f.path not in notebooks]
    if not asked:
        return None
    share = _share(asked, lambda f: f.hinted / f.hintable)
    bare = sorted((f for f in asked if f.hinted < f.hintable), key=lambda f: f.hinted / f.hintable)
    findings = tuple(
        Finding(
            what=f"{f.name}: {f.hintable - f.hinted} of {f.hintable} parameters and results have no type",
            place=_place(f),
            severity=Severity.MINOR,
            fix=f"annotate {f.name}",
            rule="no-types",
        )
        for f in bare[:SHOWN]
    )
    return Part(
        "types",
        share,
        ramp(share, zero=0.0, full=FULL_TYPES),
        0.35,
        f"{share:.0%} of the parameters and results of public functions have a type",
        "annotate what public functions take and give",
        findings,
    )


def _docstrings(found: Analysis) -> Part | None:
    """None for a notebook without functions."""
    python = {f.path for f in found.code if f.kind == "python"}
    functions = [f for f in _public(found) if f.statements >= SHORT and f.name not in COMMANDS]
    files = [f for f in found.weighty if f.top_level and f.path in python]
    asked = [*files, *functions]
    if not asked:
        return None
    share = _share(asked, lambda f: float(bool(f.documented)))
    findings = tuple(
        Finding(
            what="the file does not say what it is for"
            if f.top_level
            else f"{f.name} does not say what it does",
            place=_place(f),
            severity=Severity.MINOR,
            fix="a docstring that says what the name does not",
            rule="no-docstring",
        )
        for f in sorted((f for f in asked if not f.documented), key=lambda f: -f.statements)[:SHOWN]
    )
    return Part(
        "docstrings",
        share,
        ramp(share, zero=NO_DOCS, full=FULL_DOCS),
        0.35,
        f"{share:.0%} of the files and public functions say more than their name",
        "docstrings that say what the names do not",
        findings,
    )


def _layout(found: Analysis) -> Part:
    code = {f.path for f in found.code}
    hits = [hit for hit in found.lint if hit.path in code and (hit.rule or "").startswith(OF_LAYOUT)]
    density = 100.0 * len(hits) / max(found.statements, LEAST_STATEMENTS)
    first: dict[str | None, Lint] = {}
    for hit in hits:
        first.setdefault(hit.rule, hit)
    findings = tuple(
        Finding(
            what=f"{hit.rule}: {hit.message or 'layout'} ({sum(h.rule == hit.rule for h in hits)} seen)"[
                :2000
            ],
            place=Place(file=hit.path, line=hit.line, cell=hit.cell),
            severity=Severity.MINOR,
            fix="run a formatter (ruff format, black)",
            rule="layout",
        )
        for hit in list(first.values())[:SHOWN]
    )
    return Part(
        "layout",
        density,
        ramp(density, zero=NO_LAYOUT, full=FULL_LAYOUT),
        0.30,
        f"{density:.1f} layout findings per hundred statements",
        "run a formatter",
        findings,
    )


def _public(found: Analysis) -> list[Function]:
    return [f for f in found.weighty if f.public and not f.top_level]


def _share(asked: list[Function], worth: Callable[[Function], float]) -> float:
    weights = [min(max(f.statements, 1), MOST_STATEMENTS) for f in asked]
    return sum(w * worth(f) for w, f in zip(weights, asked, strict=True)) / sum(weights)


def _place(function: Function) -> Place:
    return Place(file=function.path, line=function.line, cell=function.cell)


def _unread(found: Analysis) -> tuple[Finding, ...]:
    return tuple(
        Finding(what=f"cannot be parsed: {f.parse_error}"[:2000], place=Place(file=f.path), rule="unreadable")
        for f in found.code
        if f.parse_error is not None
    )[:SHOWN]


def _unread_told(unread: float) -> str:
    return f" {unread:.0%} of the code cannot be parsed and counts as nothing." if unread else ""


def _chart(parts: list[Part]) -> Chart:
    return Chart(
        kind="bars",
        title="What types, docstrings and layout are worth",
        y_label="value",
        x=tuple(p.name for p in parts),
        y=tuple(round(p.value, 6) for p in parts),
        caption="1 is full credit for a part.",
    )


GRADER = Grader(name="conventions", needs=(analysis.STAGE,), params=NoParams, grade=grade)
