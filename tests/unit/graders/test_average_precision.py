"""Average precision as an assignment's metric: its error, its chance, its place, and what the report says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score

from graders.communication import claims
from graders.kit.case import make_evidence, make_rows, model, write_key, write_predictions
from graders.model_data import hidden_score, probes, stressed_score
from graders.ranking import Ranking
from graders.statistics import compare, place
from harness.assignment import params_of
from harness.errors import SpecError
from harness.model import Claims, Criterion, Metric, Told, Verdict

AP = Metric.AVERAGE_PRECISION


def rare(seed: int, n: int = 4000, rate: float = 0.05, noises=(0.8, 1.2), digits=None):
    rng = np.random.default_rng(seed)
    labels = rng.random(n) < rate
    common = rng.normal(size=n)
    scores = [1 / (1 + np.exp(-(labels * 2.2 + 0.6 * common + s * rng.normal(size=n) - 3))) for s in noises]
    return labels, [s if digits is None else s.round(digits) for s in scores]


def bootstrap(labels, models, *, draws: int = 2000, seed: int = 0) -> np.ndarray:
    """Average precision of whole resamples of the rows, weighed by how often each row was drawn."""
    rng = np.random.default_rng(seed)
    weights = rng.multinomial(labels.size, np.full(labels.size, 1 / labels.size), size=draws).astype(float)
    found = []
    for scores in models:
        order = np.argsort(-scores, kind="stable")
        y, s = labels[order], scores[order]
        last = np.flatnonzero(np.append(s[1:] != s[:-1], True))
        drawn = weights[:, order]
        hits, seen = np.cumsum(drawn * y, axis=1)[:, last], np.cumsum(drawn, axis=1)[:, last]
        precision = np.divide(hits, seen, out=np.zeros_like(hits), where=seen > 0)
        found.append((np.diff(hits, prepend=0.0, axis=1) * precision).sum(axis=1) / hits[:, -1])
    return np.stack(found, axis=1)


@pytest.mark.parametrize("digits", [None, 2])
@pytest.mark.parametrize("seed", [1, 2])
def test_its_standard_errors_agree_with_an_exact_bootstrap_within_five_percent(seed, digits):
    labels, models = rare(seed, digits=digits)
    comparison = compare(*[Ranking(labels, m) for m in models], metric=AP)
    drawn = bootstrap(labels, models)
    for n in range(2):
        assert comparison.areas[n] == pytest.approx(average_precision_score(labels, models[n]), abs=1e-12)
        assert comparison.se(n) == pytest.approx(drawn[:, n].std(ddof=1), rel=0.05)
    difference = (drawn[:, 0] - drawn[:, 1]).std(ddof=1)
    assert comparison.difference(0, 1)[1] == pytest.approx(difference, rel=0.05)


@st.composite
def tied(draw):
    scores = draw(st.lists(st.integers(0, 8), min_size=4, max_size=40))
    labels = draw(st.lists(st.booleans(), min_size=len(scores), max_size=len(scores)))
    labels[0], labels[1], labels[2], labels[3] = True, False, True, False
    return np.array(labels), np.array(scores) / 8.0


@settings(deadline=None)  # a busy machine is no failure
@given(tied())
def test_the_influence_of_a_row_is_the_derivative_by_its_weight(case):
    labels, scores = case
    influence = Ranking(labels, scores).average_precision_influence
    assert influence.mean() == pytest.approx(0.0, abs=1e-9)
    step = 1e-6
    for row in range(min(labels.size, 6)):
        weights = np.full(labels.size, (1 - step) / labels.size)
        weights[row] += step
        moved = average_precision_score(labels, scores, sample_weight=weights)
        slope = (moved - average_precision_score(labels, scores)) / step
        assert influence[row] == pytest.approx(slope, rel=1e-3, abs=1e-3)


@settings(deadline=None)  # a busy machine is no failure
@given(tied(), st.integers(0, 2**32 - 1))
def test_the_order_of_the_rows_changes_no_influence(case, seed):
    labels, scores = case
    shuffled = np.random.default_rng(seed).permutation(labels.size)
    one, other = Ranking(labels, scores), Ranking(labels[shuffled], scores[shuffled])
    np.testing.assert_allclose(
        one.average_precision_influence[shuffled], other.average_precision_influence, atol=1e-12
    )


def test_a_constant_has_the_prevalence_and_earns_nothing():
    labels, models = rare(3)
    constant = np.full(labels.size, 0.5)
    rankings = [Ranking(labels, m) for m in (constant, models[1], models[0])]
    comparison = compare(*rankings, metric=AP)
    assert comparison.chance == labels.mean() == comparison.areas[0]
    assert place(comparison, headroom=0.1).value == pytest.approx(0.0, abs=1e-12)


def test_the_places_of_the_anchors_do_not_depend_on_the_metric():
    labels, models = rare(4)
    rankings = [Ranking(labels, m) for m in (models[0], models[1], models[0])]
    assert place(compare(*rankings, metric=AP), headroom=0.1).value == pytest.approx(0.85)
    rankings = [Ranking(labels, m) for m in (models[1], models[1], models[0])]
    assert place(compare(*rankings, metric=AP), headroom=0.1).value == pytest.approx(0.40)


@pytest.fixture
def world(tmp_path):
    rows = make_rows(natural=4000)
    good = model(rows, noise=0.4)
    key = write_key(tmp_path / "key", rows, baseline=model(rows, noise=1.2, seed=3), reference=good)
    write_predictions(tmp_path / "evidence", "predict", rows["id"], good)
    ids, some = rows["id"].to_numpy(), np.arange(300)
    write_predictions(tmp_path / "evidence", "predict-one", ids[:1], good[:1])
    write_predictions(tmp_path / "evidence", "predict-shuffled", ids[some], good[some])
    natural = rows["role"].eq("natural").to_numpy()
    truth = average_precision_score(rows["label"][natural], good[natural])
    return tmp_path / "evidence", key, truth


@pytest.mark.parametrize("module", [hidden_score, stressed_score, probes])
def test_a_report_speaks_of_the_metric_that_was_used(world, module):
    folder, key, _ = world
    params = module.GRADER.params(metric=AP)
    score = module.GRADER.grade(make_evidence(folder), key, params)
    said = score.model_dump_json(exclude={"measures"})
    assert "AUC" not in said
    assert "ROC" not in said
    if module is not probes:
        assert "verage precision" in score.reason
        assert score.measures["average_precision"] > score.measures["baseline_average_precision"]


def test_the_hidden_score_is_the_average_precision(world):
    folder, key, truth = world
    score = hidden_score.grade(make_evidence(folder), key, hidden_score.HiddenScoreParams(metric=AP))
    assert score.measures["average_precision"] == pytest.approx(truth, abs=1e-9)
    assert score.value == pytest.approx(0.85)
    assert score.charts[1].title == "Precision and recall on hidden rows"


def test_reversed_predictions_are_called_inverted_and_what_they_would_have_is_said(tmp_path):
    rows = make_rows(natural=4000)
    good = model(rows, noise=0.4)
    key = write_key(tmp_path / "key", rows, baseline=model(rows, noise=1.2, seed=3), reference=good)
    write_predictions(tmp_path / "evidence", "predict", rows["id"], 1.0 - good)
    evidence, params = make_evidence(tmp_path / "evidence"), hidden_score.HiddenScoreParams(metric=AP)
    score = hidden_score.grade(evidence, key, params)
    natural = rows["role"].eq("natural").to_numpy()
    truth = average_precision_score(rows["label"][natural], good[natural])
    assert score.value == 0.0
    assert "inverted" in score.reason
    assert f"{truth:.4f}" in score.findings[0].what


@pytest.mark.parametrize("named", ["average_precision", "AP", "PR-AUC", "auprc"])
def test_a_true_claim_in_the_metric_of_the_assignment_earns_everything(world, named):
    folder, key, truth = world
    evidence = make_evidence(folder, claims=Claims(metric=named, value=round(truth, 2)))
    score = claims.grade(evidence, key, claims.ClaimsParams(metric=AP))
    assert score.value == 1.0
    assert "AUC" not in score.reason


def test_a_claim_in_another_metric_is_none(world):
    folder, key, _ = world
    evidence = make_evidence(folder, claims=Claims(metric="roc_auc", value=0.9))
    score = claims.grade(evidence, key, claims.ClaimsParams(metric=AP))
    assert score.verdict is Verdict.MISSING
    assert "average_precision" in score.reason


def test_the_error_of_a_claim_shrinks_with_the_rows_it_was_measured_on(world):
    folder, key, truth = world
    evidence = make_evidence(folder, claims=Claims(metric="ap", value=truth))
    few, many = (
        claims.grade(evidence, key, claims.ClaimsParams(metric=AP, claim_rows=n)).measures["claim_se"]
        for n in (500, 2000)
    )
    assert few == pytest.approx(2 * many)


def test_the_metric_is_said_once_for_the_whole_assignment():
    registry = {"hidden_score": hidden_score.GRADER}
    plain = Criterion(id="A1", title="Ranks well", grader="hidden_score", weight=100)
    assert params_of(plain, registry, told=Told(metric=AP)).metric is AP
    own = plain.model_copy(update={"params": {"metric": "roc_auc"}})
    with pytest.raises(SpecError, match=r"A1\.params\.metric"):
        params_of(own, registry, told=Told(metric=AP))
