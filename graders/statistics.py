"""Rankings -> standard errors, paired differences, a place between anchors. Numbers only; blames nobody."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from graders.ranking import NAIVE_AUC, Floats, Ranking
from harness.model import Metric

Z95 = 1.959963984540054

# where the anchors stand on the 0..1 scale of a score
NAIVE_AT, BASELINE_AT, REFERENCE_AT, BEST_AT = 0.0, 0.40, 0.85, 1.0

# Baseline and reference closer than this cannot be told apart by ten thousand rows (paired standard error
# .002-.003 of a ROC area, RUBRIC fact 6; about .01 of an average precision): dividing by a smaller gap would
# grade noise. The baseline's anchor is then moved down, which is in the candidate's favour, and the
# reference keeps its .85.
LEAST_GAP = 0.02

# Standard errors above chance from which an area begins to count, and from which it counts in full. An order
# drawn at random lies more than two above in one file of forty; an honest baseline lies twenty above.
DOUBTED_TO, BELIEVED_FROM = 2.0, 4.0


@dataclass(frozen=True, eq=False)
class Comparison:
    """Areas of several models on the same rows, the covariance of their errors, and what chance reaches."""

    areas: Floats
    covariance: Floats
    chance: float = NAIVE_AUC

    def se(self, model: int = 0) -> float:
        """Standard error of one area."""
        return math.sqrt(max(0.0, float(self.covariance[model, model])))

    def above_chance(self, model: int = 0) -> float:
        """0 where an area cannot be told from chance by its own error, 1 where it is beyond doubt."""
        above, se = float(self.areas[model]) - self.chance, self.se(model)
        return ramp(above, zero=DOUBTED_TO * se, full=BELIEVED_FROM * se) if se > 0 else float(above > 0)

    def difference(self, one: int, other: int) -> tuple[float, float]:
        """``one`` minus ``other``, and the standard error of that, paired by row."""
        c = self.covariance
        variance = float(c[one, one] + c[other, other] - 2.0 * c[one, other])
        return float(self.areas[one] - self.areas[other]), math.sqrt(max(0.0, variance))


def compare(*rankings: Ranking, metric: Metric = Metric.ROC_AUC) -> Comparison:
    """Areas of models that ranked the same rows: DeLong's covariance, or that of influence curves.

    Raises:
        ValueError: fewer than two rows of a class: no error can be stated.
    """
    if min(rankings[0].positives, rankings[0].negatives) < 2:
        raise ValueError("a standard error needs two rows of each class")
    covariance = _delong(rankings) if metric is Metric.ROC_AUC else _by_influence(rankings)
    areas = np.array([ranking.area(metric) for ranking in rankings])
    return Comparison(areas, covariance, rankings[0].chance(metric))


def _delong(rankings: tuple[Ranking, ...]) -> Floats:
    if len(rankings) == 1:
        return np.array([[rankings[0].variance]])
    of_positives = np.cov(np.stack([r.placements[0] for r in rankings])) / rankings[0].positives
    of_negatives = np.cov(np.stack([r.placements[1] for r in rankings])) / rankings[0].negatives
    covariance: Floats = of_positives + of_negatives
    return covariance


def _by_influence(rankings: tuple[Ranking, ...]) -> Floats:
    moved = np.stack([ranking.average_precision_influence for ranking in rankings])
    covariance: Floats = np.atleast_2d(np.cov(moved)) / moved.shape[1]
    return covariance


@dataclass(frozen=True)
class Place:
    """A value on the 0..1 scale between anchors, its standard error and a 95 % interval."""

    value: float
    se: float
    interval: tuple[float, float]
    best: float  # the area that earns 1.0


def place(comparison: Comparison, *, headroom: float) -> Place:
    """Where model 0 stands between model 1 (the baseline) and model 2 (the reference).

    Piecewise linear: chance 0, baseline .40, reference .85, best 1.0, where best is the reference plus
    ``headroom`` of what it leaves to perfection. Chance is one half for a ROC area; for average precision it
    is the prevalence, which all models share and which is taken as given. Below the baseline the value is
    times ``above_chance``: what luck alone can reach is worth nothing. The interval is the delta
    method's, with all three areas uncertain and correlated; its ends are read off the curve itself, so a
    kink is respected, and it reaches down to the value.

    Raises:
        ValueError: the anchors are not anchors: the reference is near chance or clearly below the baseline.
    """
    behind, behind_se = comparison.difference(1, 2)
    if behind > LEAST_GAP and behind > 3.0 * behind_se:
        raise ValueError(f"the baseline beats the reference by {behind:.4f}")
    if comparison.areas[2] < comparison.chance + 2.0 * LEAST_GAP:
        raise ValueError(f"the reference is no better than chance: {comparison.areas[2]:.4f}")
    value, gradient = _curve(comparison.areas, headroom, comparison.chance)
    spread = comparison.covariance @ gradient
    se = math.sqrt(max(0.0, float(gradient @ spread)))
    step = Z95 * spread / se if se > 0 else np.zeros(3)
    ends = sorted(
        _unit(_curve(comparison.areas + sign * step, headroom, comparison.chance)[0]) for sign in (-1.0, 1.0)
    )
    reference = float(comparison.areas[2])
    believed = _unit(value) * (comparison.above_chance() if value < BASELINE_AT else 1.0)
    interval = (min(ends[0], believed), max(ends[1], believed))
    return Place(believed, se, interval, reference + (1.0 - reference) * headroom)


def _curve(areas: Floats, headroom: float, chance: float = NAIVE_AUC) -> tuple[float, Floats]:
    """The value, not yet cut to 0..1, and its gradient by (candidate, baseline, reference)."""
    area, baseline, reference = (float(a) for a in areas)
    moved = baseline > reference - LEAST_GAP
    baseline = reference - LEAST_GAP if moved else max(baseline, chance + LEAST_GAP)
    if area <= baseline:
        width, rise = baseline - chance, BASELINE_AT - NAIVE_AT
        value = rise * (area - chance) / width
        gradient = np.array([rise / width, -value / width, 0.0])
    elif area <= reference:
        width, rise = reference - baseline, REFERENCE_AT - BASELINE_AT
        value = BASELINE_AT + rise * (area - baseline) / width
        gradient = np.array([1.0, (area - reference) / width, (baseline - area) / width]) * rise / width
    else:
        left = max(1.0 - reference, 1e-6)
        width, rise = headroom * left, BEST_AT - REFERENCE_AT
        value = REFERENCE_AT + rise * (area - reference) / width
        gradient = np.array([1.0, 0.0, (area - reference) / left - 1.0]) * rise / width
    if moved:  # the baseline's anchor follows the reference
        gradient = np.array([gradient[0], 0.0, gradient[1] + gradient[2]])
    return value, gradient


def hanley_mcneil_se(auc: float, positives: float, negatives: float) -> float:
    """Standard error of an area from its size alone: J. Hanley & B. McNeil, Radiology 143 (1982)."""
    q1, q2 = auc / (2.0 - auc), 2.0 * auc * auc / (1.0 + auc)
    variance = (
        auc * (1.0 - auc) + (positives - 1.0) * (q1 - auc * auc) + (negatives - 1.0) * (q2 - auc * auc)
    ) / (positives * negatives)
    return math.sqrt(max(0.0, variance))


def normal_cdf(z: float) -> float:
    """The chance that a standard normal variable is at most ``z``."""
    return 0.5 * math.erfc(-z / math.sqrt(2.0))


def ramp(x: float, *, zero: float, full: float) -> float:
    """0 at ``zero``, 1 at ``full``, straight between and flat beyond; either may be the larger."""
    return _unit((x - zero) / (full - zero))


def _unit(value: float) -> float:
    return min(1.0, max(0.0, value))
