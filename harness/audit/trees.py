"""Features and labels -> what boosted trees reach, cross-validated: what a column is held against."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from threadpoolctl import threadpool_limits

from harness.audit.features import Feature
from harness.audit.signal import Bools, Ints, area, compact

TREES = 50
CHANCE = 0.5


def reached(features: Sequence[Feature], label: Bools, fold: Ints, keep: Bools | None = None) -> float:
    """The AUC over all folds together; .5 without features. ``keep``: the rows to use.

    One thread: on a shared machine OpenMP threads wait for each other longer than they work.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    if not features:
        return CHANCE
    table = np.column_stack(
        [compact(f.codes).astype(np.float64) if f.is_category else f.values for f in features]
    )
    if keep is not None:
        table, label, fold = table[keep], label[keep], fold[keep]
    score = np.zeros(label.size)
    with threadpool_limits(limits=1):
        for n in np.unique(fold):
            trees = HistGradientBoostingClassifier(max_iter=TREES, max_leaf_nodes=15, random_state=0)
            known = np.isfinite(table[fold != n]).any(axis=0)  # a column of blanks cannot be put into bins
            if known.any():
                trees.fit(table[fold != n][:, known], label[fold != n])
                score[fold == n] = trees.decision_function(table[fold == n][:, known])
    return area(label, score)
