"""A5: probabilities are taken at their word; a model that knows nothing earns nothing by being modest."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graders.kit.case import make_evidence, make_rows, model, write_key, write_predictions
from graders.model_data import calibration
from graders.model_data.calibration import CalibrationParams
from graders.recalibration import FOLDS, removed
from harness.model import Claims, Score

ROWS = make_rows()
GOOD = model(ROWS, noise=0.1)
COSTS = CalibrationParams(cost=50, gain=160)


def score(
    tmp_path: Path,
    predicted: np.ndarray,
    params: CalibrationParams | None = None,
    threshold: float | None = None,
) -> Score:
    anchors = {
        "baseline": model(ROWS, noise=1.2, seed=3),
        "reference": model(ROWS, noise=0.4, seed=4),
    }
    key = write_key(tmp_path / "key", ROWS, **anchors)
    write_predictions(tmp_path / "evidence", "predict", ROWS["id"], predicted)
    evidence = make_evidence(tmp_path / "evidence", claims=Claims(threshold=threshold))
    return calibration.grade(evidence, key, params or CalibrationParams())


def shifted(predicted: np.ndarray, by: float, slope: float = 1.0) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-(slope * np.log(predicted / (1 - predicted)) + by)))


def test_the_probabilities_of_the_world_itself_earn_all(tmp_path):
    assert score(tmp_path, GOOD).value == 1.0


def test_class_weights_that_shift_every_probability_cost_most_of_it(tmp_path):
    assert score(tmp_path, shifted(GOOD, np.log(3.0))).value < 0.4


def test_overconfidence_costs_and_more_of_it_costs_more(tmp_path):
    values = [score(tmp_path / str(s), shifted(GOOD, 0.0, s)).value for s in (1.0, 1.8, 3.0)]
    assert values[0] > values[1] > values[2]


def test_a_constant_is_calibrated_and_worth_nothing(tmp_path):
    assert score(tmp_path, np.full(len(ROWS), 0.27)).value == 0.0


def test_certainty_that_is_wrong_is_a_value_and_no_failure(tmp_path):
    found = score(tmp_path, np.where(GOOD > 0.5, 1.0, 0.0))
    assert found.value is not None
    assert found.value < 0.5


def test_without_a_threshold_the_one_that_the_costs_imply_is_used(tmp_path):
    found = score(tmp_path, GOOD, COSTS)
    assert found.measures["threshold"] == pytest.approx(0.3125)
    assert found.value > 0.95


def test_a_threshold_of_a_half_under_unequal_costs_costs(tmp_path):
    implied, half = score(tmp_path / "a", GOOD, COSTS), score(tmp_path / "b", GOOD, COSTS, threshold=0.9)
    assert half.value < implied.value
    assert any(finding.rule == "threshold" for finding in half.findings)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.05, 0.5))
def test_what_is_removed_from_calibrated_probabilities_is_noise(seed, rate):
    rng = np.random.default_rng(seed)
    p = np.clip(rng.beta(2.0, 2.0 / rate - 2.0, 4000), 0.001, 0.999)
    labels = rng.random(4000) < p
    found = removed(labels, p, [f"r{n}" for n in range(4000)])
    assert found.nats <= 4.0 * found.se + 1e-4


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(120)))
def test_the_order_of_rows_is_nothing(order):
    rng = np.random.default_rng(1)
    p = rng.random(120)
    labels = rng.random(120) < p
    ids = [f"r{n}" for n in range(120)]
    at = np.array(order)
    one, other = removed(labels, p, ids), removed(labels[at], p[at], [ids[n] for n in at])
    assert one.recalibrated == pytest.approx(other.recalibrated, abs=1e-12)


def test_too_few_rows_are_said_to_be_too_few():
    with pytest.raises(ValueError, match="ten rows"):
        removed(np.arange(50) < FOLDS, np.full(50, 0.1), [str(n) for n in range(50)])
