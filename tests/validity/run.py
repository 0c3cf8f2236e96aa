"""Cases -> rulings: copies of golden submissions, edited, through the real pipeline, several at a time."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from graders import REGISTRY
from harness import pipeline
from harness.assignment import load
from harness.exam import Bench, prepare
from harness.model import ExtraStage, Sandbox, Scorecard, StageResult
from harness.store import Places
from tests.kit.shorter import only
from tests.validity.case import DEAR, Case, Ruling, rule

ROOT = Path(__file__).resolve().parents[2]
Asks = tuple[ExtraStage, ...]


class Silent:
    """A Watcher that says nothing."""

    def started(self, stage: str) -> None:
        """Nothing."""

    def ended(self, result: StageResult) -> None:
        """Nothing."""


class Course:
    """Grades edited copies; each golden submission is graded once without an edit, for comparison."""

    def __init__(self, base: Path, home: Path, sandbox: Sandbox) -> None:
        self._places = Places(root=ROOT, home=home, runs=base / "runs")
        self._base, self._sandbox = base, sandbox

    def prepare(self, cases: list[Case]) -> None:
        """Editions and answer keys first: they are shared."""
        for slug in dict.fromkeys(case.on.split("/")[0] for case in cases):
            prepare(self._bench(slug, DEAR), self._sandbox, Silent())

    def unedited(self, on: str, asks: Asks) -> Scorecard:
        """The card of a golden submission as it is; found again when it was graded before."""
        slug, name = on.split("/")
        return self._grade(slug, self._folder(slug, name), asks)

    def edited(self, case: Case) -> Scorecard:
        """The card of a copy with the edit."""
        slug, name = case.on.split("/")
        copy = Path(tempfile.mkdtemp(prefix=f"{case.id}-", dir=self._base)) / name
        shutil.copytree(self._folder(slug, name), copy)
        case.edit(copy)
        return self._grade(slug, copy, case.asks)

    def _folder(self, slug: str, name: str) -> Path:
        return ROOT / "assignments" / slug / "submissions" / name

    def _grade(self, slug: str, folder: Path, asks: Asks) -> Scorecard:
        return pipeline.grade(folder, self._bench(slug, asks), self._sandbox, Silent()).card

    def _bench(self, slug: str, asks: Asks) -> Bench:
        folder = ROOT / "assignments" / slug
        whole = load(folder, REGISTRY)
        run = only(whole, *(stage for stage in whole.stages if stage in asks or stage not in DEAR))
        return Bench(run, folder, REGISTRY, self._places)


def ruled(cases: list[Case], *, jobs: int) -> Iterator[tuple[Case, Ruling]]:
    """Each case with what came of it, in their order."""
    with tempfile.TemporaryDirectory(prefix="takehome-validity-") as folder, pipeline.sandbox_of() as sandbox:
        base = Path(folder)
        base.chmod(0o711)
        home = Path(os.environ.get("TAKEHOME_HOME") or base / "home")
        course = Course(base, home, sandbox)
        course.prepare(cases)
        with ThreadPoolExecutor(jobs) as pool:
            yield from zip(cases, pool.map(lambda case: _one(course, case), cases), strict=True)


def _one(course: Course, case: Case) -> Ruling:
    return rule(case, course.unedited(case.on, case.asks), course.edited(case))
