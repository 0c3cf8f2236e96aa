"""How good the model will be on customers it has not seen, and how sure we are of that."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.dummy import DummyClassifier
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold

from churn import model
from churn.settings import Settings


def cross_validate(
    features: pd.DataFrame, outcome: pd.Series, group: pd.Series, settings: Settings
) -> dict[str, float]:
    """AUC and Brier score out of fold; a customer's copies never stand on both sides of a split."""
    folds = StratifiedGroupKFold(settings.folds, shuffle=True, random_state=settings.seed)
    chance = np.zeros(len(features))
    prior = np.zeros(len(features))
    for fitted, held_out in folds.split(features, outcome, group):
        trained = model.fit(features.iloc[fitted], outcome.iloc[fitted], settings)
        chance[held_out] = trained.predict(features.iloc[held_out])
        dummy = DummyClassifier(strategy="prior").fit(features.iloc[fitted], outcome.iloc[fitted])
        prior[held_out] = dummy.predict_proba(features.iloc[held_out])[:, 1]
    return {
        **scores(outcome, chance),
        "brier_of_the_base_rate": round(float(brier_score_loss(outcome, prior)), 4),
    }


def scores(outcome: pd.Series, chance: np.ndarray) -> dict[str, float]:
    """AUC with its standard error (Hanley and McNeil 1982), and the Brier score."""
    auc = float(roc_auc_score(outcome, chance))
    return {
        "roc_auc": round(auc, 4),
        "roc_auc_se": round(_auc_se(auc, int(outcome.sum()), int((1 - outcome).sum())), 4),
        "brier": round(float(brier_score_loss(outcome, chance)), 4),
    }


def _auc_se(auc: float, positives: int, negatives: int) -> float:
    q1, q2 = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    spread = auc * (1 - auc) + (positives - 1) * (q1 - auc**2) + (negatives - 1) * (q2 - auc**2)
    return float(np.sqrt(spread / (positives * negatives)))
