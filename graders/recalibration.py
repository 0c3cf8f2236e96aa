"""Probabilities -> the loss that recalibration removes. Numbers only; blames nobody.

The log loss of a forecast is its loss after recalibration plus what the recalibration removes, the
reliability part: J. Broecker, Q. J. R. Meteorol. Soc. 135 (2009). In-sample that part is biased upwards, so
the maps are fitted on four fifths of the rows and judged on the fifth. Two maps are tried and the better one
counts: a line in log-odds (D. Cox, Biometrika 45, 1958; J. Platt, 1999) and an isotonic step function
(B. Zadrozny & C. Elkan, KDD 2002).
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from graders.ranking import Bools, Floats, Ints

FOLDS = 5
GROUPS = 200  # of equal size, before they are pooled: finer steps are noise
LEAST = 1e-6  # a probability of exactly 0 or 1 is taken for this far from it
STEPS = 30
Map = Callable[[Floats], Floats]


@dataclass(frozen=True)
class Removed:
    """Mean log loss in nats as it came and recalibrated, and the standard error of the difference."""

    loss: float
    recalibrated: float
    se: float

    @property
    def nats(self) -> float:
        """What recalibration removes; never below 0."""
        return max(0.0, self.loss - self.recalibrated)


def removed(labels: Bools, probabilities: Floats, ids: Sequence[str]) -> Removed:
    """Cross-fitted over folds that depend on the ids alone, so the order of rows is nothing.

    Raises:
        ValueError: fewer rows of a class than there are folds.
    """
    if min(np.count_nonzero(labels), np.count_nonzero(~labels)) < FOLDS * 2:
        raise ValueError("recalibration needs ten rows of each class")
    given = np.clip(probabilities, LEAST, 1.0 - LEAST)
    folds = _folds(labels, ids)
    loss = _loss(labels, given)
    fitted = [_cross_fitted(labels, given, folds, fit) for fit in (line, steps)]
    losses = [_loss(labels, each) for each in fitted]
    best = min(losses, key=lambda each: float(each.mean()))
    se = float(np.std(loss - best)) / math.sqrt(loss.size)
    return Removed(float(loss.mean()), float(best.mean()), se)


def _folds(labels: Bools, ids: Sequence[str]) -> Ints:
    """Equal folds with equal shares of positives, by a checksum of the id."""
    keys = np.array([zlib.crc32(name.encode()) for name in ids], dtype=np.int64)
    order = np.lexsort((keys, labels))
    folds = np.empty(len(ids), dtype=np.int64)
    folds[order] = np.arange(len(ids)) % FOLDS
    return folds


def _cross_fitted(labels: Bools, given: Floats, folds: Ints, fit: Callable[[Bools, Floats], Map]) -> Floats:
    mapped = np.empty_like(given)
    for fold in range(FOLDS):
        out = folds == fold
        mapped[out] = fit(labels[~out], given[~out])(given[out])
    return np.clip(mapped, LEAST, 1.0 - LEAST)


def _loss(labels: Bools, given: Floats) -> Floats:
    return -np.log(np.where(labels, given, 1.0 - given))


def line(labels: Bools, given: Floats) -> Map:
    """Intercept and slope in log-odds by Newton's method; a slope below 0 is none."""
    x = _log_odds(given)
    design = np.stack([np.ones_like(x), x], axis=1)
    weights = np.array([0.0, 1.0])
    for _ in range(STEPS):
        fitted = 1.0 / (1.0 + np.exp(-np.clip(design @ weights, -35.0, 35.0)))
        curvature = (design * (fitted * (1.0 - fitted))[:, None]).T @ design + 1e-9 * np.eye(2)
        step = np.linalg.solve(curvature, design.T @ (labels - fitted))
        weights = weights + np.clip(step, -2.0, 2.0)
        if float(np.abs(step).max()) < 1e-9:
            break
    intercept, slope = float(weights[0]), max(0.0, float(weights[1]))
    if slope == 0.0:
        intercept = math.log(labels.mean() / (1.0 - labels.mean()))
    return lambda values: 1.0 / (1.0 + np.exp(-np.clip(intercept + slope * _log_odds(values), -35.0, 35.0)))


def steps(labels: Bools, given: Floats) -> Map:
    """Pool adjacent violators over groups of equal size; a step is drawn to the base rate by one row."""
    ordered = np.sort(given)
    starts = np.unique(ordered[:: max(1, ordered.size // GROUPS)])  # equal values are never parted
    group = np.searchsorted(starts, given, side="right") - 1
    counted = (np.bincount(group, weights=labels), np.bincount(group))
    rates, sizes = _pooled([(float(p), float(n)) for p, n in zip(*counted, strict=True)])
    base = float(labels.mean())
    smooth = (rates * sizes + base) / (sizes + 1.0)

    def mapped(values: Floats) -> Floats:
        at = np.clip(np.searchsorted(starts, values, side="right") - 1, 0, len(starts) - 1)
        found: Floats = smooth[at]
        return found

    return mapped


def _pooled(groups: list[tuple[float, float]]) -> tuple[Floats, Floats]:
    """The rate and size of the pool that each group ends in."""
    pools: list[list[float]] = []  # positives, rows, groups
    for positives, rows in groups:
        pools.append([positives, rows, 1.0])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] >= pools[-1][0] / pools[-1][1]:
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    many = [int(pool[2]) for pool in pools]
    rates = np.repeat([pool[0] / pool[1] for pool in pools], many)
    return rates, np.repeat([pool[1] for pool in pools], many)


def _log_odds(given: Floats) -> Floats:
    clipped = np.clip(given, LEAST, 1.0 - LEAST)
    odds: Floats = np.log(clipped / (1.0 - clipped))
    return odds
