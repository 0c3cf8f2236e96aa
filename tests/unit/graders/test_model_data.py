"""A1, A2, A3 on synthetic predictions: what earns, what does not, and what cannot be gamed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from graders.answers import read
from graders.kit.case import make_evidence, make_rows, model, write, write_key, write_predictions
from graders.model_data import hidden_score, probes, stressed_score
from graders.model_data.ruler import Ruler
from harness.errors import InfraError
from harness.model import AnswerKey, Ended, Score, Verdict


@dataclass
class World:
    """Rows, anchors, and a place for evidence."""

    rows: pd.DataFrame
    key: AnswerKey
    root: Path

    def grade(self, module, predicted, *, ended=None, **params) -> Score:
        """One grader on these predictions; the other predict stages repeat them unless they are there."""
        ids = self.rows["id"].to_numpy()
        write_predictions(self.root, "predict", ids, predicted)
        some = np.arange(len(ids))[::4][:300]
        for stage, at in (("predict-one", [0]), ("predict-shuffled", some[::-1])):
            if not (self.root / stage / "predictions.csv").exists():
                write_predictions(self.root, stage, ids[at], np.asarray(predicted)[at])
        evidence = make_evidence(self.root, ended=ended)
        return module.grade(evidence, self.key, module.GRADER.params(**params))

    def of(self, probe: str, variant: str) -> np.ndarray:
        return (self.rows["probe"].eq(probe) & self.rows["variant"].eq(variant)).to_numpy()


@pytest.fixture
def world(tmp_path):
    rows = make_rows()
    anchors = {"baseline": model(rows, noise=1.2, seed=3), "reference": model(rows, noise=0.4, seed=4)}
    return World(rows, write_key(tmp_path / "key", rows, **anchors), tmp_path / "evidence")


def good(world: World, noise: float = 0.4) -> np.ndarray:
    return model(world.rows, noise=noise, seed=9)


# ------------------------------------------------------------------------------------- A1


def test_the_reference_scores_its_anchor_exactly_and_with_certainty(world):
    score = world.grade(hidden_score, read(world.key).reference)
    assert score.value == pytest.approx(0.85, abs=1e-5)
    assert score.interval[1] - score.interval[0] < 1e-5


def test_the_baseline_scores_its_anchor(world):
    assert world.grade(hidden_score, read(world.key).baseline).value == pytest.approx(0.40, abs=1e-5)


def test_scores_follow_the_quality_of_the_model(world):
    values = [world.grade(hidden_score, good(world, noise)).value for noise in (0.0, 0.4, 0.8, 1.5, 4.0)]
    assert values == sorted(values, reverse=True)
    assert values[0] > 0.9
    assert values[-1] < 0.4


def test_only_natural_rows_count_for_the_hidden_score(world):
    predicted = good(world)
    spoilt = np.where(world.rows["role"] == "natural", predicted, 0.5)
    assert world.grade(hidden_score, spoilt).value == world.grade(hidden_score, predicted).value


def test_inverted_predictions_earn_nothing_and_are_told_so(world):
    score = world.grade(hidden_score, 1 - good(world))
    assert score.value == 0.0
    assert "inverted" in score.reason
    assert score.findings[0].rule == "inverted"
    assert "positive class" in score.earn_back


def test_a_constant_is_chance_and_is_not_called_inverted(world):
    score = world.grade(hidden_score, np.full(len(world.rows), 0.27))
    assert score.value == 0.0
    assert "cannot be told from chance" in score.reason


def test_the_hidden_score_states_both_anchors_and_the_paired_difference(world):
    measures = world.grade(hidden_score, good(world, 0.8)).measures
    assert measures["against_reference"] == pytest.approx(measures["auc"] - measures["reference_auc"])
    assert 0 < measures["against_reference_se"] < measures["auc_se"] * 1.5
    assert measures["baseline_auc"] < measures["reference_auc"] < measures["best_auc"]


def test_charts_have_the_ticks_and_few_points(world):
    scale, roc, calibration = world.grade(hidden_score, good(world)).charts
    assert scale.low == (0.0, 0.4, 0.85, 1.0)
    assert len(scale.x) == 4
    assert len(roc.x) == len(roc.y) <= 100
    assert len(calibration.x) == 10


def test_a_key_with_too_few_natural_rows_is_our_fault(world, tmp_path):
    rows = make_rows(natural=2)
    key = write_key(
        tmp_path / "small", rows, baseline=np.full(len(rows), 0.5), reference=model(rows, noise=0.4)
    )
    with pytest.raises(InfraError, match="natural"):
        World(rows, key, tmp_path / "e").grade(hidden_score, model(rows, noise=0.4))


# ------------------------------------------------------------------------------------- A2


def test_only_stressed_rows_move_the_stressed_score(world):
    predicted = good(world)
    rng = np.random.default_rng(0)
    stressed = (world.rows["role"] == "stressed").to_numpy()
    noisy = np.where(stressed, rng.random(len(predicted)), predicted)
    assert world.grade(stressed_score, noisy).value < 0.1
    assert world.grade(hidden_score, noisy).value == world.grade(hidden_score, predicted).value
    natural_noise = np.where(stressed, predicted, rng.random(len(predicted)))
    score = world.grade(stressed_score, natural_noise)
    assert score.value == world.grade(stressed_score, predicted).value


def test_the_stressed_chart_sets_three_models_side_by_side(world):
    (chart,) = world.grade(stressed_score, good(world)).charts
    assert chart.kind == "intervals"
    assert len(chart.x) == len(chart.y) == len(chart.low) == len(chart.high) == 6
    assert all(lo <= y <= hi for lo, y, hi in zip(chart.low, chart.y, chart.high, strict=True))


# ------------------------------------------------------------------------------------- A3


def moved(world: World, by: float, share: float = 1.0, variant: str = "typo") -> np.ndarray:
    predicted = np.clip(good(world), 0.06, 0.94)
    at = np.flatnonzero(world.of("spelling", variant))
    predicted[at[: round(share * len(at))]] += by
    return predicted


def test_a_careful_model_holds_every_probe(world):
    score = world.grade(probes, good(world))
    assert score.value == 1.0
    assert not score.findings
    assert score.measures["mean_abs_dp.spelling"] == pytest.approx(0.0, abs=1e-9)
    assert score.measures["mean_abs_dp.price"] > 0.01


def test_a_customer_holds_only_if_every_way_of_writing_them_does(world):
    score = world.grade(probes, moved(world, 0.05))
    assert score.measures["held.spelling"] == 0.0  # "typo" moves, "case" does not
    assert score.value == pytest.approx(0.8)  # one of five probes: three, one row alone, shuffled
    (finding,) = score.findings
    assert finding.rule == "probe-spelling"
    assert len(finding.place.rows) == 6
    assert "->" in finding.what
    assert score.measures["mean_abs_dp.spelling"] == pytest.approx(0.025, abs=1e-6)


@pytest.mark.parametrize(("by", "held"), [(0.004, 1.0), (0.015, 0.5), (0.03, 0.0)])
def test_credit_for_a_pair_fades_between_tolerance_and_five_times_it(world, by, held):
    assert world.grade(probes, moved(world, by)).measures["held.spelling"] == pytest.approx(held, abs=0.15)


def test_rows_named_by_a_finding_are_the_pairs_that_moved_most(world):
    predicted = moved(world, 0.03)
    worst = np.flatnonzero(world.of("spelling", "typo"))[7]
    predicted[worst] = 0.99
    rows = world.grade(probes, predicted).findings[0].place.rows
    assert world.rows["id"][worst] in rows[:2]


def test_a_constant_holds_every_probe_and_earns_nothing(world):
    score = world.grade(probes, np.full(len(world.rows), 0.27))
    assert score.value == 0.0
    assert score.measures["skill"] == 0.0
    assert "a model that predicts" in score.reason


def test_skill_counts_in_full_from_the_baseline_on(world):
    assert world.grade(probes, read(world.key).baseline).measures["skill"] == pytest.approx(1.0)
    assert world.grade(probes, good(world, 4.0)).measures["skill"] < 0.95


def squeezed(p: np.ndarray) -> np.ndarray:
    return 0.5 + (p - 0.5) * 1e-3


def steps(p: np.ndarray) -> np.ndarray:
    """The same ranking in two plateaus: the spread stays, every small change vanishes."""
    return np.where(p > np.median(p), 0.9, 0.1) + p * 1e-3


@pytest.mark.parametrize("trick", [squeezed, steps, lambda p: 1e-9 * p, lambda p: p**12])
def test_no_monotone_transformation_hides_that_predictions_move(world, trick):
    honest = moved(world, 0.05)
    score = world.grade(probes, trick(honest))
    auc = world.grade(hidden_score, honest).measures["auc"]
    assert world.grade(hidden_score, trick(honest)).measures["auc"] == pytest.approx(auc, abs=1e-3)
    assert score.measures["held.spelling"] <= 0.6


def test_an_order_too_fine_for_twelve_digits_is_no_order(world):
    assert world.grade(hidden_score, 0.5 + 1e-14 * good(world)).value < 0.1


def test_the_ruler_agrees_with_plain_differences_for_the_references_spread():
    p = np.random.default_rng(0).beta(1, 3, 5000)
    ruler = Ruler(p, p)
    base, variant = p[:100], np.clip(p[:100] + 0.01, 0, 1)
    np.testing.assert_allclose(ruler.shifts(base, variant), np.abs(variant - base), atol=2e-3)
    assert (ruler.shifts(base, base) == 0).all()


def test_leaving_a_tie_by_less_than_the_tolerance_passes_nobody():
    own = np.concatenate([np.full(300, 0.1), np.linspace(0.2, 0.9, 700)])
    assert Ruler(own, own).shifts(np.array([0.1]), np.array([0.104]))[0] == pytest.approx(0.004)


def test_a_direction_that_is_wrong_or_absent_earns_nothing(world):
    dearer, base = world.of("price", "dearer"), world.of("price", "base")
    for change in (0.0, -0.05):
        predicted = good(world)
        predicted[dearer] = np.clip(predicted[base] + change, 0, 1)
        score = world.grade(probes, predicted)
        assert score.measures["held.price"] == 0.0
        assert "probe-price" in [f.rule for f in score.findings]


def test_a_direction_by_chance_earns_a_part_at_most(world):
    predicted, rng = good(world), np.random.default_rng(3)
    dearer, base = world.of("price", "dearer"), world.of("price", "base")
    predicted[dearer] = np.clip(predicted[base] + rng.normal(0.002, 0.05, dearer.sum()), 0, 1)
    assert world.grade(probes, predicted).measures["held.price"] < 1.0


def test_a_prediction_that_depends_on_the_batch_fails_the_probe_of_one_row(world):
    ids = world.rows["id"].to_numpy()
    write_predictions(world.root, "predict-one", ids[:1], [0.5])
    score = world.grade(probes, np.clip(good(world), 0, 0.4))
    assert score.measures["held.one row alone"] == 0.0
    finding = next(f for f in score.findings if f.place.stage == "predict-one")
    assert finding.place.rows == (ids[0],)


def test_within_one_batch_and_alone_a_prediction_is_the_same_to_a_millionth(world):
    ids, predicted = world.rows["id"].to_numpy(), good(world)
    for off, held in ((5e-7, 1.0), (1e-4, 0.0)):
        write_predictions(world.root, "predict-one", ids[:1], [predicted[0] + off])
        assert world.grade(probes, predicted).measures["held.one row alone"] == held


def test_predictions_given_back_in_the_order_of_the_input_fail_the_shuffled_probe(world):
    ids, predicted = world.rows["id"].to_numpy(), good(world)
    some = np.arange(len(ids))[::4][:300]
    write_predictions(world.root, "predict-shuffled", ids[some], predicted[some][::-1])
    score = world.grade(probes, predicted)
    assert score.measures["held.rows and columns in another order"] < 0.1


def test_a_part_of_the_shuffled_rows_is_not_enough(world):
    ids, predicted = world.rows["id"].to_numpy(), good(world)
    write_predictions(world.root, "predict-shuffled", ids[:12], predicted[:12])
    score = world.grade(probes, predicted)
    assert score.measures["held.rows and columns in another order"] == 0.0
    assert "300 rows were given and 12 came back" in score.findings[0].what


@pytest.mark.parametrize("ended", [Ended.FAILED, Ended.TIMEOUT, Ended.OUT_OF_MEMORY, Ended.OVER_QUOTA])
def test_a_stage_that_failed_costs_its_probe_with_its_reason(world, ended):
    score = world.grade(probes, good(world), ended={"predict-one": ended})
    assert score.value == pytest.approx(0.8)
    assert ended.value in score.findings[0].what


def test_a_stage_that_was_not_run_costs_nothing(world):
    score = world.grade(
        probes, good(world), ended={"predict-one": Ended.SKIPPED, "predict-shuffled": Ended.SKIPPED}
    )
    assert score.value == 1.0
    assert "held.one row alone" not in score.measures


def test_an_unreadable_stage_costs_its_probe_only(world):
    write(world.root, "predict-one", "predictions.csv", "id,prediction\n")
    score = world.grade(probes, good(world))
    assert score.value == pytest.approx(0.8)
    assert "header only" in score.findings[0].what


def test_an_author_can_word_the_advice_of_a_probe(world):
    score = world.grade(probes, moved(world, 0.05), advice={"spelling": "mind the contract names"})
    assert score.findings[0].fix == "mind the contract names"


@pytest.mark.parametrize("module", [hidden_score, stressed_score, probes])
def test_an_unusable_file_is_missing_with_its_rows(world, module):
    predicted = good(world)
    predicted[3] = np.nan
    score = world.grade(module, predicted)
    assert score.verdict is Verdict.MISSING
    assert score.findings[0].place.rows == (world.rows["id"][3],)


def test_the_interval_of_the_probes_widens_with_disagreeing_entities(world):
    sure, unsure = world.grade(probes, good(world)), world.grade(probes, moved(world, 0.05, share=0.5))
    assert sure.interval == (1.0, 1.0)
    assert unsure.interval[1] - unsure.interval[0] > 0.01
