"""B6: is the repository what a colleague wants to clone; is the notebook what one wants to run?

Parts, each judged only where there is something to judge it by, weighed among those:

    part       weight  what costs
    contents   .60     data .35, files over 5 MB .35, trained models .15, what tools make and git tracks .30
    ignored    .15     (with a git history) no .gitignore 1, one that leaves Python's caches in .5
    history    .10     (with a git history) everything in one commit .5
    notebook   .40     (with a notebook) stored errors, cells run out of order, names no cell above defines

A folder or an archive without a history loses nothing for it: the brief allows both, and a history is easily
made up, so it weighs little.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from pydantic import Field, ValidationError

from graders import analysis
from graders.analysis import Analysis, Layout, Sized
from harness.errors import InfraError, SubmissionError
from harness.model import (
    AnswerKey,
    Ended,
    Evidence,
    Finding,
    Frozen,
    Grader,
    NoParams,
    Place,
    Score,
    Severity,
)

HISTORY, HISTORY_FILE = "history", "history.json"
MAX_BYTES = 8 * 2**20
LARGE_BYTES = 5_000_000
DATA_COST, LARGE_COST, MODEL_COST, JUNK_COST = 0.35, 0.35, 0.15, 0.30
CACHES = ("__pycache__", "*.pyc", "*.py[cod]", "*.py[co]", "*$py.class")
UNDEFINED = "F821"
SHOWN = 6


class _Blob(Frozen, extra="ignore"):
    path: str
    size: int = Field(alias="bytes", ge=0)
    in_head: bool


class History(Frozen, extra="ignore"):
    """history.json: our reader's word about what the candidate's repository says."""

    commits: int = Field(ge=0)
    largest_blobs: tuple[_Blob, ...]
    tracked_junk: tuple[str, ...]
    shallow: bool = False
    error: str | None = None


@dataclass(frozen=True)
class Part:
    """A value, its weight, and the findings for what it lost."""

    name: str
    value: float
    weight: float
    findings: tuple[Finding, ...] = ()


def grade(evidence: Evidence, key: AnswerKey, params: NoParams) -> Score:
    """The weighted mean of the parts that apply."""
    found = analysis.read(evidence)
    layout = analysis.looked(found.layout, "the submission's files")
    if not found.files:
        return Score.missing(
            "There is no Python code to judge.",
            earn_back="send code",
            findings=(Finding(what="no Python file or notebook", place=Place(stage=analysis.STAGE)),),
        )
    history = _history(evidence)
    parts = [_contents(layout, history)]
    if history is not None:
        parts += [_ignored(layout), _commits(history)]
    if layout.notebooks:
        parts.append(_notebooks(found, layout))
    value = sum(p.value * p.weight for p in parts) / sum(p.weight for p in parts)
    findings = tuple(f for p in parts for f in p.findings)
    return Score.graded(
        value,
        _reason(parts, history),
        earn_back="; ".join(dict.fromkeys(f.fix for f in findings if f.fix)),
        findings=findings,
        measures={p.name: round(p.value, 6) for p in parts},
    )


def _history(evidence: Evidence) -> History | None:
    """What came with it, or None: nothing came, or it could not be read."""
    if evidence.result(HISTORY).ended is not Ended.FINISHED:
        return None
    try:
        raw = evidence.file(HISTORY, HISTORY_FILE, max_bytes=MAX_BYTES).read_bytes()
        found = History.model_validate(json.loads(raw), strict=False)
    except (SubmissionError, OSError, ValueError, ValidationError) as error:
        told = f"our reader of the history left nothing to read: {type(error).__name__}"
        raise InfraError(told, hint="grade it again") from error
    return None if found.error else found


def _contents(layout: Layout, history: History | None) -> Part:
    """What was sent, and with a history what its newest commit has."""
    tracked = [] if history is None else [b for b in history.largest_blobs if b.in_head]
    large = {f.path: f.size for f in layout.large} | {b.path: b.size for b in tracked if b.size > LARGE_BYTES}
    data = {f.path: f.size for f in layout.data}
    large = {path: size for path, size in large.items() if path not in data}
    junk = () if history is None else history.tracked_junk
    models = tuple(f for f in layout.models if f.path not in large)
    lost = (
        DATA_COST * bool(data) + LARGE_COST * bool(large) + MODEL_COST * bool(models) + JUNK_COST * bool(junk)
    )
    findings = (
        *_named(data, "data", "keep data out of the repository: they are given", Severity.MAJOR),
        *_named(large, "large-file", "keep large files out of the repository", Severity.MAJOR),
        *_named(_sizes(models), "trained-model", "leave models out: training makes them"),
        *(
            Finding(
                what=f"git tracks {path[:200]}, which a tool makes",
                place=Place(file=path),
                severity=Severity.MAJOR,
                fix="git rm -r --cached it, and name it in .gitignore",
                rule="tracked-junk",
            )
            for path in junk[:SHOWN]
        ),
    )
    return Part("contents", max(0.0, 1.0 - lost), 0.60, findings)


def _sizes(files: tuple[Sized, ...]) -> dict[str, int]:
    return {f.path: f.size for f in files}


def _named(
    files: dict[str, int], rule: str, fix: str, severity: Severity = Severity.MINOR
) -> tuple[Finding, ...]:
    largest = sorted(files.items(), key=lambda f: (-f[1], f[0]))[:SHOWN]
    return tuple(
        Finding(
            what=f"{path[:200]}: {size:,} bytes",
            place=Place(file=path),
            severity=severity,
            fix=fix,
            rule=rule,
        )
        for path, size in largest
    )


def _ignored(layout: Layout) -> Part:
    if layout.ignored is None:
        finding = Finding(
            what="no .gitignore",
            place=Place(file=".gitignore"),
            fix="write a .gitignore with caches, the environment and the data",
            rule="no-gitignore",
        )
        return Part("ignored", 0.0, 0.15, (finding,))
    lines = {
        line.strip("/*") if line.startswith(("/", "**/")) else line.rstrip("/") for line in layout.ignored
    }
    if lines & {name.rstrip("/") for name in CACHES}:
        return Part("ignored", 1.0, 0.15)
    finding = Finding(
        what="the .gitignore leaves Python's caches in",
        place=Place(file=".gitignore"),
        fix="add __pycache__/ to .gitignore",
        rule="gitignore-gap",
    )
    return Part("ignored", 0.5, 0.15, (finding,))


def _commits(history: History) -> Part:
    if history.commits > 1 or history.shallow:
        return Part("history", 1.0, 0.10)
    finding = Finding(
        what="everything is in one commit",
        place=Place(stage=HISTORY),
        fix="commit in steps that each say what changed",
        rule="one-commit",
    )
    return Part("history", 0.5, 0.10, (finding,))


def _notebooks(found: Analysis, layout: Layout) -> Part:
    """Stored errors, order and hidden state: a third each, over all notebooks, by whether there are any."""
    undefined = [
        hit for hit in found.lint if hit.rule == UNDEFINED and hit.path in {n.path for n in layout.notebooks}
    ]
    findings = [
        Finding(
            what="an error is stored as its output",
            place=Place(file=n.path, cell=cell),
            severity=Severity.MAJOR,
            fix="restart, run all cells, and save",
            rule="stored-error",
        )
        for n in layout.notebooks
        for cell in n.errors[:SHOWN]
    ]
    findings += [
        Finding(
            what="was run before a cell above it",
            place=Place(file=n.path, cell=cell),
            fix="restart, run all cells, and save",
            rule="out-of-order",
        )
        for n in layout.notebooks
        for cell in n.backwards[:SHOWN]
    ]
    findings += [
        Finding(
            what=f"{hit.message or 'a name'} when run from the top"[:2000],
            place=Place(file=hit.path, cell=hit.cell, line=hit.line),
            severity=Severity.MAJOR,
            fix="define the name in a cell above",
            rule="hidden-state",
        )
        for hit in undefined[:SHOWN]
    ]
    kinds = {f.rule for f in findings}
    return Part("notebook", 1.0 - len(kinds) / 3.0, 0.40, tuple(findings))


def _reason(parts: list[Part], history: History | None) -> str:
    told = ", ".join(f"{p.name} {p.value:.2f}" for p in parts)
    without = (
        "" if history is not None else " No git history was sent, or none that can be read: it is not judged."
    )
    return f"{told}.{without}"


GRADER = Grader(name="repository", needs=(analysis.STAGE,), params=NoParams, grade=grade)
