"""D4 against services that are slow, quick with other answers, quick without a model, or not measured."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from graders.deployment import speed, turns
from graders.deployment.turns import SLOWEST, Ratio
from graders.kit import case
from graders.kit.check import outcome
from harness.errors import InfraError
from harness.model import Score


def graded(tmp_path: Path, *, change: Any = None, slower: float = 1.0) -> Score:
    """The good case with load.json changed."""
    good = case.good_case(tmp_path, speed.GRADER.params())
    path = good.evidence.root / "serve-load" / "load.json"
    served = {one["id"]: one["prediction"] for one in probe_of(good)["many"]}
    found = case.load(served, slower=slower)
    if change:
        change(found)
    path.write_text(json.dumps(found))
    return outcome(speed.GRADER, good)


def probe_of(good: case.Case) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((good.evidence.root / "serve" / "probe.json").read_text())
    return found


@pytest.mark.parametrize(("ratio", "value"), [(0.1, 1.0), (1.5, 1.0), (3.0, 0.5), (10.0, 0.0), (400.0, 0.0)])
def test_the_bands_are_those_of_the_rubric(ratio: float, value: float) -> None:
    assert speed.band(ratio) == pytest.approx(value)


def test_between_the_bands_the_value_falls_without_a_step() -> None:
    values = [speed.band(1.4 * 1.01**n) for n in range(250)]
    assert all(0.0 <= a - b < 0.02 for a, b in itertools.pairwise(values))


def test_a_service_as_quick_as_the_reference_loses_nothing(tmp_path: Path) -> None:
    score = graded(tmp_path)
    assert (score.value, score.findings) == (1.0, ())
    assert score.charts[0].limit == speed.FULL_AT


def test_three_times_as_slow_is_half_and_every_loss_has_its_place(tmp_path: Path) -> None:
    score = graded(tmp_path, slower=3.0)
    assert score.value == pytest.approx(0.5, abs=0.01)
    assert score.interval is not None
    assert score.interval[1] == score.value
    assert {f.rule for f in score.findings} >= {
        "slow-p50",
        "slow-throughput",
        "much-memory",
        "slow-cold-start",
    }
    assert all(f.place and f.place.stage == turns.STAGE and f.fix for f in score.findings)


def test_noise_is_the_candidates_benefit_of_the_doubt(tmp_path: Path) -> None:
    def noisy(found: dict[str, Any]) -> None:
        """Half of the candidate's turns take four times as long, as on a machine that others use."""
        for one in found["rounds"]:
            for turn in [t for t in one["turns"] if t["side"] == "candidate"][::2]:
                for row in turn["alone"]:
                    row["seconds"] *= 4
                turn["together_s"] *= 4

    score = graded(tmp_path, change=noisy)
    assert score.value == 1.0
    assert score.interval is not None
    assert score.interval[0] < 0.85


def test_one_quick_turn_of_eight_is_not_enough() -> None:
    ratio = Ratio.of([(0.01, 0.01), *[(0.1, 0.01)] * 7])
    assert ratio is not None
    assert speed.band(ratio.low) == pytest.approx(0.0, abs=1e-9)


def test_other_answers_under_load_earn_nothing_and_are_shown(tmp_path: Path) -> None:
    def guesses(found: dict[str, Any]) -> None:
        for one in found["rounds"]:
            for turn in one["turns"]:
                for row in (*turn["alone"], *turn["together"]):
                    row["prediction"] = 0.9 * row["prediction"] + 0.01

    score = graded(tmp_path, change=guesses)
    assert score.value == 0.0
    assert any(f.rule == "other-answers-under-load" and f.place and f.place.rows for f in score.findings)


def test_answers_that_no_model_gave_earn_nothing(tmp_path: Path) -> None:
    """Numbers made of the id: the same at rest and under load, and quick."""
    good = case.good_case(tmp_path, speed.GRADER.params())
    canned = {one["id"]: hash_of(one["id"]) for one in probe_of(good)["many"]}
    case.write(good.evidence.root, "serve", "probe.json", json.dumps(case.probe(canned)))
    case.write(good.evidence.root, "serve-load", "load.json", json.dumps(case.load(canned)))
    score = outcome(speed.GRADER, good)
    assert score.value is not None
    assert score.value < 0.1
    assert "answers-of-no-model" in {f.rule for f in score.findings}


def hash_of(name: str) -> float:
    return int(name[1:]) * 7919 % 997 / 997


def test_a_skewed_service_is_charged_elsewhere(tmp_path: Path) -> None:
    """What it says is not the batch's number, but its own and in the batch's order: D2 has that already."""
    good = case.good_case(tmp_path, speed.GRADER.params())
    skewed = {one["id"]: one["prediction"] / 2 for one in probe_of(good)["many"]}
    case.write(good.evidence.root, "serve", "probe.json", json.dumps(case.probe(skewed)))
    case.write(good.evidence.root, "serve-load", "load.json", json.dumps(case.load(skewed)))
    assert outcome(speed.GRADER, good).value == 1.0


def test_a_candidate_that_answers_nothing_is_the_slowest_and_a_silent_reference_is_our_fault() -> None:
    ratio = Ratio.of([(None, 0.01)] * 8)
    assert ratio is not None
    assert ratio.centre == pytest.approx(SLOWEST)
    assert Ratio.of([(0.01, None)] * 8) is None


def test_memory_that_this_host_cannot_measure_is_left_out(tmp_path: Path) -> None:
    def unmeasured(found: dict[str, Any]) -> None:
        for one in found["rounds"]:
            for server in one["servers"].values():
                server["peak_memory_mb"] = None

    score = graded(tmp_path, change=unmeasured, slower=1.2)
    assert score.value == 1.0
    assert "memory" not in score.measures


def test_a_reference_without_answers_withholds_and_never_charges(tmp_path: Path) -> None:
    def silent(found: dict[str, Any]) -> None:
        for one in found["rounds"]:
            for turn in [t for t in one["turns"] if t["side"] == "reference"]:
                for row in (*turn["alone"], *turn["together"]):
                    row["prediction"] = None

    score = graded(tmp_path, change=silent)
    assert score.value is None
    assert InfraError.__name__ in score.reason
