"""What boosted trees reach, also on columns with nothing in them."""

from __future__ import annotations

import numpy as np

from harness.audit.features import Feature
from harness.audit.trees import CHANCE, reached


def test_a_column_that_is_blank_in_a_fold_is_left_out_there_and_one_of_blanks_is_chance() -> None:
    rng = np.random.default_rng(1)
    label = rng.random(400) < 0.5
    fold = np.arange(400) % 4
    telling = Feature("t.csv", "telling", "value", label + rng.normal(0, 0.3, 400))
    blank = Feature("t.csv", "blank", "value", np.full(400, np.nan))
    late = Feature("t.csv", "late", "value", np.where(fold == 3, 1.0, np.nan))
    assert reached([telling, blank, late], label, fold) > 0.9
    assert reached([blank], label, fold) == CHANCE
