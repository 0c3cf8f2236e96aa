"""Areas, errors and places, against scikit-learn, brute force and simulation."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, log_loss, roc_auc_score, roc_curve

from graders.statistics import (
    BASELINE_AT,
    LEAST_GAP,
    REFERENCE_AT,
    Comparison,
    Ranking,
    _curve,
    compare,
    hanley_mcneil_se,
    normal_cdf,
    place,
    ramp,
)


def sample(seed: int, n: int = 4000, noises: tuple[float, ...] = (1.0,), digits: int | None = None):
    rng = np.random.default_rng(seed)
    labels = rng.random(n) < 0.25
    common = rng.normal(size=n)
    models = [labels * 1.3 + 0.7 * common + noise * rng.normal(size=n) for noise in noises]
    models = [1 / (1 + np.exp(-m)) for m in models]
    return labels, [m if digits is None else m.round(digits) for m in models]


@st.composite
def tied(draw):
    scores = draw(st.lists(st.integers(0, 8), min_size=4, max_size=60))
    labels = draw(st.lists(st.booleans(), min_size=len(scores), max_size=len(scores)))
    labels[0], labels[1], labels[2], labels[3] = True, False, True, False
    return np.array(labels), np.array(scores) / 8.0


@given(tied())
def test_every_metric_equals_scikit_learn_also_with_ties(case):
    labels, scores = case
    ranking = Ranking(labels, scores)
    assert ranking.auc == pytest.approx(roc_auc_score(labels, scores), abs=1e-12)
    assert ranking.average_precision == pytest.approx(average_precision_score(labels, scores), abs=1e-12)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert ranking.log_loss == pytest.approx(log_loss(labels, scores, labels=[False, True]), abs=1e-12)


@given(tied())
def test_placements_equal_their_definition_by_brute_force(case):
    labels, scores = case
    wins = (scores[labels][:, None] > scores[~labels][None, :]) + 0.5 * (
        scores[labels][:, None] == scores[~labels][None, :]
    )
    of_positives, of_negatives = Ranking(labels, scores).placements
    np.testing.assert_allclose(of_positives, wins.mean(axis=1), atol=1e-12)
    np.testing.assert_allclose(of_negatives, wins.mean(axis=0), atol=1e-12)


@given(tied(), st.integers(0, 2**32 - 1))
def test_the_order_of_the_rows_changes_nothing(case, seed):
    labels, scores = case
    shuffled = np.random.default_rng(seed).permutation(labels.size)
    one, other = Ranking(labels, scores), Ranking(labels[shuffled], scores[shuffled])
    assert (one.auc, one.variance) == (other.auc, other.variance)


@given(tied())
def test_the_quick_variance_of_one_model_is_the_covariance_of_its_placements(case):
    labels, scores = case
    ranking = Ranking(labels, scores)
    twice = compare(ranking, Ranking(labels, scores[::-1].copy()))
    assert compare(ranking).covariance[0, 0] == pytest.approx(twice.covariance[0, 0], abs=1e-15)


@pytest.mark.parametrize("digits", [None, 1])
def test_standard_errors_agree_with_an_exact_bootstrap(digits):
    labels, models = sample(1, n=1500, noises=(0.8, 1.2), digits=digits)
    comparison = compare(*[Ranking(labels, m) for m in models])
    rng = np.random.default_rng(0)
    boot = []
    for _ in range(600):
        rows = rng.integers(0, labels.size, labels.size)
        boot.append([Ranking(labels[rows], m[rows]).auc for m in models])
    boot = np.array(boot)
    assert comparison.se(0) == pytest.approx(boot[:, 0].std(ddof=1), rel=0.10)
    assert comparison.difference(0, 1)[1] == pytest.approx((boot[:, 0] - boot[:, 1]).std(ddof=1), rel=0.10)


def test_pairing_by_row_is_what_makes_the_difference_sharp():
    labels, models = sample(2, n=6000, noises=(0.3, 0.35))
    comparison = compare(*[Ranking(labels, m) for m in models])
    unpaired = np.hypot(comparison.se(0), comparison.se(1))
    assert comparison.difference(0, 1)[1] < 0.7 * unpaired


def test_two_equal_models_differ_by_nothing_with_certainty():
    labels, (model,) = sample(3)
    comparison = compare(Ranking(labels, model), Ranking(labels, model))
    assert comparison.difference(0, 1) == (0.0, 0.0)


def three(
    candidate: float, baseline: float = 0.75, reference: float = 0.85, se: float = 0.004, rho: float = 0.8
):
    correlation = np.full((3, 3), rho) + (1 - rho) * np.eye(3)
    return Comparison(np.array([candidate, baseline, reference]), correlation * se * se)


@pytest.mark.parametrize(
    ("auc", "value"),
    [
        (0.3, 0.0),
        (0.5, 0.0),
        (0.625, 0.2),
        (0.75, 0.4),
        (0.8, 0.625),
        (0.85, 0.85),
        (0.8575, 0.925),
        (0.9, 1.0),
    ],
)
def test_the_anchors_stand_where_the_rubric_says(auc, value):
    assert place(three(auc), headroom=0.1).value == pytest.approx(value, abs=1e-9)


@given(st.floats(0.4, 0.95), st.floats(0.4, 0.95), st.floats(0.55, 0.95), st.floats(0.6, 0.95))
def test_a_better_model_is_never_placed_lower(one, other, baseline, reference):
    baseline = min(baseline, reference)
    low, high = sorted((one, other))
    places = [place(three(a, baseline, reference), headroom=0.1) for a in (low, high)]
    assert places[0].value <= places[1].value
    for stood in places:
        assert stood.interval[0] - 1e-9 <= stood.value <= stood.interval[1] + 1e-9


@given(st.floats(0.6, 0.95), st.floats(0.6, 0.95))
def test_the_reference_itself_always_stands_at_its_anchor(reference, baseline):
    baseline = min(baseline, reference + 0.9 * LEAST_GAP)
    assert place(three(reference, baseline, reference), headroom=0.2).value == pytest.approx(REFERENCE_AT)


def test_anchors_too_close_to_tell_apart_are_spread_in_the_candidates_favour():
    close = place(three(0.85, baseline=0.849, reference=0.852), headroom=0.1)
    assert close.value > BASELINE_AT + 0.3
    assert close.se < 0.2


def test_an_interval_knows_that_the_anchors_were_measured_on_the_same_rows():
    correlated = place(three(0.80, rho=0.95), headroom=0.1)
    independent = place(three(0.80, rho=0.0), headroom=0.1)
    assert correlated.se < 0.4 * independent.se


@given(st.floats(0.45, 0.97), st.floats(0.55, 0.9), st.floats(0.6, 0.95))
def test_the_gradient_is_the_slope_of_the_curve(candidate, baseline, reference):
    moved = reference - LEAST_GAP
    kinks = [(candidate, baseline), (candidate, reference), (candidate, moved), (baseline, moved)]
    assume(all(abs(one - other) > 1e-4 for one, other in kinks))
    aucs, step = np.array([candidate, baseline, reference]), 1e-7
    slopes = [
        (_curve(aucs + nudge, 0.1)[0] - _curve(aucs - nudge, 0.1)[0]) / (2 * step)
        for nudge in np.eye(3) * step
    ]
    np.testing.assert_allclose(_curve(aucs, 0.1)[1], slopes, rtol=1e-4, atol=1e-4)


def test_intervals_cover_the_truth_about_as_often_as_they_promise():
    truth_labels, truth = sample(100, n=200_000, noises=(1.0, 2.0, 0.7))
    true_place = place(compare(*[Ranking(truth_labels, m) for m in truth]), headroom=0.1).value
    covered = 0
    for seed in range(200):
        labels, models = sample(seed, n=1500, noises=(1.0, 2.0, 0.7))
        low, high = place(compare(*[Ranking(labels, m) for m in models]), headroom=0.1).interval
        covered += low <= true_place <= high
    assert 180 <= covered <= 199


@pytest.mark.parametrize(("errors", "share"), [(1.0, 0.0), (2.0, 0.0), (3.0, 0.5), (4.0, 1.0)])
def test_an_area_that_luck_alone_can_reach_is_worth_nothing(errors, share):
    se = 0.006
    covariance = np.diag([se, se, se]) ** 2
    found = place(Comparison(np.array([0.5 + errors * se, 0.75, 0.85]), covariance), headroom=0.1)
    assert found.value == pytest.approx(share * 0.4 * errors * se / 0.25)
    assert found.interval[0] <= found.value <= found.interval[1]


def test_a_weak_but_honest_model_keeps_all_that_it_earns():
    covariance = np.diag([0.02, 0.02, 0.02]) ** 2  # a small hidden set
    assert place(Comparison(np.array([0.6, 0.75, 0.85]), covariance), headroom=0.1).value == pytest.approx(
        0.16
    )


def test_the_interval_just_above_the_reference_reaches_down_the_steeper_slope():
    stood = place(three(0.8505, se=0.01, rho=0.5), headroom=0.5)
    assert stood.value - stood.interval[0] > 1.5 * (stood.interval[1] - stood.value)


@pytest.mark.parametrize(
    "comparison",
    [three(0.8, baseline=0.9, reference=0.8), three(0.8, baseline=0.5, reference=0.53)],
    ids=["inverted", "chance"],
)
def test_anchors_that_are_none_are_refused(comparison):
    with pytest.raises(ValueError, match=r"baseline beats|better than chance"):
        place(comparison, headroom=0.1)


@pytest.mark.parametrize(
    ("labels", "scores"),
    [([True, True], [0.1, 0.2]), ([True, False], [0.1, np.nan]), ([True, False], [0.1])],
)
def test_a_ranking_of_nothing_is_refused(labels, scores):
    with pytest.raises(ValueError, match=r"classes|finite|length"):
        Ranking(np.array(labels), np.array(scores))


def test_one_row_of_a_class_has_an_area_and_no_error():
    ranking = Ranking(np.array([True, False, False]), np.array([0.9, 0.1, 0.2]))
    assert ranking.auc == 1.0
    with pytest.raises(ValueError, match="two rows"):
        compare(ranking)


def test_hanley_and_mcneil_is_near_delong_on_binormal_scores():
    rng = np.random.default_rng(5)
    labels = rng.random(3000) < 0.3
    ranking = Ranking(labels, rng.normal(size=3000) + labels * 1.2)
    assert hanley_mcneil_se(ranking.auc, ranking.positives, ranking.negatives) == pytest.approx(
        compare(ranking).se(), rel=0.1
    )


def test_hanley_and_mcneil_gives_the_published_example():
    # Hanley & McNeil 1982, table II: 51 abnormal and 58 normal images, area .893, standard error .032
    assert hanley_mcneil_se(0.893, 51, 58) == pytest.approx(0.032, abs=0.001)


def test_the_curve_is_scikit_learns_and_stays_within_its_points():
    labels, (model,) = sample(6, n=500, digits=1)
    alarms, hits = Ranking(labels, model).curve(80)
    expected = roc_curve(labels, model, drop_intermediate=False)
    np.testing.assert_allclose(alarms, expected[0])
    np.testing.assert_allclose(hits, expected[1])
    alarms, hits = Ranking(*[sample(6)[0], sample(6)[1][0]]).curve(80)
    assert len(alarms) <= 80
    assert (alarms[0], hits[0], alarms[-1], hits[-1]) == (0, 0, 1, 1)


def test_calibration_bins_hold_all_rows():
    labels, (model,) = sample(7)
    said, seen = Ranking(labels, model).calibration(10)
    assert said.mean() == pytest.approx(model.mean(), abs=1e-9)
    assert seen.mean() == pytest.approx(labels.mean(), abs=1e-9)
    assert (np.diff(said) >= 0).all()


@settings(max_examples=50)
@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(-9, 9))
def test_a_ramp_stays_between_its_ends(zero, full, x):
    if abs(zero - full) > 1e-6:
        assert 0.0 <= ramp(x, zero=zero, full=full) <= 1.0
        assert ramp(zero, zero=zero, full=full) == 0.0
        assert ramp(full, zero=zero, full=full) == 1.0


def test_the_normal_distribution_has_its_usual_points():
    assert normal_cdf(0.0) == 0.5
    assert normal_cdf(1.959963984540054) == pytest.approx(0.975)
    assert normal_cdf(-40.0) >= 0.0
