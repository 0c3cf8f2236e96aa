"""How good a model is, month by month and by folds; and the month in which the world changed."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from delays import model
from delays.settings import Settings


def by_month(table: pd.DataFrame, outcome: pd.Series, chance: np.ndarray) -> dict[int, float]:
    """AUC of every month that has both outcomes."""
    frame = pd.DataFrame({"month": table["month"].to_numpy(), "late": outcome.to_numpy(), "chance": chance})
    return {
        int(month): float(roc_auc_score(rows["late"], rows["chance"]))
        for month, rows in frame.groupby("month")
        if rows["late"].nunique() == 2
    }


def change(table: pd.DataFrame, outcome: pd.Series, tuned: Settings) -> int:
    """The first month since which a model of the first months no longer holds; `model.NEVER` if it does."""
    first = table["month"].le(tuned.first_months)
    if first.all() or not first.any():
        return model.NEVER
    stale = model.fit(table[first], outcome[first], tuned)
    later = by_month(table[~first], outcome[~first], stale.predict(table[~first]))
    usual = cross_validate(table[first], outcome[first], tuned)
    fallen = [month for month, auc in sorted(later.items()) if auc < usual - tuned.worst_drop]
    return fallen[0] if fallen else model.NEVER


def cross_validate(
    table: pd.DataFrame, outcome: pd.Series, tuned: Settings, *, since: int = model.NEVER, months: int = 0
) -> float:
    """AUC by folds; ``months``: measured only on the months after this one."""
    folds = StratifiedKFold(tuned.folds, shuffle=True, random_state=tuned.seed)
    chance = np.zeros(len(table))
    for train, test in folds.split(table, outcome):
        fitted = model.fit(table.iloc[train], outcome.iloc[train], tuned, since=since)
        chance[test] = fitted.predict(table.iloc[test])
    asked = table["month"].gt(months).to_numpy()
    return float(roc_auc_score(outcome[asked], chance[asked]))
