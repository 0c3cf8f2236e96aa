"""Features -> a probability: boosted trees, and how often each shop was robbed lately.

Answers are rounded to six decimals, so that a row alone and a row in a batch agree to the last digit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from fraud.settings import Settings

DECIMALS = 6
CATEGORICAL = ("category", "mode")


@dataclass
class ShopRisk:
    """The weighed share of fraud of each shop, drawn to the average by a prior."""

    rates: dict[str, float]
    average: float

    def of(self, shops: pd.Series) -> np.ndarray:
        """The log of each shop's share; a shop never seen has the average."""
        return np.log(shops.map(self.rates).fillna(self.average).to_numpy(dtype=float))


@dataclass
class FraudModel:
    """The trees, the columns they were fitted on, and the shops."""

    columns: list[str]
    trees: HistGradientBoostingClassifier
    shops: ShopRisk

    def predict(self, features: pd.DataFrame, shops: pd.Series) -> np.ndarray:
        """Probability of fraud, a row each.

        Raises:
            KeyError: a column that the model was fitted on is absent.
        """
        rows = np.column_stack([features[self.columns].to_numpy(dtype=float), self.shops.of(shops)])
        return np.round(self.trees.predict_proba(rows)[:, 1], DECIMALS)


def fit(features: pd.DataFrame, outcomes: pd.DataFrame, settings: Settings) -> FraudModel:
    """Fit on the rows that have a weight; both tables are indexed by row.

    A shop's risk is told to a training row by the other cards only: with its own fraud in it, the trees
    would trust the shop too much.
    """
    known = outcomes[outcomes["weight"] > 0]
    rows = features.loc[known.index]
    risk = np.zeros(len(known))
    for others, here in GroupKFold(settings.folds).split(rows, groups=known["card"]):
        risk[here] = shop_risk(known.iloc[others], settings.shop_prior).of(known["shop"].iloc[here])
    columns = list(rows.columns)
    trees = HistGradientBoostingClassifier(
        categorical_features=[columns.index(name) for name in CATEGORICAL],
        early_stopping=False,
        random_state=settings.seed,
        **settings.boosting,
    )
    trees.fit(
        np.column_stack([rows.to_numpy(dtype=float), risk]),
        known["fraud"].to_numpy(),
        sample_weight=known["weight"].to_numpy() / known["weight"].mean(),
    )
    return FraudModel(columns, trees, shop_risk(known, settings.shop_prior))


def shop_risk(known: pd.DataFrame, prior: float) -> ShopRisk:
    """From weighed outcomes by shop."""
    total = known["weight"].groupby(known["shop"]).sum()
    bad = (known["weight"] * known["fraud"]).groupby(known["shop"]).sum()
    average = float(bad.sum() / total.sum())
    scale = known["weight"].mean()
    rates = (bad + prior * scale * average) / (total + prior * scale)
    return ShopRisk({str(shop): float(rate) for shop, rate in rates.items()}, average)
