"""Features -> a probability: the mean of a regularised logistic regression and boosted trees.

Answers are rounded to six decimals, so that a row alone and a row in a batch agree to the last digit.
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

from risk.settings import Settings
from risk.words import WordModel

DECIMALS = 6
WORD_SCORE = "word_score"
LINEAR_SHARE = 0.7


@dataclass
class RiskModel:
    """The two halves, the word model, and the columns they were fitted on."""

    columns: list[str]
    linear: Pipeline
    boosting: HistGradientBoostingClassifier
    words: WordModel

    def predict(self, features: pd.DataFrame, texts: pd.Series) -> np.ndarray:
        """Probability of the outcome, a row each.

        Raises:
            KeyError: a column that the model was fitted on is absent.
        """
        scored = self.words.score(texts) if len(texts) else pd.Series(dtype=float)
        return self.predict_scored(features.assign(**{WORD_SCORE: scored.reindex(features.index)}))

    def predict_scored(self, features: pd.DataFrame) -> np.ndarray:
        """The same, of rows that have their word score."""
        rows = features[self.columns].to_numpy(dtype=float)
        linear, trees = (half.predict_proba(rows)[:, 1] for half in (self.linear, self.boosting))
        return np.round(LINEAR_SHARE * linear + (1.0 - LINEAR_SHARE) * trees, DECIMALS)


def fit(features: pd.DataFrame, outcome: pd.Series, words: WordModel, settings: Settings) -> RiskModel:
    """Fit both halves on rows that have their (out-of-fold) word score."""
    linear = make_pipeline(
        SimpleImputer(strategy="median", add_indicator=True),
        StandardScaler(),
        LogisticRegression(max_iter=3000, **settings.linear),
    )
    boosting = HistGradientBoostingClassifier(
        early_stopping=False, random_state=settings.seed, **settings.boosting
    )
    features = features.loc[:, features.notna().any()]  # a test that nobody had cannot be learned from
    rows = features.to_numpy(dtype=float)
    for half in (linear, boosting):
        half.fit(rows, outcome.to_numpy())
    return RiskModel(list(features.columns), linear, boosting, words)
