"""The second lane: look at the code, run the tests, and start the service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from harness.collect import stages
from harness.collect.broken import on_as_good, on_broken
from harness.collect.ground import SERVE
from harness.collect.image import build_evidence
from harness.collect.line import Line, why_not
from harness.collect.load import load
from harness.collect.readme import follow_readme
from harness.collect.restarts import restart
from harness.collect.serving import answered, serve
from harness.collect.webhook import webhook
from harness.model import (
    BREAKAGES,
    SABOTAGED_TESTS,
    Built,
    Ended,
    ExtraStage,
    Stage,
    StageResult,
    Track,
)


def code_lane(line: Line) -> None:
    """Look at the code, then run their tests on it and on its sabotaged copy."""
    looked = line.run("static", lambda: stages.static(line.ground))
    if ExtraStage.README in line.ground.assignment.stages:
        folder = line.into / "static"
        line.run(ExtraStage.README.value, lambda: follow_readme(line.ground, folder), unless=why_not(looked))
    if line.ground.submission.history is not None:
        line.run("history", lambda: stages.history(line.ground))
    if line.ground.submission.track is Track.NOTEBOOK:
        _serve(line, None, unless="a notebook is no service")
        return
    with _image(line) as image:
        _tests(line)
        _compare_with_readme(line)
        _serve(line, image)


def _tests(line: Line) -> None:
    without = "" if line.ground.submission.settings.commands.test else "no tests were found"
    broken = line.run("sabotage", lambda: stages.sabotage(line.ground), unless=without)
    line.trained.wait()
    tested = _test(line, "test", line.ground.submission.root, unless=without)
    # a suite that is red already shows nothing by being red on broken code
    without = without or why_not(tested) or why_not(broken)
    _test(line, SABOTAGED_TESTS, line.into / "sabotage" / "tree", unless=without)
    _try_mutants(line, unless=without)
    if not without:
        _test_on_broken(line)


def _test(line: Line, name: str, tree: Path, *, unless: str) -> StageResult:
    return line.run(name, lambda: stages.test(name, line.ground, tree, line.into / "train"), unless=unless)


def _try_mutants(line: Line, *, unless: str) -> None:
    """The suite on copies that only running the code tells apart, and on mistakes where that is asked."""
    made = line.run(stages.MUTANTS, lambda: stages.mutants(line.ground), unless=unless)
    line.run(
        ExtraStage.TRIALS.value,
        lambda: stages.test_mutants(line.ground, line.into / stages.MUTANTS, line.into / "train"),
        unless=unless or why_not(made),
    )


def _test_on_broken(line: Line) -> None:
    """The suite on breakages that training took, where it reads the data: first on an empty table."""
    line.tried_broken.wait()
    report = line.into / ExtraStage.BROKEN / "broken.json"
    made = line.results.get(ExtraStage.BROKEN)
    if made is None or why_not(made) or not json.loads(report.read_text("utf-8"))["tests_may_read"]:
        return

    def plan() -> Stage:
        root = line.ground.submission.root
        return stages.test("test", line.ground, root, line.into / "train")

    taken = [name for name in BREAKAGES if _took(line, f"train-{name}")]
    if taken and on_broken(line, "test", plan, ("empty-table",)):
        on_broken(line, "test", plan, [name for name in taken if name != "empty-table"])
        on_as_good(line, "test", plan)


def _took(line: Line, stage: str) -> bool:
    return stage in line.results and line.results[stage].ended is not Ended.FAILED


def _compare_with_readme(line: Line) -> None:
    """Predictions that came of following the README are to be compared with those of the command."""
    followed = line.results.get(ExtraStage.README.value)
    if followed is None or not any(name.endswith(".csv") for name in followed.files):
        return
    folder = line.into / "train"
    line.run(
        stages.PUBLIC,
        lambda: stages.predict_public(line.ground, folder),
        unless=why_not(line.results["train"]),
    )


@contextmanager
def _image(line: Line) -> Iterator[Built | None]:
    """Build it, where there is a Dockerfile; None without one, or when nothing is left that needs it."""
    dockerfile = line.ground.dockerfile
    wanted = [s for s in stages.SERVED if s is SERVE or s in line.ground.assignment.stages]
    known = all(line.journal.result(str(name)) is not None for name in wanted)
    waits = line.ground.requests is not None and not known
    with ExitStack() as stack:
        live: list[Built] = []

        def build(into: Path) -> StageResult:
            root = line.ground.submission.root
            live.append(stack.enter_context(line.sandbox.built(dockerfile, root, line.ground.packages)))
            return build_evidence(live[0], dockerfile, line.ground, into)

        if dockerfile:
            line.keep(stages.BUILD, build, anew=waits)
        yield live[0] if live else None


def _serve(line: Line, image: Built | None, *, unless: str = "") -> None:
    """Start what was built, where the assignment asks for a service, and let our prober ask it."""
    if (requests := line.ground.requests) is None:
        return
    built, trained = line.results.get(stages.BUILD), line.results.get("train")
    unless = unless or ("no Dockerfile was sent" if built is None else why_not(built))
    unless = unless or ("" if trained is None else why_not(trained))
    if unless:
        line.skip(SERVE, unless)
        return
    image_id = (image.image_id if image else None) or ""  # without an image the journal has the result
    model = line.into / "train"
    served = line.keep(SERVE, lambda into: serve(line.ground, image_id, model, requests, line.sandbox, into))
    _serve_more(line, image_id, requests, served)


def _serve_more(line: Line, image_id: str, requests: Path, served: StageResult) -> None:
    """In turns with the reference's, with somebody to tell, with another model: what the assignment asks."""
    asked, ground, model = line.ground.assignment.stages, line.ground, line.into / "train"
    unless = None if answered(served, line.into / SERVE) else served
    if ExtraStage.LOAD in asked and (rival := ground.rival) is not None:
        line.keep_unless(
            unless,
            ExtraStage.LOAD.value,
            lambda into: load(ground, rival, image_id, model, requests, line.sandbox, into),
        )
    if ExtraStage.WEBHOOK in asked:
        line.keep_unless(
            unless,
            ExtraStage.WEBHOOK.value,
            lambda into: webhook(ground, image_id, model, requests, line.sandbox, into),
        )
    if ExtraStage.VERSIONS in asked:
        line.changed.wait()
        changed = line.results.get(stages.TRAIN_CHANGED)
        line.keep_unless(
            unless,
            ExtraStage.VERSIONS.value,
            lambda into: restart(ground, image_id, model, changed, requests, line.sandbox, into),
        )
