"""Planted defects are found, and only they: a part on a real engine, and that every case plants something."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from harness import pipeline
from harness.model import Criterion, Finding, Line, Score, Scorecard, Track
from tests.validity.case import Case, Kind, rule
from tests.validity.catalogue import CASES
from tests.validity.run import ROOT, Course


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_case_changes_its_submission_and_leaves_python_that_parses(case: Case, tmp_path: Path) -> None:
    slug, name = case.on.split("/")
    original = ROOT / "assignments" / slug / "submissions" / name
    copy = tmp_path / name
    shutil.copytree(original, copy)
    case.edit(copy)
    for path in copy.rglob("*.py"):
        ast.parse(path.read_text("utf-8"))
    assert _contents(copy) != _contents(original)


def test_no_two_cases_have_one_name() -> None:
    assert len({case.id for case in CASES}) == len(CASES)


def _contents(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def _card(**values: float) -> Scorecard:
    found = (Finding(what="seen"),)
    lines = tuple(
        Line(
            criterion=Criterion(id=leaf, title="A leaf", grader="x", weight=50),
            weight=50,
            score=Score.graded(value, "so", findings=found),
            points=Decimal(str(50 * value)),
        )
        for leaf, value in values.items()
    )
    return Scorecard(
        assignment="a-one",
        assignment_version=1,
        submission="0" * 64,
        track=Track.REPO,
        edition="e",
        lines=lines,
        total=sum((line.points or Decimal(0) for line in lines), Decimal(0)),
        provenance={},
    )


def test_a_defect_that_moves_nothing_is_missed_and_another_criterion_that_moves_has_strayed() -> None:
    case = Case("x", "a/b", lambda root: None, falls=("B1",))
    ruling = rule(case, _card(B1=0.9, C1=0.9), _card(B1=0.9, C1=0.7))
    assert (ruling.missed, ruling.strayed) == (("B1 moved +0.000",), ("C1 moved -0.200",))


def test_a_defect_that_is_found_alone_is_right() -> None:
    case = Case("x", "a/b", lambda root: None, falls=("B1",))
    ruling = rule(case, _card(B1=0.9, C1=0.9), _card(B1=0.5, C1=0.9))
    assert (ruling.missed, ruling.strayed, ruling.stayed) == ((), (), 1)


def test_a_neutral_edit_may_move_the_total_by_half_a_point_at_most() -> None:
    case = Case("x", "a/b", lambda root: None)
    assert case.kind is Kind.NEUTRAL
    assert not rule(case, _card(B1=0.9, C1=0.9), _card(B1=0.91, C1=0.9)).strayed
    assert rule(case, _card(B1=0.9, C1=0.9), _card(B1=0.92, C1=0.9)).strayed == ("the total moved +1.00",)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    base = tmp_path_factory.mktemp("validity")
    with pipeline.sandbox_of() as sandbox:
        yield Course(base, base / "home", sandbox)


@pytest.mark.docker
@pytest.mark.parametrize("case", [c for c in CASES if c.in_ci], ids=lambda case: case.id)
def test_what_was_planted_is_found_and_nothing_else_moves(course: Course, case: Case) -> None:
    ruling = rule(case, course.unedited(case.on, case.asks), course.edited(case))
    assert not ruling.missed + ruling.strayed, ruling.told
