"""Labels and scores -> a ranking: sorted once, and every area and its errors read off the groups of ties."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from harness.model import Metric

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

NAIVE_AUC = 0.5


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
    def average_precision_influence(self) -> Floats:
        """How far each row moves the average precision, in row order; the mean is 0.

        The influence curve (F. Hampel, JASA 69, 1974) of the average precision as a functional of the rows'
        distribution, the form in which W. Su, Y. Yuan & M. Zhu (ICTIR 2015) study it: with S(t) the share of
        rows at or above t, R(t) the precision there, p the prevalence and AP = E[y R(s)] / p, a row (y0, s0)
        moves it by (y0 (R(s0) - AP) + E[y 1{s <= s0} (y0 - R(s)) / S(s)]) / p.
        """
        positives, sizes = self.ties[0], self.ties[0] + self.ties[1]
        rows = self.labels.size
        at_or_above = np.cumsum(sizes[::-1])[::-1]
        precision = np.cumsum(positives[::-1])[::-1] / at_or_above
        weight = positives / at_or_above  # E[y / S] over one group: both carry a 1 / rows, which cancels
        passed, passed_precision = np.cumsum(weight), np.cumsum(weight * precision)
        prevalence = self.positives / rows
        of_negative = -passed_precision / prevalence
        of_positive = (precision - self.average_precision + passed) / prevalence + of_negative
        group = np.repeat(np.arange(sizes.size), sizes)
        moved = np.empty(rows)
        moved[self.order] = np.where(self.labels[self.order], of_positive[group], of_negative[group])
        return moved

    @cached_property
    def log_loss(self) -> float:
        """Mean negative log-likelihood, probabilities kept off 0 and 1 by the machine epsilon."""
        tiny = np.finfo(np.float64).eps
        said = np.clip(np.where(self.labels, self.scores, 1.0 - self.scores), tiny, 1.0 - tiny)
        return float(-np.log(said).mean())

    def area(self, metric: Metric) -> float:
        """The area that the assignment ranks by."""
        return self.auc if metric is Metric.ROC_AUC else self.average_precision

    def chance(self, metric: Metric) -> float:
        """What predictions reach that know nothing: one half, or the prevalence."""
        return NAIVE_AUC if metric is Metric.ROC_AUC else self.positives / self.labels.size

    @property
    def reversed(self) -> Ranking:
        """The same rows, ranked the other way round."""
        return Ranking(self.labels, -self.scores)

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

    def precision_curve(self, points: int) -> tuple[Floats, Floats]:
        """The precision-recall curve as at most ``points`` pairs (recall, precision), by rising recall."""
        positives, negatives = self.ties
        hits = np.cumsum(positives[::-1])
        precision = hits / (hits + np.cumsum(negatives[::-1]))
        recall = hits / self.positives
        if recall.size > points:
            keep = np.unique(np.linspace(0, recall.size - 1, points).round().astype(np.int64))
            recall, precision = recall[keep], precision[keep]
        return recall, precision

    def calibration(self, bins: int) -> tuple[Floats, Floats]:
        """Mean prediction and observed rate in ``bins`` groups of equal size, lowest first."""
        groups = [g for g in np.array_split(self.order, bins) if g.size]
        return (
            np.array([self.scores[g].mean() for g in groups]),
            np.array([self.labels[g].mean() for g in groups]),
        )
