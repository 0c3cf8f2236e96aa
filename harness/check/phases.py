"""Evidence and judgements -> the phases of a self-check: what was seen, what to do. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from harness.check import advice
from harness.handout import PublicSpec
from harness.model import (
    SABOTAGED_TESTS,
    Ended,
    Evidence,
    Finding,
    Frozen,
    Score,
    Severity,
    StageResult,
    Track,
    Verdict,
)

BUILD = "build"
TESTS, STATIC, README, CLAIMS = "tests", "static findings", "README", "claims, on public rows"
REPORT = "metrics.json"
JUDGED = {
    "predictions file": ("predictions",),
    "one row alone, other order": ("company",),
    TESTS: ("tests_run",),
    STATIC: ("structure", "defects", "conventions", "ml_smells", "dependencies", "repository", "test_smells"),
    README: ("form",),
    CLAIMS: ("claims",),
    REPORT: ("honest_evaluation",),
}
OF_COMMANDS = ("tests_run", "honest_evaluation")  # a notebook has none
OF_PREDICTIONS = ("predictions", "company", "claims")
GRAVE = (Severity.MAJOR, Severity.CRITICAL)
LISTED = 8  # findings a phase


class State(StrEnum):
    """How a phase looks from where points are lost."""

    OK = "ok"
    COSTS = "costs points"
    FAILS = "fails"
    SKIPPED = "not run"


class Phase(Frozen):
    """One line of the table."""

    name: str
    state: State
    seen: str
    act: str = ""
    findings: tuple[Finding, ...] = ()
    tail: str = ""  # the end of what their program printed, when it failed
    seconds: float = 0.0


def phases(evidence: Evidence, scores: Mapping[str, Score], spec: PublicSpec) -> tuple[Phase, ...]:
    """All of them, in the order in which a submission meets them."""
    notebook = evidence.submission.track is Track.NOTEBOOK
    stages = ("predict",) if notebook else ("train", "predict")
    found = [_commands(evidence, spec), _dependencies(evidence)]
    found += [_stage(name, evidence, spec) for name in stages]
    if BUILD in evidence.stages and Track.SERVICE in spec.tracks:  # elsewhere no point hangs on it
        found.append(_image(evidence.result(BUILD)))
    for name, judges in JUDGED.items():
        asked = tuple(judge for judge in judges if judge in scores)
        if asked and not (notebook and asked[0] in OF_COMMANDS):
            found.append(_judged(name, asked, scores, evidence))
    return tuple(_in_own_words(phase, scores, evidence, spec) for phase in found)


def _commands(evidence: Evidence, spec: PublicSpec) -> Phase:
    """What was declared or found, and whether this assignment takes such a submission."""
    submission = evidence.submission
    commands = submission.settings.commands
    found = {"notebook": submission.settings.notebook} if submission.track is Track.NOTEBOOK else {}
    if not found:
        found = {name: getattr(commands, name) for name in ("train", "predict", "test")}
    told = "; ".join(f"{name}: {command}" for name, command in found.items() if command)
    notes = "; ".join((*submission.settings.detected, *submission.notes))
    seen = "; ".join(part for part in (told or "no command was found", notes) if part)
    if submission.track not in spec.tracks:
        taken = ", ".join(spec.tracks)
        return Phase(
            name="commands found", state=State.FAILS,
            seen=f"this looks like the {submission.track} track, and the assignment takes {taken}. {seen}",
            act="submission.toml says what you send: [commands], or [notebook] with its path",
        )  # fmt: skip
    missing = [name for name in found if not found[name]]
    if not missing:
        return Phase(name="commands found", state=State.OK, seen=seen)
    state = State.FAILS if "predict" in missing or "train" in missing else State.COSTS
    act = f"declare {' and '.join(f'commands.{name}' for name in missing)} in submission.toml"
    return Phase(name="commands found", state=state, seen=seen, act=act)


def _dependencies(evidence: Evidence) -> Phase:
    result = evidence.result("environment")
    if result.ended is not Ended.FINISHED:
        act = "try `pip install -r requirements.txt` on a fresh Python 3.11"
        return Phase(
            name="dependencies", state=State.FAILS, seen=result.reason, act=act, seconds=result.seconds
        )
    state = State.COSTS if result.reason else State.OK
    act = (
        "ask for versions that can be had; .takehome/image.lock lists those of the image"
        if result.reason
        else ""
    )
    seen = result.reason or "all that is declared is there"
    return Phase(name="dependencies", state=state, seen=seen, act=act, seconds=result.seconds)


def _stage(name: str, evidence: Evidence, spec: PublicSpec) -> Phase:
    result = evidence.result(name)
    if result.ended is Ended.FINISHED:
        limits = spec.limits_for(name)
        memory = (
            "" if result.peak_memory_mb is None else f", {result.peak_memory_mb:.0f} of {limits.memory_mb} MB"
        )
        seen = f"{result.seconds:.1f} of {limits.timeout_s:.0f} s{memory}"
        return Phase(name=name, state=State.OK, seen=seen, seconds=result.seconds)
    if result.ended is Ended.SKIPPED:
        return Phase(name=name, state=State.SKIPPED, seen=result.reason, act="mend what comes before it")
    return Phase(
        name=name,
        state=State.FAILS,
        seen=f"{result.ended}: {result.reason}" if result.reason else result.ended.value,
        act=advice.for_stage(result, spec.limits_for(name)),
        tail=result.tail,
        seconds=result.seconds,
    )


def _in_own_words(phase: Phase, scores: Mapping[str, Score], evidence: Evidence, spec: PublicSpec) -> Phase:
    """What three of the judges say is meant for a report on hidden rows; here it is said for a table."""
    if phase.name == TESTS:
        return _tests(phase, evidence, spec)
    if phase.name == STATIC and phase.state is not State.SKIPPED:
        return _static(phase, scores)
    if phase.name == CLAIMS and (measures := scores["claims"].measures):
        return _claims(phase, measures, scores["claims"])
    return phase


def _claims(phase: Phase, measures: Mapping[str, float], score: Score) -> Phase:
    """By the judge's own scale: within two standard errors nothing is lost."""
    seen = (
        f"claimed {measures['claimed']:.4g}, measured {measures['measured']:.3f} on the public rows: "
        f"{measures['z']:.1f} standard errors apart"
    )
    state = State.OK if score.value == 1.0 else State.COSTS
    return phase.model_copy(update={"seen": seen, "state": state, "findings": ()})


def _static(phase: Phase, scores: Mapping[str, Score]) -> Phase:
    lines = scores["structure"].measures.get("lines") if "structure" in scores else None
    code = "" if lines is None else f"{lines:,.0f} lines of code; "
    if not phase.findings:
        return phase.model_copy(update={"seen": f"{code}nothing found"})
    worst = sum(finding.severity in GRAVE for finding in phase.findings)
    seen = f"{code}{len(phase.findings)} findings, {worst} of them serious: {phase.findings[0].what}"
    return phase.model_copy(update={"seen": seen})


def _tests(phase: Phase, evidence: Evidence, spec: PublicSpec) -> Phase:
    result = evidence.result("test")
    seconds = result.seconds + evidence.result(SABOTAGED_TESTS).seconds
    if result.ended in (Ended.FINISHED, Ended.SKIPPED):
        return phase.model_copy(update={"seconds": seconds})
    act = "; ".join(part for part in (advice.for_stage(result, spec.limits_for("test")), phase.act) if part)
    return phase.model_copy(
        update={"seconds": seconds, "state": State.FAILS, "act": act, "tail": result.tail}
    )


def _image(result: StageResult) -> Phase:
    """Their Dockerfile. What the container answers is asked when it is graded, not here."""
    if result.ended is Ended.FINISHED:
        seen = f"built in {result.seconds:.1f} s; not started here: ask its health and predict yourself"
        return Phase(name="image", state=State.OK, seen=seen, seconds=result.seconds)
    return Phase(
        name="image",
        state=State.FAILS,
        seen=f"{result.ended}: {result.reason}",
        act="build it yourself, without what your machine has and a fresh clone has not",
        tail=result.tail,
        seconds=result.seconds,
    )


def _judged(phase: str, graders: tuple[str, ...], scores: Mapping[str, Score], evidence: Evidence) -> Phase:
    """One phase of one judge or several; the worst of them names the state."""
    held = [scores[grader] for grader in graders]
    findings = tuple(finding for score in held for finding in score.findings)
    grave = sorted(
        findings, key=lambda f: GRAVE.index(f.severity) if f.severity in GRAVE else -1, reverse=True
    )
    return Phase(
        name=phase,
        state=max((_state(name, scores[name], evidence) for name in graders), key=list(State).index),
        seen=" ".join(score.reason for score in held),
        act="; ".join(dict.fromkeys(score.earn_back for score in held if score.earn_back)),
        findings=tuple(grave[:LISTED]),
    )


def _state(grader: str, score: Score, evidence: Evidence) -> State:
    predicted = evidence.result("predict").ended is Ended.FINISHED
    if score.verdict is Verdict.UNGRADED or (grader in OF_PREDICTIONS and not predicted):
        return State.SKIPPED
    if score.verdict is Verdict.MISSING:
        return State.COSTS
    grave = any(finding.severity in GRAVE for finding in score.findings)
    return State.COSTS if grave or (score.value or 0.0) < 0.5 else State.OK
