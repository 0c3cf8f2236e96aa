"""Codes, scores and labels -> areas, tests and their chances. Numbers only."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from harness.audit.cells import Floats

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

FOLDS = 5
BINS = 20
LEAST_EXPECTED = 5.0  # of a class in a bin; below it the chi-square tail is no longer to be trusted
LEAST_OF_A_CLASS = 10
SMOOTHING = 5.0


def area(label: Bools, score: Floats) -> float:
    """The area under the ROC curve; a tie counts one half."""
    ranks = stats.rankdata(score)
    positives = int(label.sum())
    negatives = label.size - positives
    return float((ranks[label].sum() - positives * (positives + 1) / 2.0) / (positives * negatives))


def area_se(auc: float, label: Bools) -> float:
    """Standard error of an area from its size: J. Hanley & B. McNeil, Radiology 143 (1982) 29."""
    positives = float(label.sum())
    negatives = label.size - positives
    q1, q2 = auc / (2.0 - auc), 2.0 * auc * auc / (1.0 + auc)
    variance = auc * (1.0 - auc) + (positives - 1.0) * (q1 - auc**2) + (negatives - 1.0) * (q2 - auc**2)
    return math.sqrt(max(0.0, variance) / (positives * negatives))


def folds(size: int) -> Ints:
    """The fold of each row, the same for the same size."""
    return np.random.default_rng(size).permutation(np.arange(size) % FOLDS).astype(np.int64)


def crossfitted(codes: Ints, label: Bools) -> Floats:
    """For each row the rate of its code in the other folds, drawn to the mean of those folds.

    ``codes``: 0, 1, 2...; a code that is a row's own gives that row the mean.
    """
    fold, levels = folds(label.size), int(codes.max()) + 1
    at = fold * levels + codes
    rows = np.bincount(at, minlength=FOLDS * levels).reshape(FOLDS, levels).astype(np.float64)
    hits = np.bincount(at, weights=label, minlength=FOLDS * levels).reshape(FOLDS, levels)
    others, found = rows.sum(axis=0) - rows, hits.sum(axis=0) - hits
    mean = found.sum(axis=1) / np.maximum(1.0, others.sum(axis=1))
    rate = (found + SMOOTHING * mean[:, None]) / (others + SMOOTHING)
    # against the fold's own mean: folds differ in it by chance, and rows of two folds are compared
    return np.asarray((rate - mean[:, None])[fold, codes], dtype=np.float64)


def binned(values: Floats, *, bins: int = BINS) -> Ints:
    """A code for each value: its own when a hundredth of the rows have it, else a quantile's; so has NaN."""
    codes = np.zeros(values.size, dtype=np.int64)
    known = ~np.isnan(values)
    found, inverse, counts = np.unique(values[known], return_inverse=True, return_counts=True)
    often = counts >= max(5, values.size // 100)
    own = np.where(often, np.arange(1, found.size + 1) + bins, 0)
    rare = values[known][~often[inverse]]
    edges = np.quantile(rare, np.linspace(0, 1, bins + 1)[1:-1]) if rare.size else np.empty(0)
    within = 1 + np.searchsorted(edges, found, side="right")
    codes[known] = np.where(own > 0, own, within)[inverse]
    return compact(codes)


def compact(codes: Ints) -> Ints:
    """The same codes as 0, 1, 2... without holes."""
    return np.unique(codes, return_inverse=True)[1].astype(np.int64).reshape(codes.shape)


def enough(label: Bools) -> bool:
    """Whether there are rows enough of both classes to test anything."""
    positives = int(label.sum())
    return min(positives, label.size - positives) >= LEAST_OF_A_CLASS


def rank_test(label: Bools, score: Floats) -> tuple[float, float]:
    """The area, and the two-sided chance of one this far from a half (Mann-Whitney, normal with ties)."""
    if np.all(score == score[0]):
        return 0.5, 1.0
    tested = stats.mannwhitneyu(score[label], score[~label], method="asymptotic")
    positives = int(label.sum())
    return float(tested.statistic) / (positives * (label.size - positives)), float(tested.pvalue)


def table_test(codes: Ints, groups: Ints) -> tuple[float, float]:
    """Chi-square of codes against groups, and its chance; rare codes are taken together first."""
    codes, groups = compact(codes), compact(groups)
    rarest = np.bincount(groups).min() / groups.size
    rare = np.bincount(codes)[codes] * rarest < LEAST_EXPECTED
    codes = compact(np.where(rare, 0, codes + 1))
    if rare.sum() * rarest < LEAST_EXPECTED and rare.any():  # still too few: beside the commonest
        codes = compact(np.where(rare, np.bincount(codes).argmax(), codes))
    levels, kinds = int(codes.max()) + 1, int(groups.max()) + 1
    if min(levels, kinds) < 2:
        return 0.0, 1.0
    seen = np.bincount(codes * kinds + groups, minlength=levels * kinds).reshape(levels, kinds)
    tested = stats.chi2_contingency(seen, correction=False)
    return float(tested.statistic), float(tested.pvalue)


def neighbour_test(label: Bools) -> tuple[float, float]:
    """Correlation of each label with the next, and the two-sided chance of it in a shuffled column.

    Standard normal times sqrt(n): A. Wald & J. Wolfowitz, Ann. Math. Stat. 14 (1943) 378.
    """
    x = label.astype(np.float64) - label.mean()
    r = float((x[:-1] * x[1:]).sum() / (x * x).sum())
    z = (r + 1.0 / label.size) * math.sqrt(label.size)
    return r, float(2.0 * stats.norm.sf(abs(z)))


def shift_test(one: Floats, other: Floats) -> tuple[float, float]:
    """Largest distance of two distributions (blanks are a value of their own), and its chance."""
    lowest = min(np.nanmin(one, initial=0.0), np.nanmin(other, initial=0.0)) - 1.0
    tested = stats.ks_2samp(np.nan_to_num(one, nan=lowest), np.nan_to_num(other, nan=lowest), method="asymp")
    return float(tested.statistic), float(tested.pvalue)
