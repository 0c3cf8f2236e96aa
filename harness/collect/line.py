"""One submission on its way: what runs is kept and journalled, what cannot is skipped with the reason."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from harness.collect import stages
from harness.collect.ground import Ground
from harness.errors import SubmissionError
from harness.journal import Journal
from harness.model import (
    Ended,
    Evidence,
    Sandbox,
    Stage,
    StageResult,
    Trust,
)


class Watcher(Protocol):
    """Hears of every stage as it starts and ends; called from several threads."""

    def started(self, stage: str) -> None:
        """``stage`` is about to run."""

    def ended(self, result: StageResult) -> None:
        """A stage ended, or was skipped."""


class Line:
    """The evidence of one submission as it grows.

    Two lanes share ``results``, and wait for each other by the events.
    """

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

    def run(self, name: str, plan: Callable[[], Stage], *, unless: str = "") -> StageResult:
        """Run the stage that ``plan`` makes; skip it with the reason ``unless``, or what planning says."""
        if unless:
            return self.skip(name, unless)
        try:
            stage = plan()
        except SubmissionError as error:
            return self.skip(name, str(error))
        return self.keep(name, lambda into: self.sandbox.run(stage, into))

    def skip(self, name: str, reason: str) -> StageResult:
        """It does not run."""
        return self.note(StageResult(stage=name, ended=Ended.SKIPPED, reason=reason))

    def keep(self, name: str, do: Callable[[Path], StageResult], *, anew: bool = False) -> StageResult:
        """Do it, unless the journal has what came of it; ``do`` gets the folder of its evidence.

        ``anew``: also when the journal has, as something is needed that no journal keeps.
        """
        if not anew and (known := self.journal.result(name)) is not None:
            return self.note(known)
        into = self.into / name
        self.watcher.started(name)
        self.journal.started(name)
        shutil.rmtree(into, ignore_errors=True)  # half of what a killed run collected
        result = do(into)
        self.journal.ended(result, into)
        return self.note(result)

    def keep_unless(self, failed: StageResult | None, name: str, do: Callable[[Path], StageResult]) -> None:
        """Do it, unless something failed before; if that was our fault, this is too."""
        if failed is None:
            self.keep(name, do)
        elif failed.writer is Trust.TOOLS:
            self.note(failed.model_copy(update={"stage": name, "files": ()}))
        else:
            self.skip(name, why_not(failed) or "the service answered no row when it was first asked")

    def note(self, result: StageResult) -> StageResult:
        """What came of a stage, for whoever looks later and for the watcher."""
        self.results[result.stage] = result
        self.watcher.ended(result)
        return result


def cpu_s(result: StageResult) -> float:
    """Processor time, or the clock's where nobody measured it."""
    return result.seconds if result.cpu_seconds is None else min(result.seconds, result.cpu_seconds)


def why_not(result: StageResult) -> str:
    """Why a stage that builds on ``result`` cannot run; empty when it can."""
    if result.ended is Ended.FINISHED:
        return ""
    return f"{result.stage} did not finish: {result.reason or result.ended.value}"
