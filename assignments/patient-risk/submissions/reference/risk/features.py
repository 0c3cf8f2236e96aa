"""Four tables -> one row a patient, as of the assessment. What was booked later is never looked at."""

from __future__ import annotations

import numpy as np
import pandas as pd

from risk import cleaning
from risk.reading import Exports
from risk.settings import Settings

CONDITIONS = (
    "dyslipidemia",
    "hypertension",
    "fattyliver",
    "diabetes",
    "angina",
    "stroke",
    "atrialfibrillation",
    "heartfailure",
    "myocardialinfarction",
    "cardiacarrest",
)
DAYS_A_YEAR = 365.25


def build(exports: Exports, settings: Settings) -> pd.DataFrame:
    """Numbers by patient id, in the order of patients.csv."""
    people = _people(exports.patients, settings)
    labs = tests(exports.labs, people["assessed_on"])
    conditions = diagnoses(exports.conditions, people["assessed_on"])
    features = people.drop(columns="assessed_on")
    features = features.join(_by_test(labs)).join(_trend(labs))
    features["fib4"] = fib4(features)
    for name in CONDITIONS:
        having = conditions["patient_id"][conditions["condition"].eq(name)]
        features[name] = features.index.isin(having).astype(float)
    features["conditions"] = features[list(CONDITIONS)].sum(axis=1)
    return features


def _people(patients: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    sex, smoking = cleaning.words(patients["sex"]), cleaning.words(patients["smoking"])
    chart = patients["chart_system"]
    height = cleaning.height_cm(patients["height"], chart, settings.shortest_cm, settings.tallest_cm)
    weight = cleaning.weight_kg(patients["weight"], chart, settings.lightest_kg, settings.heaviest_kg)
    frame = pd.DataFrame(
        {
            "assessed_on": cleaning.date(patients["assessed_on"]),
            "age": cleaning.number(patients["age"]),
            "male": sex.str.startswith("m").astype(float),
            "height": height,
            "weight": weight,
            "bmi": (weight / (height / 100.0) ** 2).round(1),
            "current_smoker": smoking.eq("current").astype(float),
            "former_smoker": smoking.eq("former").astype(float),
            "smoking_unknown": smoking.eq("").astype(float),
        }
    )
    frame["age_squared"] = (frame["age"] / 10.0) ** 2
    return frame.set_axis(pd.Index(patients["id"], name="id"))


def tests(labs: pd.DataFrame, assessed_on: pd.Series) -> pd.DataFrame:
    """patient_id, test, days (before the assessment, >= 0), value: known then, counted once, in order."""
    known = labs[labs["patient_id"].isin(assessed_on.index)]
    test = cleaning.words(known["test"])
    frame = pd.DataFrame(
        {
            "patient_id": known["patient_id"],
            "test": test,
            "days": _days_before(known, "taken_on", assessed_on),
            "value": cleaning.test_values(test, known["value"], known["unit"]),
        }
    )
    frame = frame[frame["days"].ge(0) & frame["value"].notna() & frame["test"].isin(cleaning.PLAUSIBLE)]
    order = ["patient_id", "test", "days", "value"]
    return frame.drop_duplicates().sort_values(order, ascending=[True, True, False, True])


def diagnoses(conditions: pd.DataFrame, assessed_on: pd.Series) -> pd.DataFrame:
    """patient_id, condition: noted on the day of the assessment or before."""
    known = conditions[conditions["patient_id"].isin(assessed_on.index)]
    known = known[_days_before(known, "noted_on", assessed_on).ge(0)]
    return known[["patient_id"]].assign(condition=cleaning.words(known["condition"]))


def _days_before(rows: pd.DataFrame, column: str, assessed_on: pd.Series) -> pd.Series:
    return (rows["patient_id"].map(assessed_on) - cleaning.date(rows[column])).dt.days


def _by_test(labs: pd.DataFrame) -> pd.DataFrame:
    """Mean of the logs and last value of every test; a column for each, whoever is in the rows."""
    groups = labs.assign(log=np.log(labs["value"])).groupby(["patient_id", "test"])
    columns = {}
    for suffix, found in (("mean", groups["log"].mean()), ("last", groups["log"].last())):
        wide = found.unstack("test").reindex(columns=list(cleaning.PLAUSIBLE))
        columns |= {f"{name}_{suffix}": wide[name] for name in wide.columns}
    return pd.DataFrame(columns)


def _trend(labs: pd.DataFrame) -> pd.DataFrame:
    """Creatinine: the last log above the first, and above the mean, and how long that took."""
    own = labs[labs["test"].eq("creatinine")]
    groups = own.assign(log=np.log(own["value"])).groupby("patient_id")
    rise = groups["log"].last() - groups["log"].first()
    years = (groups["days"].first() - groups["days"].last()) / DAYS_A_YEAR
    return pd.DataFrame(
        {
            "creatinine_rise": rise,
            "creatinine_rise_a_year": rise / years.clip(lower=0.5),
            "panels": groups.size().astype(float),
        }
    )


def fib4(features: pd.DataFrame) -> pd.Series:
    """Log of the fibrosis index of Sterling et al. (2006): age x AST / (platelets x sqrt(ALT))."""
    enzymes = features["ast_mean"] - features["platelets_mean"] - 0.5 * features["alt_mean"]
    return np.log(features["age"].clip(lower=18.0)) + enzymes
