"""A part of `make faults`: the real command line meets a fault, and the oracle judges what is left."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.faults.__main__ import Tried, run
from tests.faults.case import Case, Ground
from tests.faults.catalogue import CASES
from tests.faults.kill_cases import ran_again

# what a CI run has time for; `make faults` tries all, and tests/unit/test_track.py the mirror's
QUICK = [c for c in [case for case in CASES if case.quick][::3] if not c.id.startswith("MLflow")]
JOBS = 2


@pytest.fixture(scope="session")
def tried(request: pytest.FixtureRequest) -> Iterator[dict[str, Tried]]:
    """What became of the cases that are asked for: tried side by side, as most of their time is waiting."""
    if os.environ.get("TAKEHOME_NO_DOCKER") == "1":
        pytest.skip("TAKEHOME_NO_DOCKER=1: no containers here")
    asked = {item.callspec.id for item in request.session.items if hasattr(item, "callspec")}
    ground = Ground()
    try:
        yield {each.case.id: each for each in run([c for c in QUICK if c.id in asked], ground, jobs=JOBS)}
    finally:
        ground.close()


@pytest.mark.docker
@pytest.mark.slow
@pytest.mark.parametrize("case", QUICK, ids=lambda case: case.id)
def test_a_fault_loses_no_grade_changes_none_and_leaves_nothing(case: Case, tried: dict[str, Tried]) -> None:
    assert tried[case.id].problems == []


def test_every_case_has_a_name_of_its_own() -> None:
    assert len({case.id for case in CASES}) == len(CASES)


def _started(stage: str) -> dict[str, object]:
    return {"started": stage}


def _ended(stage: str) -> dict[str, object]:
    return {"ended": {"stage": stage}}


def test_a_stage_that_a_kill_cut_off_may_start_again_and_one_that_ended_may_not() -> None:
    cut_off = [_started("train"), _ended("train"), _started("test"), _started("test"), _ended("test")]
    assert ran_again(cut_off) == []
    assert ran_again([*cut_off, _started("train")]) == ["train"]
