"""How good the model will be on patients it has not seen, and how sure we are of that."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.model_selection import StratifiedKFold

from risk import model, words
from risk.model import WORD_SCORE
from risk.settings import Settings


def cross_validate(
    features: pd.DataFrame, texts: pd.Series, outcome: pd.Series, settings: Settings
) -> dict[str, float]:
    """AUC and Brier score out of fold; the word model is fitted within each fold too."""
    folds = StratifiedKFold(settings.folds, shuffle=True, random_state=settings.seed)
    chance = np.zeros(len(features))
    prior = np.zeros(len(features))
    for fitted, held_out in folds.split(features, outcome):
        rows, labels = features.iloc[fitted], outcome.iloc[fitted]
        word_model, scores = words.fit(_of(texts, rows), labels, settings)
        trained = model.fit(rows.assign(**{WORD_SCORE: scores}), labels, word_model, settings)
        others = features.iloc[held_out]
        chance[held_out] = trained.predict(others, _of(texts, others))
        prior[held_out] = labels.mean()
    return {
        **scores_of(outcome, chance),
        "baseline_age_alone": round(float(roc_auc_score(outcome, features["age"].fillna(features["age"].median()))), 4),
        "brier_of_the_base_rate": round(float(brier_score_loss(outcome, prior)), 4),
    }


def _of(texts: pd.Series, rows: pd.DataFrame) -> pd.Series:
    return texts[texts.index.isin(rows.index)]


def scores_of(outcome: pd.Series, chance: np.ndarray) -> dict[str, float]:
    """AUC with its standard error (Hanley and McNeil 1982), and the Brier score."""
    auc = float(roc_auc_score(outcome, chance))
    return {
        "roc_auc": round(auc, 4),
        "roc_auc_se": round(_auc_se(auc, int(outcome.sum()), int((1 - outcome).sum())), 4),
        "brier": round(float(brier_score_loss(outcome, chance)), 4),
    }


def by_part(parts: pd.DataFrame, outcome: pd.Series, chance: np.ndarray) -> dict[str, float]:
    """AUC for each ``column=value`` of ``parts`` in which both outcomes occur."""
    frame = parts.assign(_outcome=outcome.to_numpy(), _chance=chance)
    return {
        f"{column}={value}": round(float(roc_auc_score(rows["_outcome"], rows["_chance"])), 4)
        for column in parts.columns
        for value, rows in frame.groupby(column)
        if rows["_outcome"].nunique() == 2
    }


def _auc_se(auc: float, positives: int, negatives: int) -> float:
    q1, q2 = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    spread = auc * (1 - auc) + (positives - 1) * (q1 - auc**2) + (negatives - 1) * (q2 - auc**2)
    return float(np.sqrt(spread / (positives * negatives)))
