"""How good the model will be on payments it has not seen, and how sure we are of that."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

RESAMPLES = 400


def scores(fraud: pd.Series, chance: np.ndarray, seed: int) -> dict[str, float]:
    """Average precision with its bootstrap standard error, what chance has, ROC AUC and Brier score."""
    truth = fraud.to_numpy()
    rng = np.random.default_rng(seed)
    drawn = []
    for _ in range(RESAMPLES):
        rows = rng.integers(0, len(truth), len(truth))
        drawn.append(average_precision_score(truth[rows], chance[rows]))
    return {
        "average_precision": round(float(average_precision_score(truth, chance)), 4),
        "average_precision_se": round(float(np.std(drawn)), 4),
        "average_precision_of_chance": round(float(truth.mean()), 4),
        "roc_auc": round(float(roc_auc_score(truth, chance)), 4),
        "brier": round(float(brier_score_loss(truth, chance)), 4),
    }
