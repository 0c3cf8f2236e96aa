"""Fixture -> Outcome: sent through the real pipeline on a real engine, and the host looked at afterwards.

One range a process: what its containers, folders and sockets are is told from other people's by the owner's
name on the containers, by their user numbers, and by folders of its own for scratch and temporary files.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from graders import REGISTRY
from harness import pipeline
from harness.assignment import load
from harness.errors import SubmissionError, TakehomeError
from harness.exam import Bench, prepare
from harness.model import (
    Built,
    Duel,
    Dueled,
    Evidence,
    Limits,
    Sandbox,
    Served,
    Service,
    Stage,
    StageResult,
)
from harness.pipeline import Graded
from harness.sandbox import DockerSandbox, Engine, Twice
from harness.store import Places
from tests.attacks import host, pages
from tests.attacks.fixtures import Fixture, lay_out
from tests.kit.shorter import only

ROOT = Path(__file__).resolve().parents[2]
SLUG, SERVICES = "telco-churn", "serve-model"
# The assignment's limits are for people's models; these end the same attacks sooner.
TIGHT = Limits(timeout_s=20, memory_mb=512, pids=128, output_mb=64, output_files=2000, scratch_mb=192)
ROOMY = Limits(timeout_s=90, memory_mb=1024, pids=512, output_mb=64, output_files=2000, scratch_mb=192)
STAGES = ("train", "predict", "test", "notebook")
SERVED = Limits(timeout_s=45, memory_mb=512, pids=256, output_mb=16, output_files=100, scratch_mb=64)


@dataclass(frozen=True)
class Outcome:
    """All that the oracle looks at. Plain data: it crosses from a worker process."""

    id: str
    total: float | None = None
    points: dict[str, float] = field(default_factory=dict)
    verdicts: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    ended: dict[str, str] = field(default_factory=dict)
    attempts: dict[str, int] = field(default_factory=dict)
    tails: dict[str, str] = field(default_factory=dict)
    told: str = ""
    needs_human: tuple[str, ...] = ()
    withheld: str = ""
    refused: str = ""  # a SubmissionError: what it says
    fault: str = ""  # any other end than a card or a refusal
    runs: int = 0
    harm: tuple[str, ...] = ()
    seconds: float = 0.0
    host_mb: float | None = None


class Silent:
    """A Watcher that says nothing."""

    def started(self, stage: str) -> None:
        pass

    def ended(self, result: StageResult) -> None:
        pass


class Range:
    """Fires fixtures, one at a time. ``home`` is shared: one edition and one key serve them all.

    ``slug``: the assignment that they are sent to; services have one of their own, and a home of their own.
    """

    def __init__(self, base: Path, *, home: Path, runtime: str = "", slug: str = SLUG) -> None:
        home = home if slug == SLUG else home / slug
        self.base, self.runtime = base, runtime
        self.places = Places(root=ROOT, home=home, runs=base / "runs")
        self.watch = host.Watch(Engine(), base, home)
        folder = ROOT / "assignments" / slug
        self.roomy = Bench(load(folder, REGISTRY), folder, REGISTRY, self.places)
        limits = ROOMY if runtime else TIGHT
        limited = {**self.roomy.assignment.limits, **dict.fromkeys(STAGES, limits), "serve": SERVED}
        self.tight = self.roomy.assignment.model_copy(update={"limits": limited})

    def prepare(self) -> None:
        """Make the edition and its key, so that no fixture's time has them in it."""
        with self._sandbox() as sandbox:
            prepare(self.roomy, sandbox, Silent())

    def fire(self, fixture: Fixture) -> Outcome:
        """Send it, look at what came of it, and at the host."""
        before = self.watch.before()
        started = time.monotonic()
        with _folder(self.base) as folder:
            source = lay_out(fixture, folder)
            found, graded = self._send(source, fixture)
            seconds = time.monotonic() - started
        harm = list(self.watch.after(before))
        for run in dict.fromkeys(g.run for g in graded):
            harm += host.canary_in(run, self.watch.canary)
            harm += pages.live(run, graded[-1].card)
            _removed(run)
        harm += [f"left behind: {path.name}" for path in _left_in(self.places.runs)]
        return Outcome(
            id=fixture.id, harm=tuple(harm), seconds=round(seconds, 2), host_mb=host.peak_mb(), **found
        )

    def _send(self, source: Path, fixture: Fixture) -> tuple[dict[str, Any], list[Graded]]:
        graded: list[Graded] = []
        try:
            with self._sandbox() as sandbox:
                for _ in range(fixture.times):
                    graded.append(pipeline.grade(source, self._bench(fixture), sandbox, Silent()))
        except SubmissionError as error:
            return {"refused": str(error) or "without a word"}, graded
        except TakehomeError as error:
            return {"fault": f"{type(error).__name__}: {error}"}, graded
        except Exception as error:  # a bug of ours is what an attack looks for
            return {"fault": f"{type(error).__name__}: {error}"}, graded
        return {**_observed(graded[-1]), "runs": len({g.run for g in graded})}, graded

    def _bench(self, fixture: Fixture) -> Bench:
        return replace(self.roomy, assignment=only(self.tight, *fixture.asks))

    @contextmanager
    def _sandbox(self) -> Iterator[Sandbox]:
        inner = DockerSandbox(engine=Engine(), runtime=self.runtime or None, on_created=self.watch.created)
        yield Twice(_Searched(inner, self.watch))


class _Searched:
    """A Sandbox that looks through every mount for the answer key before it goes in."""

    def __init__(self, sandbox: Sandbox, watch: host.Watch) -> None:
        self._sandbox, self._watch = sandbox, watch

    def run(self, stage: Stage, into: Path) -> StageResult:
        for mount in stage.mounts:
            self._watch.search(stage.name, mount.source)
        return self._sandbox.run(stage, into)

    def built(self, dockerfile: str, context: Path, packages: Path | None) -> AbstractContextManager[Built]:
        return self._sandbox.built(dockerfile, context, packages)

    def serve(self, service: Service, into: Path) -> Served:
        for mount in (*service.server.mounts, *service.prober.mounts):
            self._watch.search(service.server.name, mount.source)
        return self._sandbox.serve(service, into)

    def duel(self, duel: Duel, into: Path) -> Dueled:
        for _, service in duel.services:
            for mount in (*service.server.mounts, *service.prober.mounts):
                self._watch.search(service.server.name, mount.source)
        return self._sandbox.duel(duel, into)

    def stop(self) -> None:
        self._sandbox.stop()

    def identity(self) -> Mapping[str, str]:
        return self._sandbox.identity()


def _observed(graded: Graded) -> dict[str, Any]:
    card, evidence = graded.card, Evidence.read(graded.run)
    submission = evidence.submission
    told = [f"{s.stage}: {s.reason}" for s in evidence.stages.values()]
    told += [*submission.notes, *submission.settings.detected]
    told += [f"{f.place}: {f.what}" for line in card.lines for f in line.score.findings]
    return {
        "total": None if card.total is None else float(card.total),
        "points": {line.criterion.id: float(line.points or 0) for line in card.lines},
        "verdicts": {line.criterion.id: line.score.verdict.value for line in card.lines},
        "reasons": {line.criterion.id: line.score.reason for line in card.lines},
        "ended": {name: s.ended.value for name, s in evidence.stages.items()},
        "attempts": {name: s.attempts for name, s in evidence.stages.items()},
        "tails": {name: s.tail for name, s in evidence.stages.items()},
        "told": "\n".join(told),
        "needs_human": card.needs_human,
        "withheld": card.withheld,
    }


def _left_in(runs: Path) -> list[Path]:
    return [path for slug in runs.glob("*") for path in slug.glob("*")]


@contextmanager
def _folder(base: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="sent-", dir=base))
    try:
        yield folder
    finally:
        _removed(folder)


def _removed(folder: Path) -> None:
    """rm knows no limit of depth; shutil.rmtree recurses."""
    subprocess.run(["rm", "-rf", "--", str(folder)], check=True)


def own_folders(base: Path) -> None:
    """Temporary files and scratch of this process below ``base``, where what stays behind is seen."""
    for name, variable in (("tmp", "TMPDIR"), ("scratch", "TAKEHOME_SCRATCH")):
        (base / name).mkdir(parents=True, exist_ok=True)
        os.environ[variable] = str(base / name)
    base.chmod(0o755)  # an engine that maps users must be able to pass through
    tempfile.tempdir = None
