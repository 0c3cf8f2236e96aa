"""D7 against versions that never change, never come back or are drawn, and services that read nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graders.deployment import versions
from graders.kit import case
from graders.kit.check import outcome
from harness.model import NoParams, Score

SERVED = {f"R{n:06d}": 0.1 + n / 100 for n in range(60)}
OTHER = {name: value * 0.99 for name, value in SERVED.items()}
ELSEWHERE: dict[str, Any] = {"wanted_port": 8093, "port": 8093, "model": "/srv/models/current"}


def graded(tmp_path: Path, first: dict[str, Any] | None = None, **changes: Any) -> Score:
    """``first``: what the service states at its first start."""
    good = case.good_case(tmp_path, NoParams())
    probe = case.probe(SERVED, **({"stated": first} if first else {}))
    case.write(good.evidence.root, "serve", "probe.json", json.dumps(probe))
    case.write(
        good.evidence.root, "serve-versions", "restarts.json", json.dumps(case.restarts(SERVED, **changes))
    )
    return outcome(versions.GRADER, good)


def starts(old: str, new: str, back: str) -> dict[str, Any]:
    return {
        "first": case.stated(old),
        "changed": case.restart(OTHER, new),
        "again": case.restart(SERVED, back, **ELSEWHERE),
    }


def test_a_version_that_follows_the_model_earns_all(tmp_path: Path) -> None:
    score = graded(tmp_path)
    assert (score.value, score.findings) == (1.0, ())


@pytest.mark.parametrize(
    ("old", "new", "back", "rule"),
    [
        ("1.0.0", "1.0.0", "1.0.0", "constant-version"),
        ("a", "b", "c", "restless-version"),
        ("a", "a", "b", "restless-version"),
    ],
)
def test_constants_and_draws_earn_nothing_for_it(
    tmp_path: Path, old: str, new: str, back: str, rule: str
) -> None:
    score = graded(tmp_path, **starts(old, new, back))
    assert score.value == pytest.approx(1 - versions.VERSION)
    assert [f.rule for f in score.findings] == [rule]
    assert score.earn_back


def test_one_place_that_never_rests_spoils_all_others(tmp_path: Path) -> None:
    """Or twenty coins would be tossed until one comes back."""
    score = graded(
        tmp_path,
        first=case.stated("v1", "x"),
        changed=case.restart(OTHER, "", stated=case.stated("v2", "y")),
        again=case.restart(SERVED, "", stated=case.stated("v1", "z"), **ELSEWHERE),
    )
    assert {f.rule for f in score.findings} == {"restless-version"}


def test_the_programs_own_version_may_stand_beside_the_models(tmp_path: Path) -> None:
    score = graded(
        tmp_path,
        first=case.stated("v1", "1.0.0"),
        changed=case.restart(OTHER, "", stated=case.stated("v2", "1.0.0")),
        again=case.restart(SERVED, "", stated=case.stated("v1", "1.0.0"), **ELSEWHERE),
    )
    assert score.value == 1.0


def test_training_that_writes_the_same_bytes_again_is_not_charged(tmp_path: Path) -> None:
    same = case.restart(SERVED, "v1")
    assert graded(tmp_path, same_model=True, changed=same).value == 1.0


def test_a_model_that_is_baked_in_shows_neither_rollback_nor_path(tmp_path: Path) -> None:
    score = graded(tmp_path, changed=case.restart(SERVED, "v1"))
    assert score.value == pytest.approx(versions.PORT)
    assert {f.rule for f in score.findings} == {"constant-version", "model-not-swapped", "model-path-ignored"}


def test_a_rollback_is_exact_to_the_bit(tmp_path: Path) -> None:
    near = {name: value + 1e-12 for name, value in SERVED.items()}
    score = graded(tmp_path, again=case.restart(near, "v1", **ELSEWHERE))
    assert score.measures["rollback"] == versions.FOR_NEARLY
    assert score.measures["model_path"] == 1.0


def test_a_port_of_its_own_costs_the_port_alone(tmp_path: Path) -> None:
    score = graded(tmp_path, again=case.restart(SERVED, "v1", **{**ELSEWHERE, "port": 8080}))
    assert score.value == pytest.approx(1 - versions.PORT)
    assert "it listens at 8080" in score.reason


def test_a_model_path_of_its_own_costs_the_path_alone(tmp_path: Path) -> None:
    """It dies where the model is not at its usual place; at that place, and another port, all is well."""
    dead = case.restart({}, "", **{**ELSEWHERE, "port": None, "ended": "failed", "reason": "exit code 1"})
    dead["stated"] = {"places": {}, "restless": []}
    moved = case.restart(SERVED, "v1", wanted_port=8093, port=8093)
    score = graded(tmp_path, again=dead, moved=moved)
    assert score.value == pytest.approx(1 - versions.PATH)
    assert [f.rule for f in score.findings] == ["model-path-ignored"]


def test_a_training_that_fails_on_fewer_rows_keeps_what_needs_no_second_model(tmp_path: Path) -> None:
    score = graded(tmp_path, retrained="failed", why="exit code 1", changed=None)
    assert score.value == pytest.approx(versions.PORT)
    assert "retraining-broken" in {f.rule for f in score.findings}
    assert "exit code 1" in score.reason
