"""The first lane: train, predict, and what else an assignment asks of hidden rows and broken tables."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from harness.collect import stages
from harness.collect.broken import on_as_good, on_broken
from harness.collect.line import Line, why_not
from harness.collect.permuting import permuted_copy, read_plan
from harness.collect.restarts import train_changed
from harness.edition.permutation import Plan
from harness.model import (
    BREAKAGES,
    MONITOR_STAGES,
    PERMUTED_STAGES,
    Ended,
    ExtraStage,
    StageResult,
    Track,
)


def data_lane(line: Line) -> None:
    """Train, predict, and what else this assignment asks of hidden rows and of broken tables."""
    try:
        _hidden_rows(line)
        _train_on_broken(line)
    finally:
        line.tried_broken.set()


def _hidden_rows(line: Line) -> None:
    try:
        train_and_predict(line)
        if ExtraStage.VERSIONS in line.ground.assignment.stages and line.ground.requests is not None:
            _train_changed(line)
    finally:
        line.changed.set()
    if ExtraStage.RETRAINED in line.ground.assignment.stages:
        _again(line)
    if ExtraStage.PERMUTED in line.ground.assignment.stages:
        _permuted(line)
    if ExtraStage.DEID in line.ground.assignment.stages:
        # not a model's work: a submission whose training failed may still do it well
        line.run(ExtraStage.DEID.value, lambda: stages.deid(line.ground, line.into / "train"))
    if ExtraStage.MONITOR in line.ground.assignment.stages:
        _monitor(line)


def train_and_predict(line: Line, predictions: Iterable[str] = tuple(stages.PREDICT_INPUTS)) -> None:
    """Train and predict."""
    before = ""
    try:
        if line.ground.submission.track is not Track.NOTEBOOK:
            before = why_not(line.run("train", lambda: stages.train(line.ground)))
    finally:
        line.trained.set()
    for name in predictions:
        result = _predict(line, name, unless=before)
        before = before or why_not(result)


def _predict(line: Line, name: str, *, unless: str) -> StageResult:
    return line.run(name, lambda: stages.predict(name, line.ground, line.into / "train"), unless=unless)


def _train_changed(line: Line) -> None:
    """Train on a part of the rows, where training on all of them went well: another model to serve."""
    unless = "a notebook is no service" if line.ground.submission.track is Track.NOTEBOOK else ""
    unless = unless or why_not(line.results["train"])
    if unless:
        line.skip(stages.TRAIN_CHANGED, unless)
        return
    line.keep(stages.TRAIN_CHANGED, lambda into: train_changed(line.ground, line.sandbox, into))


def _again(line: Line) -> None:
    """Train and predict once more, where both went well the first time."""
    before = why_not(line.results["predict"])
    if line.ground.submission.track is not Track.NOTEBOOK:
        before = why_not(line.run(stages.RETRAIN, lambda: stages.retrain(line.ground), unless=before))
    folder = line.into / stages.RETRAIN
    again = ExtraStage.RETRAINED.value
    line.run(again, lambda: stages.predict_again(line.ground, folder), unless=before)


def _permuted(line: Line) -> None:
    """Train on dealt outcomes as often as the budget allows; a notebook and a line-check never do.

    Seconds are those of the stages, so a resumed run stops where an undisturbed one does.
    """
    trained = line.results.get("train")
    if (folder := line.ground.dealing) is None or trained is None:
        return
    plan, spent, failed = read_plan(folder), 0.0, 0
    for name in PERMUTED_STAGES:
        result = _permute(line, name, plan, unless=why_not(trained))
        failed += result.ended is not Ended.FINISHED
        spent += result.seconds
        if failed >= stages.FAILURES or spent + result.seconds > stages.PERMUTED_BUDGET_S:
            return


def _permute(line: Line, name: str, plan: Plan, *, unless: str) -> StageResult:
    if unless or line.journal.result(name) is not None:
        return line.run(name, lambda: stages.train(line.ground), unless=unless)
    seed, dealt = f"{line.ground.draw}/{name}", line.into.parent / f".{name}"
    with permuted_copy(line.ground.public.data, plan, seed=seed, into=dealt) as data:
        return line.run(name, lambda: stages.permuted(name, line.ground, data))


def _monitor(line: Line) -> None:
    """One batch after the other; a line-check has none, and runs none."""
    if (batches := line.ground.batches) is None:
        return
    for name in MONITOR_STAGES:
        line.run(name, partial(stages.monitor, name, line.ground, batches, line.into / "train"))


def _train_on_broken(line: Line) -> None:
    """One breakage after the other, while the budget lasts; who refuses any is given what is as good."""
    if ExtraStage.BROKEN not in line.ground.assignment.stages:
        return
    if line.ground.submission.track is Track.NOTEBOOK:
        line.skip(ExtraStage.BROKEN.value, "a notebook has no training of its own")
        return
    line.run(ExtraStage.BROKEN.value, lambda: stages.broken(line.ground))
    if why_not(line.results["train"]):
        return
    if on_broken(line, "train", lambda: stages.train(line.ground), BREAKAGES):
        on_as_good(line, "train", lambda: stages.train(line.ground))
