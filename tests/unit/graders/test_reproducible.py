"""A6: seeded models repeat themselves; noise of a float costs nothing, another forest each time costs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graders.kit.case import make_evidence, make_rows, model, write_key, write_predictions
from graders.model_data import reproducible
from graders.model_data.reproducible import ReproducibleParams
from harness.model import Score

ROWS = make_rows()
GOOD = model(ROWS, noise=0.1)


def score(tmp_path: Path, first: np.ndarray, second: np.ndarray) -> Score:
    anchors = {"baseline": model(ROWS, noise=1.2, seed=3), "reference": model(ROWS, noise=0.4, seed=4)}
    key = write_key(tmp_path / "key", ROWS, **anchors)
    write_predictions(tmp_path / "e", "predict", ROWS["id"], first)
    write_predictions(tmp_path / "e", "predict-retrained", ROWS["id"], second)
    return reproducible.grade(make_evidence(tmp_path / "e"), key, ReproducibleParams())


def noisy(by: float) -> np.ndarray:
    return np.clip(GOOD + np.random.default_rng(3).normal(size=len(GOOD)) * by, 0.0, 1.0)


@pytest.mark.parametrize("by", [0.0, 1e-8])
def test_the_same_to_the_noise_of_floats_earns_all(tmp_path, by):
    assert score(tmp_path, GOOD, noisy(by)).value == 1.0


def test_the_further_apart_the_less(tmp_path):
    values = [score(tmp_path / str(by), GOOD, noisy(by)).value for by in (1e-8, 1e-3, 1e-2, 0.2)]
    assert values[0] == 1.0
    assert values[1] == pytest.approx(0.7)
    assert values[1] > values[2] > values[3] == 0.0


def test_squeezing_predictions_hides_no_change(tmp_path):
    squeezed = [0.5 + (p - 0.5) * 1e-3 for p in (GOOD, noisy(0.1))]
    assert score(tmp_path, *squeezed).value < 0.4


def test_a_few_rows_on_the_edge_of_a_split_cost_nothing(tmp_path):
    second = GOOD.copy()
    second[:: len(GOOD) // 20] += 1e-7
    assert score(tmp_path, GOOD, second).value == 1.0


def test_a_constant_repeats_itself_and_earns_nothing(tmp_path):
    constant = np.full(len(ROWS), 0.2)
    assert score(tmp_path, constant, constant).value == 0.0
