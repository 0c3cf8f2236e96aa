"""A declared drift -> how training betrays it to who puts its rows in the order of time.

Either a column's values change, or, where the label is said to drift, what the columns say of it: rates that
were learnt before a cut rank the rows after it worse than rates that were learnt among those rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from harness.audit.features import Feature, features_of
from harness.audit.laid import Laid
from harness.audit.signal import (
    SMOOTHING,
    Bools,
    Ints,
    area,
    area_se,
    crossfitted,
    enough,
    shift_test,
    table_test,
)
from harness.audit.times import times_of
from harness.edition import Trap

TENTHS = range(1, 10)  # of the rows, by time: where the change may be
APART = 0.05  # of the rows say something else, or area that is lost
SURE = 4.0  # standard errors: every column and every cut is tried
UNLIKELY = 0.001  # over all tries on one column


def betrayed(laid: Laid, trap: Trap) -> str:
    """How the training rows change over time in what ``trap`` names, as a sentence, or nothing."""
    if not laid.about.time or trap.table != laid.about.table:
        return ""
    features = [f for f in features_of(laid.train, laid.about) if f.table == trap.table]
    cuts = list(_cuts(laid))
    if trap.column == laid.about.label:
        return _turned(features, laid.train.label, cuts)
    return _moved([f for f in features if f.column == trap.column], cuts)


def _cuts(laid: Laid) -> Iterator[tuple[int, Bools]]:
    """Tenths of the rows that have a time, and which rows are later."""
    at = times_of(laid.train, laid.about.time or "")
    if at.size == 0 or np.isnan(at).all():
        return
    for tenth in TENTHS:
        after = at > np.nanquantile(at, tenth / 10)
        if 0 < after.sum() < after.size:
            yield tenth, after


def _moved(features: Sequence[Feature], cuts: Sequence[tuple[int, Bools]]) -> str:
    tried = max(1, len(features) * len(cuts))
    found = [
        (distance, f"{f.column or f.of} differs before and after {tenth} tenths of the training rows, by time"
         f" (distance {distance:.2f})")
        for f in features
        for tenth, after in cuts
        for distance, p in [_distance(f, after)]
        if p < UNLIKELY / tried and distance > APART
    ]  # fmt: skip
    return max(found, default=(0.0, ""))[1]


def _distance(feature: Feature, after: Bools) -> tuple[float, float]:
    """Between rows before and after, and its chance: total variation of kinds, Kolmogorov's for numbers."""
    if not feature.is_category:
        return shift_test(feature.values[~after], feature.values[after])
    codes = feature.codes
    one, two = (np.bincount(codes[rows], minlength=codes.max() + 1) / rows.sum() for rows in (~after, after))
    return float(np.abs(one - two).sum() / 2), table_test(codes, after.astype(np.int64))[1]


def _turned(features: Sequence[Feature], label: Bools, cuts: Sequence[tuple[int, Bools]]) -> str:
    found = []
    for tenth, after in cuts:
        if not (enough(label[after]) and enough(label[~after])):
            continue
        for feature in features:
            codes, later = feature.codes, label[after]
            old = area(later, _rates(codes[~after], label[~after], codes.max() + 1)[codes[after]])
            new = area(later, crossfitted(codes[after], later))
            error = (area_se(old, later) ** 2 + area_se(new, later) ** 2) ** 0.5
            if new - old > APART + SURE * error:
                found.append((new - old, feature.column, tenth, old, new))
    if not found:
        return ""
    _, column, tenth, old, new = max(found)
    return (
        f"what {column} said of it in the first {tenth} tenths of the training rows, by time, has an AUC of"
        f" {old:.3f} in the rest, what it says there {new:.3f}"
    )


def _rates(codes: Ints, label: Bools, levels: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The rate of each code, drawn to the mean."""
    rows = np.bincount(codes, minlength=levels).astype(np.float64)
    hits = np.bincount(codes, weights=label, minlength=levels)
    return np.asarray((hits + SMOOTHING * label.mean()) / (rows + SMOOTHING), dtype=np.float64)
