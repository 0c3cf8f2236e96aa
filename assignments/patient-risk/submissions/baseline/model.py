"""A first, simple model: logistic regression on the columns of patients.csv and the number of diagnoses."""

import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def load(folder):
    """Patients and diagnoses of a folder; ids stay text."""
    patients = pd.read_csv(f"{folder}/patients.csv", dtype=str, keep_default_na=False)
    conditions = pd.read_csv(f"{folder}/conditions.csv", dtype=str, keep_default_na=False)
    return patients, conditions


def make_features(patients, conditions):
    """Age, sex, weight, smoking, and how many different diagnoses were known at the assessment."""
    sex = patients["sex"].str.strip().str.lower().str[:1]
    smoking = patients["smoking"].str.strip().str.lower()
    features = pd.DataFrame(
        {
            "age": pd.to_numeric(patients["age"], errors="coerce"),
            "male": (sex == "m").astype(int),
            "weight": pd.to_numeric(patients["weight"], errors="coerce"),
            "smokes": (smoking == "current").astype(int),
        }
    )
    features["conditions"] = count_conditions(patients, conditions).to_numpy()
    return features


def count_conditions(patients, conditions):
    """Different diagnoses noted until the day of the assessment."""
    rows = patients[["id", "assessed_on"]].merge(conditions, left_on="id", right_on="patient_id")
    rows["condition"] = rows["condition"].str.strip().str.lower()
    early = to_date(rows["noted_on"]) <= to_date(rows["assessed_on"])
    counts = rows[early].groupby("id")["condition"].nunique()
    return patients["id"].map(counts).fillna(0)


def to_date(texts):
    """Year first, or month first with slashes."""
    return pd.to_datetime(texts, format="mixed", errors="coerce")


def make_model():
    """Median for what is missing, then a plain logistic regression."""
    return make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), LogisticRegression())
