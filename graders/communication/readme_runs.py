"""E1: the README's commands, in order, in a clean container, with their effects.

    value = sum of things done / (things to be done + .5 for each other command that fails)

Things to be done, 1 each (half where a placeholder has to be filled in first):

    train      a command of the project's own writes a new file, and the declared training runs too
    predict    one writes id,prediction; on the validation rows those agree with the declared command's
    test       the tests run and pass; half where some fail (only where there are tests)
    serve      (service) build and run of the container are named with the right file and port, half each;
               or a server of the project's answers its health path
    notebook   (notebook) it is named, and runs from top to bottom; half where nothing says so

Setup is done by stages of ours, so it costs and earns nothing. `true`, echo and code on the command line have
no effect that counts. What a command did is the container's word, so it is believed where a stage of the
harness's own had the same effect.
"""

from __future__ import annotations

from graders import analysis
from graders.communication import howto
from graders.communication.howto import STAGE, Attempt
from graders.communication.readme_findings import failed, is_bad, seen
from graders.communication.readme_tasks import (
    JUDGES,
    NOTEBOOK,
    PREDICT,
    SERVE,
    TEST,
    TRAIN,
    Done,
    Ground,
    ReadmeParams,
)
from harness.errors import SubmissionError
from harness.model import (
    AnswerKey,
    Ended,
    Evidence,
    ExtraStage,
    Finding,
    Grader,
    Place,
    Score,
    Severity,
    Track,
)

OTHER, MOST_OTHER = 0.5, 6


def grade(evidence: Evidence, key: AnswerKey, params: ReadmeParams) -> Score:
    """Each thing to be done, and what else fails."""
    plan = howto.read_plan(evidence)
    commands = evidence.submission.settings.commands
    declared = {name: getattr(commands, name) for name in (TRAIN, PREDICT, TEST)}
    try:
        attempts = howto.attempts(evidence, plan)
    except SubmissionError as error:
        return _unread(str(error), plan.path)
    ground = Ground(evidence, plan, attempts, declared, params)
    if not plan.path and evidence.submission.track is not Track.NOTEBOOK:
        return _none()
    done = [JUDGES[topic](ground) for topic in _topics(evidence, declared)]
    others = _others(ground, done)
    value = sum(d.value for d in done) / (len(done) + OTHER * len(others[:MOST_OTHER]))
    findings = [f for d in done for f in d.findings] + [failed(a, plan.path) for a in others]
    findings += [seen(a, plan.path) for a in ground.attempts]
    return Score.graded(
        value,
        _reason(done, others, ground),
        earn_back="; ".join(
            dict.fromkeys(f.fix for f in findings if f.fix and f.severity is not Severity.INFO)
        )[:2000],
        findings=tuple(findings[:80]),
        measures={d.topic: d.value for d in done}
        | {"commands": float(len(plan.commands)), "others_failed": float(len(others))},
    )


def _topics(evidence: Evidence, declared: dict[str, str]) -> list[str]:
    if evidence.submission.track is Track.NOTEBOOK:
        return [NOTEBOOK]
    topics = [TRAIN, PREDICT] + ([TEST] if declared[TEST] else [])
    return [*topics, SERVE] if evidence.submission.track is Track.SERVICE else topics


def _others(ground: Ground, done: list[Done]) -> list[Attempt]:
    """Commands that fail, beyond those whose effect is missed already."""
    missed = {d.topic for d in done if d.value == 0.0}
    return [
        a
        for a in ground.attempts
        if a.told.kind == "run"
        and not a.told.inline
        and is_bad(a)
        and not missed & howto.topics_of(a.told, ground.declared)
        and not any(d.by == a for d in done)
    ]


def _reason(done: list[Done], others: list[Attempt], ground: Ground) -> str:
    well = [d.topic for d in done if d.value == 1.0]
    half = [d.topic for d in done if 0.0 < d.value < 1.0]
    nothing = [d.topic for d in done if d.value == 0.0]
    told = [
        f"Following {ground.plan.path or 'the notebook'}: {', '.join(well)} came of it." if well else "",
        f"Half of it: {', '.join(half)}." if half else "",
        f"Not: {', '.join(nothing)}." if nothing else "",
        f"{len(others)} other commands fail." if others else "",
    ]
    result = ground.evidence.result(STAGE)
    if result.ended not in (Ended.FINISHED, Ended.SKIPPED):
        told.append(f"Following it did not end well: {result.reason or result.ended.value}.")
    return " ".join(part for part in told if part)


def _unread(why: str, path: str) -> Score:
    """The record of what came of the commands, which only their processes can have spoilt."""
    act = "commands that end by themselves and leave what runs beside them alone"
    where = Place(file=path or "README.md", stage=howto.STAGE)
    finding = Finding(what=why[:2000], place=where, severity=Severity.MAJOR, fix=act, rule="readme-unread")
    return Score.missing(f"{why}.", earn_back=act, findings=(finding,))


def _none() -> Score:
    why = "There is no README to follow."
    act = "write a README.md with the commands that train, predict and run the tests"
    finding = Finding(
        what=why,
        place=Place(file="README.md", stage=analysis.STAGE),
        severity=Severity.MAJOR,
        fix=act,
        rule="readme-none",
    )
    return Score.missing(why, earn_back=act, findings=(finding,))


GRADER = Grader(
    name="readme_runs", needs=(analysis.STAGE,), params=ReadmeParams, grade=grade, asks=(ExtraStage.README,)
)
