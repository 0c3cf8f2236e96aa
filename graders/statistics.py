"""Labels and scores -> areas, standard errors, a place between anchors. Numbers only; blames nobody."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

Z95 = 1.959963984540054

# where the anchors stand on the 0..1 scale of a score
NAIVE_AUC, NAIVE_AT, BASELINE_AT, REFERENCE_AT, BEST_AT = 0.5, 0.0, 0.40, 0.85, 1.0

# Baseline and reference closer than this cannot be told apart by ten thousand rows (paired standard error
# .002-.003, RUBRIC fact 6): dividing by a smaller gap would grade noise. The baseline's anchor is then
# moved down, which is in the candidate's favour, and the reference keeps its .85.
LEAST_GAP = 0.02


@dataclass(frozen=True, eq=False)
class Ranking:
    """Scores sorted once; everything that depends on order is read off the groups of ties.

    Raises:
        ValueError: labels and scores differ in length, a score is not finite, or a class is absent.
    """

    labels: Bools
    scores: Floats

    def __post_init__(self) -> None:
        if self.labels.shape != self.scores.shape or self.labels.ndim != 1:
            raise ValueError("labels and scores are two columns of one length")
        if not np.isfinite(self.scores).all():
            raise ValueError("scores are finite numbers")
        if self.positives == 0 or self.negatives == 0:
            raise ValueError("an area needs rows of both classes")

    @cached_property
    def positives(self) -> int:
        """How many rows are positive."""
        return int(np.count_nonzero(self.labels))

    @property
    def negatives(self) -> int:
        """How many rows are negative."""
        return int(self.labels.size) - self.positives

    @cached_property
    def order(self) -> Ints:
        """Rows from the lowest score to the highest."""
        return np.argsort(self.scores).astype(np.int64, copy=False)

    @cached_property
    def ties(self) -> tuple[Ints, Ints]:
        """Positives and negatives in each group of equal scores, from the lowest score up."""
        scores = self.scores[self.order]
        last = np.flatnonzero(np.append(scores[1:] != scores[:-1], True))
        positives = np.diff(np.cumsum(self.labels[self.order], dtype=np.int64)[last], prepend=0)
        return positives, np.diff(last, prepend=-1) - positives

    @cached_property
    def auc(self) -> float:
        """The chance that a positive outranks a negative; a tie counts one half (Mann-Whitney)."""
        positives, negatives = self.ties
        wins = positives * (np.cumsum(negatives) - negatives / 2.0)
        return float(wins.sum()) / (self.positives * self.negatives)

    @cached_property
    def _shares(self) -> tuple[Floats, Floats]:
        """For each group of ties: the share of negatives below it, and of positives above it."""
        positives, negatives = self.ties
        below = (np.cumsum(negatives) - negatives / 2.0) / self.negatives
        above = (self.positives - np.cumsum(positives) + positives / 2.0) / self.positives
        return below, above

    @cached_property
    def placements(self) -> tuple[Floats, Floats]:
        """DeLong's components, in row order: of a positive, the share of negatives it outranks; and back.

        E. R. DeLong et al., Biometrics 44 (1988); by ranks as in X. Sun & W. Xu, IEEE SPL 21 (2014).
        """
        sizes = self.ties[0] + self.ties[1]
        below, above = (np.repeat(share, sizes) for share in self._shares)
        placed = np.empty(self.labels.size)
        placed[self.order] = np.where(self.labels[self.order], below, above)
        return placed[self.labels], placed[~self.labels]

    @cached_property
    def variance(self) -> float:
        """DeLong's variance of the area, from the groups of ties alone.

        Raises:
            ValueError: fewer than two rows of a class: no error can be stated.
        """
        if min(self.positives, self.negatives) < 2:
            raise ValueError("a standard error needs two rows of each class")
        (positives, negatives), (below, above) = self.ties, self._shares
        of_positives = float((positives * np.square(below - self.auc)).sum()) / (self.positives - 1)
        of_negatives = float((negatives * np.square(above - self.auc)).sum()) / (self.negatives - 1)
        return of_positives / self.positives + of_negatives / self.negatives

    @cached_property
    def average_precision(self) -> float:
        """The area under the steps of precision over recall (scikit-learn's definition)."""
        positives, negatives = self.ties[0][::-1], self.ties[1][::-1]
        found = np.cumsum(positives)
        return float((positives * found / (found + np.cumsum(negatives))).sum()) / self.positives

    @cached_property
    def log_loss(self) -> float:
        """Mean negative log-likelihood, probabilities kept off 0 and 1 by the machine epsilon."""
        tiny = np.finfo(np.float64).eps
        said = np.clip(np.where(self.labels, self.scores, 1.0 - self.scores), tiny, 1.0 - tiny)
        return float(-np.log(said).mean())

    @cached_property
    def brier(self) -> float:
        """Mean squared error of the probabilities."""
        return float(np.square(self.scores - self.labels).mean())

    def curve(self, points: int) -> tuple[Floats, Floats]:
        """The ROC curve as at most ``points`` pairs (false positive rate, true positive rate)."""
        positives, negatives = self.ties
        hits = np.append(0, np.cumsum(positives[::-1])) / self.positives
        alarms = np.append(0, np.cumsum(negatives[::-1])) / self.negatives
        if hits.size > points:
            keep = np.unique(np.linspace(0, hits.size - 1, points).round().astype(np.int64))
            hits, alarms = hits[keep], alarms[keep]
        return alarms, hits

    def calibration(self, bins: int) -> tuple[Floats, Floats]:
        """Mean prediction and observed rate in ``bins`` groups of equal size, lowest first."""
        groups = [g for g in np.array_split(self.order, bins) if g.size]
        return (
            np.array([self.scores[g].mean() for g in groups]),
            np.array([self.labels[g].mean() for g in groups]),
        )


@dataclass(frozen=True, eq=False)
class Comparison:
    """Areas of several models on the same rows, and the covariance of their errors."""

    aucs: Floats
    covariance: Floats

    def se(self, model: int = 0) -> float:
        """Standard error of one area."""
        return math.sqrt(max(0.0, float(self.covariance[model, model])))

    def difference(self, one: int, other: int) -> tuple[float, float]:
        """``one`` minus ``other``, and the standard error of that, paired by row."""
        c = self.covariance
        variance = float(c[one, one] + c[other, other] - 2.0 * c[one, other])
        return float(self.aucs[one] - self.aucs[other]), math.sqrt(max(0.0, variance))


def compare(*rankings: Ranking) -> Comparison:
    """DeLong's covariance of the areas of models that ranked the same rows.

    Raises:
        ValueError: fewer than two rows of a class: no error can be stated.
    """
    aucs, variances = [r.auc for r in rankings], [r.variance for r in rankings]
    if len(rankings) == 1:
        return Comparison(np.array(aucs), np.array([variances]))
    of_positives = np.cov(np.stack([r.placements[0] for r in rankings])) / rankings[0].positives
    of_negatives = np.cov(np.stack([r.placements[1] for r in rankings])) / rankings[0].negatives
    return Comparison(np.array(aucs), of_positives + of_negatives)


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
    ``headroom`` of what it leaves to perfection. The interval is the delta method's, with all three
    areas uncertain and correlated; its ends are read off the curve itself, so a kink is respected.

    Raises:
        ValueError: the anchors are not anchors: the reference is near chance or clearly below the baseline.
    """
    behind, behind_se = comparison.difference(1, 2)
    if behind > LEAST_GAP and behind > 3.0 * behind_se:
        raise ValueError(f"the baseline beats the reference by {behind:.4f}")
    if comparison.aucs[2] < NAIVE_AUC + 2.0 * LEAST_GAP:
        raise ValueError(f"the reference is no better than chance: {comparison.aucs[2]:.4f}")
    value, gradient = _curve(comparison.aucs, headroom)
    spread = comparison.covariance @ gradient
    se = math.sqrt(max(0.0, float(gradient @ spread)))
    step = Z95 * spread / se if se > 0 else np.zeros(3)
    ends = sorted(_unit(_curve(comparison.aucs + sign * step, headroom)[0]) for sign in (-1.0, 1.0))
    reference = float(comparison.aucs[2])
    return Place(_unit(value), se, (ends[0], ends[1]), reference + (1.0 - reference) * headroom)


def _curve(aucs: Floats, headroom: float) -> tuple[float, Floats]:
    """The value, not yet cut to 0..1, and its gradient by (candidate, baseline, reference)."""
    auc, baseline, reference = (float(a) for a in aucs)
    moved = baseline > reference - LEAST_GAP
    baseline = reference - LEAST_GAP if moved else max(baseline, NAIVE_AUC + LEAST_GAP)
    if auc <= baseline:
        width, rise = baseline - NAIVE_AUC, BASELINE_AT - NAIVE_AT
        value = rise * (auc - NAIVE_AUC) / width
        gradient = np.array([rise / width, -value / width, 0.0])
    elif auc <= reference:
        width, rise = reference - baseline, REFERENCE_AT - BASELINE_AT
        value = BASELINE_AT + rise * (auc - baseline) / width
        gradient = np.array([1.0, (auc - reference) / width, (baseline - auc) / width]) * rise / width
    else:
        left = max(1.0 - reference, 1e-6)
        width, rise = headroom * left, BEST_AT - REFERENCE_AT
        value = REFERENCE_AT + rise * (auc - reference) / width
        gradient = np.array([1.0, 0.0, (auc - reference) / left - 1.0]) * rise / width
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
