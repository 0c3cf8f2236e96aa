"""One place to grade golden submissions: each is graded once a session, on a real engine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from graders import REGISTRY
from harness import pipeline
from harness.assignment import load
from harness.exam import Bench
from harness.model import (
    Built,
    Duel,
    Dueled,
    Line,
    Mount,
    Sandbox,
    Scorecard,
    Served,
    Service,
    Stage,
    StageResult,
    Trust,
)
from harness.pipeline import Graded
from harness.store import Places

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENTS = ROOT / "assignments"


class Silent:
    """A Watcher that says nothing."""

    def started(self, stage: str) -> None:
        pass

    def ended(self, result: StageResult) -> None:
        pass


class Course:
    """A Sandbox that looks through every mount for the answer key, and the grades it led to."""

    def __init__(self, sandbox: Sandbox, places: Places) -> None:
        self.sandbox, self.places = sandbox, places
        self.containers = self.mounted_files = 0
        self.canary_in_mounts: list[str] = []
        self._grades: dict[tuple[str, str], Graded] = {}

    # the Sandbox protocol
    def run(self, stage: Stage, into: Path) -> StageResult:
        self.containers += 1
        for mount in stage.mounts:
            self._look(stage, mount)
        return self.sandbox.run(stage, into)

    def built(self, dockerfile: str, context: Path, packages: Path | None) -> AbstractContextManager[Built]:
        return self.sandbox.built(dockerfile, context, packages)

    def serve(self, service: Service, into: Path) -> Served:
        self.containers += 2
        for stage in (service.server, service.prober):
            for mount in stage.mounts:
                self._look(stage, mount)
        return self.sandbox.serve(service, into)

    def duel(self, duel: Duel, into: Path) -> Dueled:
        self.containers += 2 * len(duel.services) + len(duel.turns)
        for _, service in duel.services:
            for stage in (service.server, service.prober):
                for mount in stage.mounts:
                    self._look(stage, mount)
        return self.sandbox.duel(duel, into)

    def stop(self) -> None:
        self.sandbox.stop()

    def identity(self) -> dict[str, str]:
        return dict(self.sandbox.identity())

    # grading
    def grade(self, slug: str, folder: Path, *, fresh: bool = False, known: bool = True) -> Graded:
        at = (slug, folder.name)
        if fresh or not known or at not in self._grades:
            graded = pipeline.grade(folder, self.bench(slug), self, Silent(), fresh=fresh)
            if fresh or not known:
                return graded
            self._grades[at] = graded
        return self._grades[at]

    def graded(self, slug: str, name: str) -> Graded:
        return self.grade(slug, ASSIGNMENTS / slug / "submissions" / name)

    def card(self, slug: str, name: str) -> Scorecard:
        return self.graded(slug, name).card

    def by_id(self, slug: str, name: str) -> dict[str, Line]:
        return {line.criterion.id: line for line in self.card(slug, name).lines}

    def regrade(self, run: Path) -> tuple[Scorecard, Scorecard]:
        return pipeline.regrade(run, self.bench(run.parent.name))

    def bench(self, slug: str) -> Bench:
        folder = ASSIGNMENTS / slug
        return Bench(load(folder, REGISTRY), folder, REGISTRY, self.places)

    # the canary
    @property
    def key_folder(self) -> Path:
        return next((self.places.home / "keys").glob("[!.]*"))

    @property
    def canaries(self) -> list[str]:
        """Of every edition that was made: there is one for each assignment."""
        metas = sorted((self.places.home / "editions").glob("*/sealed/meta.json"))
        assert metas, "no edition was made"
        return [str(json.loads(meta.read_text())["canary"]) for meta in metas]

    def canary_in(self, folder: Path) -> list[Path]:
        needles = [canary.encode() for canary in self.canaries]
        files = (path for path in folder.rglob("*") if path.is_file())
        return [path for path in files if any(needle in path.read_bytes() for needle in needles)]

    def grep_images_for_canary(self) -> list[StageResult]:
        """grep's own word from inside each image: exit 1 is "nothing found", 9 is "found"."""
        where = "/opt /usr /etc /var /home /root /data /input /submission /tmp /work"
        wanted = " ".join(f"-e {canary}" for canary in self.canaries)
        script = f"grep -rls --devices=skip {wanted} {where}; [ $? -eq 0 ] && exit 9; exit 1"
        return [
            self.sandbox.run(
                Stage(name="canary", argv=("sh", "-c", script), trust=trust),
                self.places.home / f"canary-{trust.value}",
            )
            for trust in (Trust.CANDIDATE, Trust.TOOLS)
        ]

    def _look(self, stage: Stage, mount: Mount) -> None:
        files = [mount.source] if mount.source.is_file() else list(mount.source.rglob("*"))
        self.mounted_files += len(files)
        if (self.places.home / "editions").is_dir() and any((self.places.home / "editions").glob("*/sealed")):
            found = self.canary_in(mount.source)
            self.canary_in_mounts += [f"{stage.name}: {path}" for path in found]


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    base = tmp_path_factory.mktemp("golden")
    places = Places(root=ROOT, home=base / "home", runs=base / "runs")
    with pipeline.sandbox_of() as sandbox:
        yield Course(sandbox, places)
