"""E2: a claim is true within what two finite samples allow, both ways."""

from __future__ import annotations

import math

import pytest

from graders.communication import claims
from graders.kit.case import make_evidence, make_rows, model, write_key, write_predictions
from harness.model import Claims, Verdict


@pytest.fixture
def grade(tmp_path):
    rows = make_rows()
    predicted = model(rows, noise=0.4)
    key = write_key(tmp_path / "key", rows, baseline=predicted, reference=predicted)
    write_predictions(tmp_path / "evidence", "predict", rows["id"], predicted)

    def with_claim(value, metric="roc_auc", **params):
        evidence = make_evidence(tmp_path / "evidence", claims=Claims(metric=metric, value=value))
        return claims.grade(evidence, key, claims.ClaimsParams(**params))

    return with_claim


@pytest.fixture
def truth(grade):
    return grade(0.8).measures["measured"]


def test_a_true_claim_earns_everything(grade, truth):
    score = grade(round(truth, 2))
    assert score.value == 1.0
    assert not score.findings


@pytest.mark.parametrize("sign", [1, -1])
def test_the_gap_counts_both_ways(grade, truth, sign):
    score = grade(round(truth + sign * 0.15, 3))
    assert score.value == 0.0
    assert ("more" if sign > 0 else "less") in score.findings[0].what
    assert score.findings[0].place.file == "submission.toml"


def test_the_value_falls_between_two_and_four_standard_errors(grade, truth):
    both = math.hypot(*(grade(round(truth, 3)).measures[k] for k in ("measured_se", "claim_se")))
    score = grade(round(truth - 3.0 * both, 4))
    assert 0.2 < score.value < 0.8
    assert score.interval[0] < score.value < score.interval[1]


def test_a_claim_on_more_rows_is_held_to_more(grade, truth):
    assert grade(truth - 0.05, claim_rows=200).value > grade(truth - 0.05, claim_rows=20_000).value


@pytest.mark.parametrize("metric", ["roc_auc", "ROC AUC", "auc", "AUROC", "roc-auc", "ROC-AUC"])
def test_the_metric_goes_by_its_usual_names(grade, truth, metric):
    assert grade(round(truth, 2), metric=metric).value == 1.0


@pytest.mark.parametrize("metric", ["accuracy", "", "pr_auc", "f1"])
def test_another_metric_is_no_claim(grade, metric):
    score = grade(0.8, metric=metric)
    assert score.verdict is Verdict.MISSING
    assert "roc_auc" in score.reason


def test_a_percentage_is_understood_and_said_so(grade, truth):
    score = grade(round(truth * 100))
    assert score.value == 1.0
    assert "read as a percentage" in score.reason


@pytest.mark.parametrize("value", [None, math.nan, math.inf, -0.2, 840.0])
def test_what_is_no_area_is_no_claim_and_can_be_earned_back(grade, value):
    score = grade(value)
    assert score.verdict is Verdict.MISSING
    assert score.findings
    assert "[claims]" in score.earn_back


def test_a_claim_of_one_decimal_does_not_buy_more_room_than_two(grade):
    assert claims.understood(Claims(metric="auc", value=0.8)).rounding == 0.005
    assert claims.understood(Claims(metric="auc", value=0.8437)).rounding == pytest.approx(0.00005)


def test_the_chart_sets_claim_and_measurement_side_by_side(grade, truth):
    (chart,) = grade(round(truth, 2)).charts
    assert chart.x == ("claimed", "measured")
    assert all(lo < y < hi for lo, y, hi in zip(chart.low, chart.y, chart.high, strict=True))


def test_a_true_claim_about_a_model_that_knows_nothing_earns_nothing(tmp_path):
    rows = make_rows()
    constant = model(rows, noise=0.4) * 0 + 0.5
    key = write_key(tmp_path / "key", rows, baseline=constant, reference=constant)
    write_predictions(tmp_path / "evidence", "predict", rows["id"], constant)
    evidence = make_evidence(tmp_path / "evidence", claims=Claims(metric="roc_auc", value=0.5))
    score = claims.grade(evidence, key, claims.ClaimsParams())
    assert score.value == 0.0
    assert score.findings[0].rule == "no-model"
