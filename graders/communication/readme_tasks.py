"""What a reader must be able to do by a README, and whether each was done. For readme_runs.py.

Every judge takes what was found (`Ground`) and says how far its thing is done, by which command, and what is
wrong with it. What a command did is the container's word: it is believed where a stage of
the harness's own had the same effect.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from pydantic import Field

from graders import documents, strict_csv
from graders.communication import howto
from graders.communication.howto import STAGE, Attempt, Plan
from graders.communication.readme_findings import failed, lost
from graders.violations import PredictionsError
from harness.errors import SubmissionError
from harness.model import (
    MAX_EVIDENCE_BYTES,
    Ended,
    Evidence,
    Finding,
    Params,
    Place,
    Severity,
)

TRAIN, PREDICT, TEST, SERVE, NOTEBOOK = "train", "predict", "test", "serve", "notebook"
PUBLIC = "predict-public"
HALF = 0.5
AGREE_R, AGREE_SHIFT = 0.8, 0.02
MAX_ROWS = 200_000
SAYS = {TRAIN: "train the model", PREDICT: "predict", TEST: "run the tests", SERVE: "start the service"}


class ReadmeParams(Params):
    """``agree``: the least correlation of the README's predictions with those of the declared command."""

    agree: float = Field(default=AGREE_R, ge=0.0, le=1.0)


@dataclass(frozen=True)
class Done:
    """One thing to be done: how far it is, by which command, and what is wrong with it."""

    topic: str
    value: float
    by: Attempt | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Ground:
    """What is judged by."""

    evidence: Evidence
    plan: Plan
    attempts: list[Attempt]
    declared: dict[str, str]
    params: ReadmeParams

    def of(self, topic: str) -> list[Attempt]:
        """The commands that are for ``topic``."""
        return [
            a
            for a in self.attempts
            if a.told.kind in ("run", "tool") and topic in howto.topics_of(a.told, self.declared)
        ]

    def went_well(self, stage: str) -> bool:
        """Whether a stage of the harness's own ended well."""
        return self.evidence.result(stage).ended is Ended.FINISHED


def _train(ground: Ground) -> Done:
    doing = [
        a
        for a in ground.attempts
        if a.ran
        and howto.is_own(a.told)
        and _may_train(a, ground)
        and a.came is not None
        and _is_model(a, ground)
    ]
    if doing and not ground.went_well("train"):
        what = "the declared training fails, so what this one wrote cannot be taken for a model"
        return _unproved(TRAIN, doing[0], ground, what)
    return _best(TRAIN, doing, ground, "it left no new file: a model was not trained")


def _is_model(attempt: Attempt, ground: Ground) -> bool:
    """It wrote a file of its own; one like those of the declared training where it only may have trained."""
    came = attempt.came.wrote if attempt.came else ()
    wrote = [n for n in came if not n.endswith((".csv", ".log", ".xml"))]
    names = {n.rpartition("/")[2] for n in wrote if not n.startswith("/tmp/")}  # noqa: S108 (the container's)
    known = {n.rpartition("/")[2] for n in ground.evidence.result("train").files}
    if TRAIN in howto.topics_of(attempt.told, ground.declared) or not known:
        return bool(names)
    return bool(names & known)


def _may_train(attempt: Attempt, ground: Ground) -> bool:
    """Tests and predictions write files too."""
    topics = howto.topics_of(attempt.told, ground.declared)
    return TRAIN in topics or (not topics and howto.calls_all(attempt.told, ground.declared))


def _predict(ground: Ground) -> Done:
    doing = [
        a
        for a in ground.attempts
        if a.ran and a.came is not None and a.came.predictions and howto.is_own(a.told)
    ]
    for attempt in reversed(doing):
        why = _disagrees(ground, attempt)
        if not why:
            return _best(PREDICT, [attempt], ground, "")
    if doing:
        return _unproved(PREDICT, doing[-1], ground, why)
    return _best(PREDICT, [], ground, "it wrote no file with id,prediction")


def _disagrees(ground: Ground, attempt: Attempt) -> str:
    """Why its predictions are not believed; "" where they are."""
    if not ground.went_well(PUBLIC):
        return "the declared command does not predict, so there is nothing to compare these with"
    came = attempt.came
    assert came is not None
    try:
        here = _table(ground.evidence, STAGE, came.predictions)
        there = _table(ground.evidence, PUBLIC, "predictions.csv")
    except (PredictionsError, SubmissionError, ValueError) as error:
        return f"its predictions cannot be read: {error}"[:500]
    shared = sorted(here.keys() & there.keys())
    if not shared:
        return ""  # other rows than those of the validation folder: nothing to compare
    if len(shared) < 0.5 * len(there):
        return f"it predicts {len(shared):,} of the {len(there):,} validation rows"
    a, b = np.array([here[i] for i in shared]), np.array([there[i] for i in shared])
    if float(np.median(np.abs(a - b))) <= AGREE_SHIFT:
        return ""
    together = float(np.corrcoef(a, b)[0, 1]) if a.std() > 0.0 and b.std() > 0.0 else 0.0
    if together >= ground.params.agree:
        return ""
    return f"its predictions correlate to {together:.2f} with those of the declared command on the same rows"


def _table(evidence: Evidence, stage: str, name: str) -> dict[str, float]:
    raw = evidence.file(stage, name, max_bytes=MAX_EVIDENCE_BYTES).read_bytes()
    ids, cells = strict_csv.parse(raw, max_rows=MAX_ROWS)
    found = {name.strip(): float(cell) for name, cell in zip(ids, cells, strict=True)}
    if not np.isfinite(list(found.values())).all():
        raise ValueError("a prediction is no number")
    return found


def _test(ground: Ground) -> Done:
    named = ground.of(TEST)
    proved = ground.went_well("test")
    for attempt in named:
        if attempt.told.kind == "tool" and proved:
            return _best(TEST, [attempt], ground, "")
        if attempt.ran and attempt.came is not None and attempt.came.tests and not attempt.came.failed:
            return _best(TEST, [attempt], ground, "") if proved else _red(ground, attempt)
        if attempt.ran and proved and _is_declared(attempt, ground.declared[TEST]):
            return _best(TEST, [attempt], ground, "")
    some = [a for a in named if a.came is not None and a.came.tests > a.came.failed > 0]
    return _red(ground, some[0]) if some else _best(TEST, [], ground, "no test ran")


def _red(ground: Ground, attempt: Attempt) -> Done:
    finding = lost(attempt, ground.plan.path, "the tests run, and some fail", "make the tests pass")
    return Done(TEST, HALF, attempt, (finding,))


def _is_declared(attempt: Attempt, declared: str) -> bool:
    return any(" ".join(part) == declared or " ".join(part) in declared for part in attempt.told.parts)


def _serve(ground: Ground) -> Done:
    for attempt in ground.attempts:
        if attempt.served and attempt.came is not None and attempt.came.health == 200:
            return _best(SERVE, [attempt], ground, "")
    parts = [p for a in ground.attempts if a.told.kind == "docker" for p in a.told.parts]
    by = next((a for a in ground.attempts if a.told.kind == "docker"), None)
    composed = any("up" in part for part in parts if "compose" in " ".join(part[:2]))
    built, build_why = (True, "") if composed else _names_build(ground, parts)
    run, run_why = (True, "") if composed else _names_run(ground, parts)
    wrong = [why for why in (build_why, run_why) if why]
    place = by.place(ground.plan.path) if by else Place(file=ground.plan.path, stage=STAGE)
    fix = "say how to build the image and how to run it, with its port: docker build, docker run -p"
    findings = tuple(
        Finding(what=why, place=place, severity=Severity.MAJOR, fix=fix, rule="readme-serve") for why in wrong
    )
    return Done(SERVE, HALF * built + HALF * run, by, findings)


def _names_build(ground: Ground, parts: list[tuple[str, ...]]) -> tuple[bool, str]:
    builds = [p for p in parts if "build" in p[:3]]
    if not builds:
        return False, "the README does not say how to build the image"
    paths = frozenset(documents.read(ground.evidence).paths)
    serve = ground.evidence.submission.settings.serve
    usual = serve.dockerfile if serve else "Dockerfile"
    files = [p[p.index(flag) + 1] for p in builds for flag in ("-f", "--file") if flag in p[:-1]] or [usual]
    missing = [file for file in files if file.removeprefix("./") not in paths]
    return (False, f"docker build names {missing[0][:200]}, which is not there") if missing else (True, "")


def _names_run(ground: Ground, parts: list[tuple[str, ...]]) -> tuple[bool, str]:
    runs = [p for p in parts if "run" in p[:3]]
    if not runs:
        return False, "the README does not say how to run the image"
    serve = ground.evidence.submission.settings.serve
    port = str(serve.port if serve else 8080)
    published = [
        m[1] for p in runs for word in p if (m := re.fullmatch(r"(?:[\d.]+:)?\d+:(\d+)(?:/tcp)?", word))
    ]
    if published and port not in published:
        return False, f"docker run publishes port {published[0]} of the container, and it listens on {port}"
    return True, ""


def _notebook(ground: Ground) -> Done:
    """Its way to be run is known to everybody; that it is run so should be said."""
    path = ground.evidence.submission.settings.notebook
    name = path.rpartition("/")[2]
    called = [a for a in ground.attempts if a.told.kind == "notebook"]
    by = next((a for a in called if name in a.told.text), None)
    said = by is not None or any(found.rpartition("/")[2] == name for found in ground.plan.names)
    place = Place(file=ground.plan.path or path, line=by.told.line if by else None, stage=STAGE)
    if not ground.went_well("predict"):
        why = f"the notebook does not run from top to bottom: {ground.evidence.result('predict').reason}"
        finding = Finding(
            what=why[:2000],
            place=place,
            severity=Severity.MAJOR,
            fix="restart and run all",
            rule="readme-notebook",
        )
        return Done(NOTEBOOK, 0.0, by, (finding,))
    if said:
        return Done(NOTEBOOK, 1.0, by)
    what = f"no README says that {name} is what to run"
    fix = f"write a README.md that says how to run {name}, and on what"
    return Done(NOTEBOOK, HALF, None, (Finding(what=what, place=place, fix=fix, rule="readme-notebook"),))


JUDGES: dict[str, Callable[[Ground], Done]] = {
    TRAIN: _train,
    PREDICT: _predict,
    TEST: _test,
    SERVE: _serve,
    NOTEBOOK: _notebook,
}


def _best(topic: str, doing: list[Attempt], ground: Ground, without: str) -> Done:
    """Done, for half where a reader has to fill something in; else what was tried, or that nothing was."""
    if doing:
        whole = [a for a in doing if not a.told.holes]
        if whole:
            return Done(topic, 1.0, whole[0])
        hole = lost(
            doing[0],
            ground.plan.path,
            f"it cannot be copied as it is: {', '.join(doing[0].told.holes)[:200]}",
            "write commands that run as they stand, on data/ and data/validation",
        )
        return Done(topic, HALF, doing[0], (hole,))
    tried = ground.of(topic)
    if accepted := [a for a in tried if a.told.kind == "tool" and ground.went_well(topic)]:
        return Done(topic, 1.0, accepted[0])
    if not tried:
        what = f"no command in the README lets a reader {SAYS[topic]}"
        place = Place(file=ground.plan.path, line=1, stage=STAGE)
        fix = f"give the command that does it: {SAYS[topic]}"
        return Done(
            topic, 0.0, None,
            (Finding(what=what, place=place, severity=Severity.MAJOR, fix=fix, rule="readme-silent"),),
        )  # fmt: skip
    return Done(topic, 0.0, tried[0], tuple(_no_effect(a, ground, without) for a in tried[:4]))


def _no_effect(attempt: Attempt, ground: Ground, without: str) -> Finding:
    if attempt.ran:
        return lost(attempt, ground.plan.path, without, "let the command have its effect")
    if attempt.came is None:
        why = ground.evidence.result(STAGE).reason or "it was not run"
        return lost(attempt, ground.plan.path, f"it did not come to it: {why}", "see the stage readme")
    return failed(attempt, ground.plan.path)


def _unproved(topic: str, attempt: Attempt, ground: Ground, why: str) -> Done:
    fix = "let the README and submission.toml name commands that do the same"
    return Done(topic, 0.0, attempt, (lost(attempt, ground.plan.path, why, fix),))
