"""The stages in order: train, then predict and the tests side by side; our analysers beside all of it."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol

from harness.collect import stages
from harness.collect.image import build_evidence
from harness.collect.load import load
from harness.collect.permuting import permuted_copy, read_plan
from harness.collect.readme import follow_readme
from harness.collect.restarts import restart, train_changed
from harness.collect.serving import answered, serve
from harness.collect.stages import Ground
from harness.edition.permutation import Plan
from harness.errors import SubmissionError
from harness.journal import NAME as JOURNAL
from harness.journal import Journal
from harness.model import (
    AS_GOOD,
    BREAKAGES,
    MONITOR_STAGES,
    PERMUTED_STAGES,
    SABOTAGED_TESTS,
    Built,
    Ended,
    Evidence,
    ExtraStage,
    Sandbox,
    Stage,
    StageResult,
    Track,
    Trust,
)
from harness.store import write_text


class Watcher(Protocol):
    """Hears of every stage as it starts and ends; called from several threads."""

    def started(self, stage: str) -> None:
        """``stage`` is about to run."""

    def ended(self, result: StageResult) -> None:
        """A stage ended, or was skipped."""


def collect(
    ground: Ground,
    sandbox: Sandbox,
    *,
    into: Path,
    watcher: Watcher,
    journal: Journal,
    before: tuple[StageResult, ...] = (),
) -> Evidence:
    """Run every stage that applies; write ``into``/<stage>/... and ``into``/../evidence.json.

    A stage that ``journal`` has a result of is not run again. ``before``: results of stages that ran
    already, such as the environment's.

    Raises:
        InfraError: the sandbox itself failed, also when tried again.
    """
    line = _Line(ground, sandbox, into, watcher, journal)
    line.results.update({result.stage: result for result in before})
    with ThreadPoolExecutor(max_workers=2) as pool:
        try:
            work: list[Future[None]] = [pool.submit(line.data), pool.submit(line.code)]
            done, _ = wait(work, return_when=FIRST_EXCEPTION)
            for future in done:
                future.result()
        except BaseException:
            sandbox.stop()  # a fault or Ctrl-C: what still runs is of no use to anybody
            raise
    evidence = line.evidence()
    write_text(into.parent / "evidence.json", evidence.model_dump_json(indent=1) + "\n")
    return evidence


def collect_predictions(
    ground: Ground,
    sandbox: Sandbox,
    *,
    into: Path,
    watcher: Watcher,
    predictions: tuple[str, ...] = ("predict",),
) -> Evidence:
    """Only train and predict, on all rows: what an anchor of the scale needs."""
    into.mkdir(parents=True, exist_ok=True)
    line = _Line(ground, sandbox, into, watcher, Journal(into / JOURNAL))
    line.model(predictions=predictions)
    return line.evidence()


class _Line:
    """The stages of one submission in two lanes, which share ``results`` and wait for ``trained``."""

    def __init__(
        self, ground: Ground, sandbox: Sandbox, into: Path, watcher: Watcher, journal: Journal
    ) -> None:
        self.ground, self.sandbox, self.into, self.watcher = ground, sandbox, into, watcher
        self.journal = journal
        self.results: dict[str, StageResult] = {}
        self.trained, self.changed = threading.Event(), threading.Event()
        self.tried_broken = threading.Event()

    def evidence(self) -> Evidence:
        """What was observed so far."""
        return Evidence(
            root=self.into,
            submission=self.ground.submission,
            stages={name: self.results[name] for name in stages.ORDER if name in self.results},
            sandbox=dict(self.sandbox.identity()),
        )

    def data(self) -> None:
        """Train, predict, and what else this assignment asks of hidden rows and of broken tables."""
        try:
            self._hidden_rows()
            self._train_on_broken()
        finally:
            self.tried_broken.set()

    def _hidden_rows(self) -> None:
        try:
            self.model()
            if ExtraStage.VERSIONS in self.ground.assignment.stages and self.ground.requests is not None:
                self._train_changed()
        finally:
            self.changed.set()
        if ExtraStage.RETRAINED in self.ground.assignment.stages:
            self._again()
        if ExtraStage.PERMUTED in self.ground.assignment.stages:
            self._permuted()
        if ExtraStage.DEID in self.ground.assignment.stages:
            # not a model's work: a submission whose training failed may still do it well
            self._run(ExtraStage.DEID.value, lambda: stages.deid(self.ground, self.into / "train"))
        if ExtraStage.MONITOR in self.ground.assignment.stages:
            self._monitor()

    def _monitor(self) -> None:
        """One batch after the other; a self-check has none, and runs none."""
        if (batches := self.ground.batches) is None:
            return
        for name in MONITOR_STAGES:
            self._run(name, partial(stages.monitor, name, self.ground, batches, self.into / "train"))

    def _train_on_broken(self) -> None:
        """One breakage after the other, while the budget lasts; who refuses any is given what is as good."""
        if ExtraStage.BROKEN not in self.ground.assignment.stages:
            return
        if self.ground.submission.track is Track.NOTEBOOK:
            self._skip(ExtraStage.BROKEN.value, "a notebook has no training of its own")
            return
        self._run(ExtraStage.BROKEN.value, lambda: stages.broken(self.ground))
        if _why_not(self.results["train"]):
            return
        if self._on_broken("train", lambda: stages.train(self.ground), BREAKAGES):
            self._on_as_good("train", lambda: stages.train(self.ground))

    def _on_as_good(self, does: str, plan: Callable[[], Stage]) -> None:
        """Without the column that nobody knows only where that may be what was refused."""
        for name in AS_GOOD:
            if self._on_other(does, name, plan, None).ended is Ended.FINISHED:
                return

    def _on_broken(self, does: str, plan: Callable[[], Stage], names: Iterable[str]) -> list[str]:
        """Those that failed of what there is of ``names``, in a budget of processor time."""
        usual = self.results[does]
        waits = min(max(usual.seconds / _cpu_s(usual), 1.0), float(stages.SLEEPS)) if _cpu_s(usual) else 1.0
        left_s, failed = float(stages.BROKEN_BUDGET_S), []
        for name in names:
            if not (self.into / ExtraStage.BROKEN / "variants" / name).is_dir():
                continue
            if left_s <= 0.0:
                self._skip(f"{does}-{name}", f"the {stages.BROKEN_BUDGET_S} s for broken tables were spent")
                continue
            result = self._on_other(does, name, plan, waits * left_s)
            left_s -= _cpu_s(result)
            if result.ended is Ended.FAILED:
                failed.append(name)
        return failed

    def _on_other(
        self, does: str, name: str, plan: Callable[[], Stage], at_most_s: float | None
    ) -> StageResult:
        variant = self.into / ExtraStage.BROKEN / "variants" / name
        if not variant.is_dir():
            return self._skip(f"{does}-{name}", "no such table was made")
        return self._run(
            f"{does}-{name}", lambda: stages.on_other_tables(plan(), variant, at_most_s=at_most_s)
        )

    def _train_changed(self) -> None:
        """Train on a part of the rows, where training on all of them went well: another model to serve."""
        unless = "a notebook is no service" if self.ground.submission.track is Track.NOTEBOOK else ""
        unless = unless or _why_not(self.results["train"])
        if unless:
            self._skip(stages.TRAIN_CHANGED, unless)
            return
        self._keep(stages.TRAIN_CHANGED, lambda into: train_changed(self.ground, self.sandbox, into))

    def model(self, predictions: Iterable[str] = tuple(stages.PREDICT_INPUTS)) -> None:
        """Train and predict."""
        before = ""
        try:
            if self.ground.submission.track is not Track.NOTEBOOK:
                before = _why_not(self._run("train", lambda: stages.train(self.ground)))
        finally:
            self.trained.set()
        for name in predictions:
            result = self._predict(name, unless=before)
            before = before or _why_not(result)

    def _again(self) -> None:
        """Train and predict once more, where both went well the first time."""
        before = _why_not(self.results["predict"])
        if self.ground.submission.track is not Track.NOTEBOOK:
            before = _why_not(self._run(stages.RETRAIN, lambda: stages.retrain(self.ground), unless=before))
        folder = self.into / stages.RETRAIN
        again = ExtraStage.RETRAINED.value
        self._run(again, lambda: stages.predict_again(self.ground, folder), unless=before)

    def _permuted(self) -> None:
        """Train on dealt outcomes as often as the budget allows; a notebook and a self-check never do.

        Seconds are those of the stages, so a resumed run stops where an undisturbed one does.
        """
        trained = self.results.get("train")
        if (folder := self.ground.dealing) is None or trained is None:
            return
        plan, spent, failed = read_plan(folder), 0.0, 0
        for name in PERMUTED_STAGES:
            result = self._permute(name, plan, unless=_why_not(trained))
            failed += result.ended is not Ended.FINISHED
            spent += result.seconds
            if failed >= stages.FAILURES or spent + result.seconds > stages.PERMUTED_BUDGET_S:
                return

    def _permute(self, name: str, plan: Plan, *, unless: str) -> StageResult:
        if unless or self.journal.result(name) is not None:
            return self._run(name, lambda: stages.train(self.ground), unless=unless)
        seed, dealt = f"{self.ground.draw}/{name}", self.into.parent / f".{name}"
        with permuted_copy(self.ground.public.data, plan, seed=seed, into=dealt) as data:
            return self._run(name, lambda: stages.permuted(name, self.ground, data))

    def code(self) -> None:
        """Look at the code, then run their tests on it and on its sabotaged copy."""
        looked = self._run("static", lambda: stages.static(self.ground))
        if ExtraStage.README in self.ground.assignment.stages:
            folder = self.into / "static"
            self._run(
                ExtraStage.README.value, lambda: follow_readme(self.ground, folder), unless=_why_not(looked)
            )
        if self.ground.submission.history is not None:
            self._run("history", lambda: stages.history(self.ground))
        if self.ground.submission.track is Track.NOTEBOOK:
            self._serve(None, unless="a notebook is no service")
            return
        with self._image() as image:
            self._tests()
            self._compare_with_readme()
            self._serve(image)

    def _tests(self) -> None:
        without = "" if self.ground.submission.settings.commands.test else "no tests were found"
        broken = self._run("sabotage", lambda: stages.sabotage(self.ground), unless=without)
        self.trained.wait()
        tested = self._test("test", self.ground.submission.root, unless=without)
        # a suite that is red already shows nothing by being red on broken code
        without = without or _why_not(tested) or _why_not(broken)
        self._test(SABOTAGED_TESTS, self.into / "sabotage" / "tree", unless=without)
        self._try_mutants(unless=without)
        if not without:
            self._test_on_broken()

    def _test_on_broken(self) -> None:
        """The suite on breakages that training took, where it reads the data: first on an empty table."""
        self.tried_broken.wait()
        report = self.into / ExtraStage.BROKEN / "broken.json"
        made = self.results.get(ExtraStage.BROKEN)
        if made is None or _why_not(made) or not json.loads(report.read_text("utf-8"))["tests_may_read"]:
            return

        def plan() -> Stage:
            root = self.ground.submission.root
            return stages.test("test", self.ground, root, self.into / "train")

        taken = [name for name in BREAKAGES if self._took(f"train-{name}")]
        if taken and self._on_broken("test", plan, ("empty-table",)):
            self._on_broken("test", plan, [name for name in taken if name != "empty-table"])
            self._on_as_good("test", plan)

    def _took(self, stage: str) -> bool:
        return stage in self.results and self.results[stage].ended is not Ended.FAILED

    def _compare_with_readme(self) -> None:
        """Predictions that came of following the README are to be compared with those of the command."""
        followed = self.results.get(ExtraStage.README.value)
        if followed is None or not any(name.endswith(".csv") for name in followed.files):
            return
        folder = self.into / "train"
        self._run(
            stages.PUBLIC,
            lambda: stages.predict_public(self.ground, folder),
            unless=_why_not(self.results["train"]),
        )

    def _try_mutants(self, *, unless: str) -> None:
        """The suite on copies that only running the code tells apart, and on mistakes where that is asked."""
        made = self._run(stages.MUTANTS, lambda: stages.mutants(self.ground), unless=unless)
        self._run(
            ExtraStage.TRIALS.value,
            lambda: stages.test_mutants(self.ground, self.into / stages.MUTANTS, self.into / "train"),
            unless=unless or _why_not(made),
        )

    @contextmanager
    def _image(self) -> Iterator[Built | None]:
        """Build it, where there is a Dockerfile; None without one, or when nothing is left that needs it."""
        dockerfile = self.ground.dockerfile
        wanted = [s for s in stages.SERVED if s is stages.SERVE or s in self.ground.assignment.stages]
        known = all(self.journal.result(str(name)) is not None for name in wanted)
        waits = self.ground.requests is not None and not known
        with ExitStack() as stack:
            live: list[Built] = []

            def build(into: Path) -> StageResult:
                root = self.ground.submission.root
                live.append(stack.enter_context(self.sandbox.built(dockerfile, root, self.ground.packages)))
                return build_evidence(live[0], dockerfile, self.ground, into)

            if dockerfile:
                self._keep(stages.BUILD, build, anew=waits)
            yield live[0] if live else None

    def _serve(self, image: Built | None, *, unless: str = "") -> None:
        """Start what was built, where the assignment asks for a service, and let our prober ask it."""
        if (requests := self.ground.requests) is None:
            return
        built, trained = self.results.get(stages.BUILD), self.results.get("train")
        unless = unless or ("no Dockerfile was sent" if built is None else _why_not(built))
        unless = unless or ("" if trained is None else _why_not(trained))
        if unless:
            self._skip(stages.SERVE, unless)
            return
        image_id = (image.image_id if image else None) or ""  # without an image the journal has the result
        model = self.into / "train"
        served = self._keep(
            stages.SERVE, lambda into: serve(self.ground, image_id, model, requests, self.sandbox, into)
        )
        self._serve_more(image_id, requests, served)

    def _serve_more(self, image_id: str, requests: Path, served: StageResult) -> None:
        """In turns with the reference's service, and with another model, where the assignment asks for it."""
        asked, ground, model = self.ground.assignment.stages, self.ground, self.into / "train"
        unless = None if answered(served, self.into / stages.SERVE) else served
        if ExtraStage.LOAD in asked and (rival := ground.rival) is not None:
            self._keep_unless(
                unless,
                ExtraStage.LOAD.value,
                lambda into: load(ground, rival, image_id, model, requests, self.sandbox, into),
            )
        if ExtraStage.VERSIONS in asked:
            self.changed.wait()
            changed = self.results.get(stages.TRAIN_CHANGED)
            self._keep_unless(
                unless,
                ExtraStage.VERSIONS.value,
                lambda into: restart(ground, image_id, model, changed, requests, self.sandbox, into),
            )

    def _keep_unless(self, failed: StageResult | None, name: str, do: Callable[[Path], StageResult]) -> None:
        """Do it, unless something failed before; if that was our fault, this is too."""
        if failed is None:
            self._keep(name, do)
        elif failed.writer is Trust.TOOLS:
            self._note(failed.model_copy(update={"stage": name, "files": ()}))
        else:
            self._skip(name, _why_not(failed) or "the service answered no row when it was first asked")

    def _predict(self, name: str, *, unless: str) -> StageResult:
        return self._run(name, lambda: stages.predict(name, self.ground, self.into / "train"), unless=unless)

    def _test(self, name: str, tree: Path, *, unless: str) -> StageResult:
        return self._run(
            name, lambda: stages.test(name, self.ground, tree, self.into / "train"), unless=unless
        )

    def _run(self, name: str, plan: Callable[[], Stage], *, unless: str = "") -> StageResult:
        if unless:
            return self._skip(name, unless)
        try:
            stage = plan()
        except SubmissionError as error:
            return self._skip(name, str(error))
        return self._keep(name, lambda into: self.sandbox.run(stage, into))

    def _skip(self, name: str, reason: str) -> StageResult:
        return self._note(StageResult(stage=name, ended=Ended.SKIPPED, reason=reason))

    def _keep(self, name: str, do: Callable[[Path], StageResult], *, anew: bool = False) -> StageResult:
        """Do it, unless the journal has what came of it; ``do`` gets the folder of its evidence.

        ``anew``: also when the journal has, as something is needed that no journal keeps.
        """
        if not anew and (known := self.journal.result(name)) is not None:
            return self._note(known)
        into = self.into / name
        self.watcher.started(name)
        self.journal.started(name)
        shutil.rmtree(into, ignore_errors=True)  # half of what a killed run collected
        result = do(into)
        self.journal.ended(result, into)
        return self._note(result)

    def _note(self, result: StageResult) -> StageResult:
        self.results[result.stage] = result
        self.watcher.ended(result)
        return result


def _cpu_s(result: StageResult) -> float:
    """Processor time, or the clock's where nobody measured it."""
    return result.seconds if result.cpu_seconds is None else min(result.seconds, result.cpu_seconds)


def _why_not(result: StageResult) -> str:
    """Why a stage that builds on ``result`` cannot run; empty when it can."""
    if result.ended is Ended.FINISHED:
        return ""
    return f"{result.stage} did not finish: {result.reason or result.ended.value}"
