"""Features -> a probability. Half a regularised logistic regression, half boosted trees.

The regression is stable on few rows, the trees find what is not linear; their mean was better than either
and calibrated as it is. Answers are rounded to six decimals, so that a row alone and a row in a batch
agree to the last digit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from churn.settings import Settings

DECIMALS = 6


@dataclass
class ChurnModel:
    """The two halves and the columns they were fitted on."""

    columns: list[str]
    linear: Pipeline
    boosting: HistGradientBoostingClassifier

    def predict(self, features: pd.DataFrame) -> np.ndarray:
        """Probability of leaving, a row each.

        Raises:
            KeyError: a column that the model was fitted on is absent.
        """
        rows = features[self.columns].to_numpy(dtype=float)
        halves = [half.predict_proba(rows)[:, 1] for half in (self.linear, self.boosting)]
        return np.round(np.mean(halves, axis=0), DECIMALS)


def fit(features: pd.DataFrame, outcome: pd.Series, settings: Settings) -> ChurnModel:
    """Fit both halves; rows of ``features`` and ``outcome`` belong together by position."""
    linear = make_pipeline(
        SimpleImputer(strategy="median", add_indicator=False),
        StandardScaler(),
        LogisticRegression(max_iter=2000, **settings.linear),
    )
    boosting = HistGradientBoostingClassifier(
        early_stopping=False,
        random_state=settings.seed,
        **settings.boosting,
    )
    rows = features.to_numpy(dtype=float)
    for half in (linear, boosting):
        half.fit(rows, outcome.to_numpy())
    return ChurnModel(list(features.columns), linear, boosting)
