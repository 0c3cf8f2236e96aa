"""B5: can others install it, and is it safe to?

Parts, weighed among those that there is something to judge by:

    part       weight  what it is
    install    .25     what the code imports could be had in a clean room, from the declarations alone
    declared   .25     share of the imported packages that are declared, or come with one that is
    versions   .15     of what is declared: locked, exact or bounded above 1, only from below .75, none .4
    unused     .05     declared packages that nothing imports: .5 each
    calls      .10     code from text, a shell for a command, values in SQL: .5 each kind
    secrets    .20     no credential in any file, stored output or commit of a history that was sent

Only modules whose package is known for sure are judged (`packages.py`); tests, optional imports and imports
for types are let off. Without a single import of a package only the last two count.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field, ValidationError

from graders import analysis
from graders.analysis import Analysis, Imported
from graders.code.packages import ALIKE, KNOWN, UNSEEN, is_there, normal, package_of
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
ENVIRONMENT, RECORD = "environment", "environment.json"
MAX_BYTES = 8 * 2**20
BELOW_ONLY, ANY_VERSION = 0.75, 0.4
CALLS = {
    "S102": "never run text as code: parse it, or look it up in a dict",
    "S307": "never run text as code: parse it, or look it up in a dict",
    "S501": "leave certificate checks on",
    "S506": "use yaml.safe_load",
    "S602": "run a list of arguments without a shell",
    "S604": "run a list of arguments without a shell",
    "S605": "run a list of arguments without a shell",
    "S608": "pass values as query parameters",
}
SHOWN = 6


class _Declared(Frozen, extra="ignore"):
    name: str
    specifier: str
    pinned: bool
    scope: str
    file: str
    line: int


class _Named(Frozen, extra="ignore"):
    name: str


class _LeftOut(Frozen, extra="ignore"):
    name: str
    why: str
    file: str
    line: int | None


class Environment(Frozen, extra="ignore"):
    """environment.json, as far as it is judged: the host's word about what could be installed."""

    outcome: str
    reason: str
    sources: tuple[str, ...]
    lock_file: str
    declared: tuple[_Declared, ...]
    installed: tuple[_Named, ...]
    left_out: tuple[_LeftOut, ...]
    wheel_bytes: int = Field(ge=0)


class LeakedBefore(analysis.Leaked):
    """A credential in a version of a file, and the first commit that has it."""

    commit: str


class _History(Frozen, extra="ignore"):
    leaked: tuple[LeakedBefore, ...] = ()


@dataclass(frozen=True)
class Part:
    """A value, its weight, what is said of it, and the findings for what it lost."""

    name: str
    value: float
    weight: float
    told: str
    findings: tuple[Finding, ...] = ()


def grade(evidence: Evidence, key: AnswerKey, params: NoParams) -> Score:
    """The weighted mean of the parts that apply."""
    found, room = analysis.read(evidence), _environment(evidence)
    imports = analysis.looked(found.imported, "imports")
    leaked = analysis.looked(found.leaked, "credentials")
    if not found.files:
        return Score.missing(
            "There is no Python code to judge.",
            earn_back="send code",
            findings=(Finding(what="no Python file or notebook", place=Place(stage=analysis.STAGE)),),
        )
    needed = [i for i in imports if package_of(i.module) and not i.tests and not i.optional]
    parts = [_calls(found), _secrets(leaked, _in_history(evidence, leaked))]
    if needed:
        parts = [
            _install(room, needed),
            _declared(room, needed),
            _versions(room),
            _unused(room, imports),
            *parts,
        ]
    value = sum(p.value * p.weight for p in parts) / sum(p.weight for p in parts)
    findings = tuple(f for p in parts for f in p.findings)
    return Score.graded(
        value,
        " ".join(p.told for p in parts),
        earn_back="; ".join(dict.fromkeys(f.fix for f in findings if f.fix)),
        findings=findings,
        measures={p.name: round(p.value, 6) for p in parts},
    )


def _environment(evidence: Evidence) -> Environment:
    try:
        raw = evidence.file(ENVIRONMENT, RECORD, max_bytes=MAX_BYTES).read_bytes()
        return Environment.model_validate_json(raw)
    except (SubmissionError, OSError, ValidationError) as error:
        told = f"what could be installed was not written down: {type(error).__name__}"
        raise InfraError(told, hint="grade it again") from error


def _install(room: Environment, needed: list[Imported]) -> Part:
    """What they asked for and could not have costs only where the code imports it."""
    if room.outcome == "failed":
        told = f"Nothing of what is declared could be installed: {room.reason or 'no reason was given'}."
        finding = _finding(told, room, "install-failed", "declare versions that exist for Python 3.11")
        return Part("install", 0.0, 0.25, told, (finding,))
    wanted = {package_of(i.module) for i in needed}
    gone = [entry for entry in room.left_out if normal(entry.name) in wanted]
    if not gone:
        return Part("install", 1.0, 0.25, "What it imports can be installed from its declarations.")
    findings = tuple(
        Finding(
            what=f"{entry.name[:100]} could not be installed: {entry.why}"[:2000],
            place=Place(file=entry.file, line=entry.line),
            severity=Severity.MAJOR,
            fix="declare a version that exists for Python 3.11 as a wheel",
            rule="not-installable",
        )
        for entry in gone[:SHOWN]
    )
    return Part(
        "install",
        1.0 - len(gone) / len(wanted),
        0.25,
        f"{len(gone)} imported packages cannot be had.",
        findings,
    )


def _declared(room: Environment, needed: list[Imported]) -> Part:
    told_of = (
        [d.name for d in room.declared] + [d.name for d in room.installed] + [d.name for d in room.left_out]
    )
    names = frozenset(normal(name) for name in told_of)
    missing = [i for i in needed if not is_there(package_of(i.module), names)]
    told = f"{len(needed) - len(missing)} of {len(needed)} imported packages are declared."
    findings = tuple(
        Finding(
            what=f"{package_of(i.module)} is imported and not declared",
            place=Place(file=i.path, line=i.line, cell=i.cell),
            severity=Severity.MAJOR,
            fix="name every package that the code imports in requirements.txt or pyproject.toml",
            rule="undeclared",
        )
        for i in missing[:SHOWN]
    )
    return Part("declared", 1.0 - len(missing) / len(needed), 0.25, told, findings)


def _versions(room: Environment) -> Part:
    """Tools for tests may be of any version: nobody's result hangs on them."""
    judged = [d for d in room.declared if d.scope == "runtime" and normal(d.name) in KNOWN | ALIKE]
    fix = "give versions an upper bound, pin them, or send a lock file"
    if not judged:
        told = "No versions are declared."
        return Part("versions", 0.0, 0.15, told, (_finding(told, room, "no-versions", fix),))
    if room.lock_file:
        return Part("versions", 1.0, 0.15, f"Versions are locked in {room.lock_file[:100]}.")
    values = [(d, _bound(d)) for d in judged]
    loose = [(d, value) for d, value in values if value < 1.0]
    findings = tuple(
        Finding(
            what=f"{d.name[:100]}: {d.specifier[:60] or 'any version'}",
            place=Place(file=d.file, line=d.line or None),
            fix=fix,
            rule="unbounded",
        )
        for d, _ in sorted(loose, key=lambda pair: pair[1])[:SHOWN]
    )
    told = f"{len(judged) - len(loose)} of {len(judged)} declared packages are bounded above."
    return Part("versions", sum(v for _, v in values) / len(values), 0.15, told, findings)


def _bound(declared: _Declared) -> float:
    if declared.pinned or any(sign in declared.specifier for sign in ("<", "~=", "==")):
        return 1.0
    return BELOW_ONLY if declared.specifier else ANY_VERSION


def _unused(room: Environment, imports: tuple[Imported, ...]) -> Part:
    used = {package_of(i.module) for i in imports} | {normal(i.module) for i in imports}
    judged = KNOWN - UNSEEN
    idle = [d for d in room.declared if d.scope == "runtime" and normal(d.name) in judged - used]
    findings = tuple(
        Finding(
            what=f"{d.name[:100]} is declared, and nothing imports it",
            place=Place(file=d.file, line=d.line or None),
            fix="declare what the code uses",
            rule="unused-package",
        )
        for d in idle[:SHOWN]
    )
    told = f"{len(idle)} declared packages are not used." if idle else ""
    return Part("unused", max(0.0, 1.0 - 0.5 * len(idle)), 0.05, told, findings)


def _calls(found: Analysis) -> Part:
    code = {f.path for f in found.code}
    seen = [hit for hit in found.lint if hit.rule in CALLS and hit.path in code]
    kinds = {CALLS[hit.rule or ""] for hit in seen}
    findings = tuple(
        Finding(
            what=hit.message or "a dangerous call",
            place=Place(file=hit.path, line=hit.line, cell=hit.cell),
            severity=Severity.MAJOR,
            fix=CALLS[hit.rule or ""],
            rule=hit.rule or "",
        )
        for hit in seen[:SHOWN]
    )
    told = f"{len(seen)} dangerous calls." if seen else ""
    return Part("calls", max(0.0, 1.0 - 0.5 * len(kinds)), 0.10, told, findings)


def _in_history(evidence: Evidence, leaked: tuple[analysis.Leaked, ...]) -> list[LeakedBefore]:
    """Credentials that only the history has; what is in the files too is told there."""
    if evidence.result(HISTORY).ended is not Ended.FINISHED:
        return []
    try:
        raw = evidence.file(HISTORY, HISTORY_FILE, max_bytes=MAX_BYTES).read_bytes()
        found = _History.model_validate_json(raw).leaked
    except (SubmissionError, OSError, ValidationError) as error:
        told = f"our reader of histories left no {HISTORY_FILE}: {type(error).__name__}"
        raise InfraError(told, hint="grade it again") from error
    known = {(leak.kind, leak.shown) for leak in leaked}
    return list(
        {(leak.kind, leak.shown): leak for leak in found if (leak.kind, leak.shown) not in known}.values()
    )


def _secrets(leaked: tuple[analysis.Leaked, ...], before: list[LeakedBefore]) -> Part:
    """One is as bad as ten: a part that is lost once, wherever they are."""
    findings = tuple(
        Finding(
            what=f"{leak.kind} ({leak.shown}) is in the file",
            place=Place(file=leak.path, line=leak.line),
            severity=Severity.CRITICAL,
            fix="revoke it, take it out of the history too, and read it from the environment",
            rule="credential",
        )
        for leak in leaked[:SHOWN]
    )
    findings += tuple(
        Finding(
            what=f"{leak.kind} ({leak.shown}) is in the history, since commit {leak.commit}: a clone has it",
            place=Place(file=leak.path, line=leak.line, stage=HISTORY),
            severity=Severity.CRITICAL,
            fix="revoke it: what was committed once is known; then rewrite the history or start a new one",
            rule="credential-in-history",
        )
        for leak in before[:SHOWN]
    )
    counts = [(len(leaked), "in the files"), (len(before), "in the history only")]
    told = " ".join(f"{n} credential{'s are' if n > 1 else ' is'} {where}." for n, where in counts if n)
    return Part("secrets", 0.0 if findings else 1.0, 0.20, told or "No credentials were found.", findings)


def _finding(what: str, room: Environment, rule: str, fix: str) -> Finding:
    place = Place(file=room.sources[0]) if room.sources else Place(stage=ENVIRONMENT)
    return Finding(what=what[:2000], place=place, severity=Severity.MAJOR, fix=fix, rule=rule)


GRADER = Grader(name="dependencies", needs=(analysis.STAGE,), params=NoParams, grade=grade)
