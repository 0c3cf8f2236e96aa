"""How good the model will be on payments it has not seen, where, how sure we are, and against what."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from fraud.events import MODES

RESAMPLES = 100
SIZES, KINDS = ["log_eur", "night", "abroad"], ["mode", "category"]


def scores(fraud: pd.Series, chance: np.ndarray, seed: int) -> dict[str, float]:
    """Average precision with its bootstrap standard error, what chance has, ROC AUC and Brier score."""
    truth = fraud.to_numpy()
    rng = np.random.default_rng(seed)
    drawn = []
    for _ in range(RESAMPLES):
        rows = rng.integers(0, len(truth), len(truth))
        drawn.append(average_precision_score(truth[rows], chance[rows]))
    return {
        "average_precision": average_precision(fraud, chance),
        "average_precision_se": round(float(np.std(drawn)), 4),
        "average_precision_of_chance": round(float(truth.mean()), 4),
        "roc_auc": round(float(roc_auc_score(truth, chance)), 4),
        "brier": round(float(brier_score_loss(truth, chance)), 4),
    }


def average_precision(fraud: pd.Series, chance: np.ndarray) -> float:
    """Average precision to four digits."""
    return round(float(average_precision_score(fraud.to_numpy(), chance)), 4)


def by_mode(fraud: pd.Series, chance: np.ndarray, mode: pd.Series) -> dict[str, float]:
    """Average precision for each way the card was read; a way without fraud has none."""
    found = {}
    for code, name in enumerate(MODES):
        here = mode.to_numpy() == code
        if fraud[here].any():
            found[name] = average_precision(fraud[here], chance[here])
    return found


def simple_guess(table: pd.DataFrame, outcome: pd.DataFrame, asked: pd.DataFrame) -> np.ndarray:
    """What a first look at the payment alone would say: a logistic regression, its card's past unseen."""
    known = outcome[outcome["weight"] > 0]
    columns = make_column_transformer(
        (make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), SIZES),
        (OneHotEncoder(handle_unknown="ignore"), KINDS),
    )
    guess = make_pipeline(columns, LogisticRegression(max_iter=500)).fit(table.loc[known.index], known["fraud"])
    return guess.predict_proba(asked)[:, 1]
