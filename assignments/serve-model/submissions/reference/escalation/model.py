"""Typed tickets -> probabilities. The pipeline holds everything that was learned; no row sees another."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

from escalation.tickets import typed

FILE = "model.joblib"
CATEGORIES = ["channel", "product", "plan"]
SKEWED = ["wait", "age", "value"]
EVEN = ["sentiment", "open_tickets", "weekend", "night", "wait_enterprise"]
NIGHT = (7, 20)


def features(tickets: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """One line a raw ticket, in their order.

    Raises:
        TicketError: one of them cannot be scored.
    """
    frame = pd.DataFrame([typed(ticket) for ticket in tickets])
    frame["night"] = ((frame["hour"] < NIGHT[0]) | (frame["hour"] >= NIGHT[1])).astype(float)
    frame["wait_enterprise"] = np.log1p(frame["wait"]) * frame["plan"].eq("enterprise")
    return frame


def pipeline() -> Pipeline:
    """Logistic regression on logarithms of what is skewed; unknown categories count as none."""
    numbers = make_pipeline(
        FunctionTransformer(log_of, feature_names_out="one-to-one"),
        SimpleImputer(strategy="median", add_indicator=True),
        StandardScaler(),
    )
    even = make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler())
    columns = ColumnTransformer([
        ("categories", OneHotEncoder(handle_unknown="ignore", min_frequency=20), CATEGORIES),
        ("skewed", numbers, SKEWED),
        ("even", even, EVEN),
    ])
    return make_pipeline(columns, LogisticRegression(C=0.5, max_iter=2000))


def log_of(values: pd.DataFrame) -> pd.DataFrame:
    """log(1 + x); a function with a name, so that the pipeline can be stored."""
    return np.log1p(values)


def probabilities(model: Pipeline, tickets: Sequence[Mapping[str, Any]]) -> np.ndarray:
    """The chance of an escalation for each raw ticket."""
    return np.asarray(model.predict_proba(features(tickets))[:, 1])


def store(model: Pipeline, folder: Path) -> None:
    """Write the model into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    joblib.dump(model, folder / FILE)


def version(folder: Path) -> str:
    """The model of ``folder`` by its content: another after every training that learned something else."""
    return hashlib.sha256((folder / FILE).read_bytes()).hexdigest()[:12]


def load(folder: Path) -> Pipeline:
    """The model of ``folder``."""
    return joblib.load(folder / FILE)
