"""Features -> the chance of being late. Two views averaged: straight lines and trees.

Both know the month from which the past no longer speaks for the present (``since``): terms that may have changed
stand there twice, for before and for after.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from delays import features
from delays.settings import Settings

NEVER = 99


@dataclass
class DelayModel:
    """Fitted; everything a prediction needs, and nothing of the rows to predict."""

    since: int
    columns: list[str]
    categories: dict[str, list[str]]
    medians: pd.Series
    tails: pd.Series
    scaler: StandardScaler
    linear: LogisticRegression
    trees: HistGradientBoostingClassifier
    share_of_trees: float

    def predict(self, table: pd.DataFrame) -> np.ndarray:
        """The chance of being late, one a row, in order."""
        design = self.design(table, self.tails)
        straight = self.linear.decision_function(self.scaler.transform(design))
        branched = self.trees.decision_function(design)
        mixed = (1 - self.share_of_trees) * straight + self.share_of_trees * branched
        return 1.0 / (1.0 + np.exp(-mixed))

    def design(self, table: pd.DataFrame, tails: pd.Series) -> pd.DataFrame:
        """Numbers only; ``tails``: how much later than expected an aircraft is, by tail number."""
        plain = features.numeric(table).fillna(self.medians)
        for name, values in self.categories.items():
            for value in values:
                plain[f"{name}_{value}"] = table[name].eq(value).astype(float)
        after = table["month"].ge(self.since).to_numpy(dtype=float)[:, None]
        twice = pd.DataFrame(plain * after, index=plain.index).add_suffix("_since")
        tail = table["tailnum"].map(tails).fillna(0.0)
        return pd.concat([plain, twice, tail.rename("tail"), pd.Series(after[:, 0], plain.index, name="after")], axis=1)


def fit(table: pd.DataFrame, outcome: pd.Series, tuned: Settings, *, since: int = NEVER) -> DelayModel:
    """Learn from flights with a known outcome; ``since`` the month of the change, if there was one."""
    categories = {name: sorted(table[name].unique()) for name in features.CATEGORIES}
    medians = features.numeric(table).median()
    made = DelayModel(
        since, [], categories, medians, pd.Series(dtype=float), StandardScaler(),
        LogisticRegression(C=tuned.linear_c, max_iter=2000),
        HistGradientBoostingClassifier(**tuned.boosting, random_state=tuned.seed), tuned.share_of_trees,
    )  # fmt: skip
    blind = made.design(table, made.tails)
    first = LogisticRegression(C=tuned.linear_c, max_iter=2000).fit(made.scaler.fit_transform(blind), outcome)
    expected = first.predict_proba(made.scaler.transform(blind))[:, 1]
    surplus = outcome.to_numpy() - expected
    made.tails = _tails(table["tailnum"], surplus, tuned.tail_prior)
    design = blind.assign(tail=_tails_of_others(table["tailnum"], surplus, tuned.tail_prior))
    made.columns = list(design.columns)
    made.linear.fit(made.scaler.fit_transform(design), outcome)
    made.trees.fit(design, outcome)
    return made


def _tails(tailnum: pd.Series, surplus: np.ndarray, prior: float) -> pd.Series:
    """Mean surplus of an aircraft, drawn towards nothing as if ``prior`` more flights had been on time."""
    grouped = pd.Series(surplus, index=tailnum.to_numpy()).groupby(level=0)
    return (grouped.sum() / (grouped.size() + prior)).drop("", errors="ignore")


def _tails_of_others(tailnum: pd.Series, surplus: np.ndarray, prior: float) -> np.ndarray:
    """The same from the other flights of the aircraft: no flight sees its own outcome."""
    frame = pd.DataFrame({"tail": tailnum.to_numpy(), "surplus": surplus})
    grouped = frame.groupby("tail")["surplus"]
    others = (grouped.transform("sum") - surplus) / (grouped.transform("size") - 1 + prior)
    return others.where(frame["tail"].ne(""), 0.0).to_numpy()
