"""A folder of exports -> one row a patient: numbers, and the text of the note."""

import numpy as np

import tables
from deid import clean

TESTS = ["hdl", "chol", "sbp", "dbp", "alt", "ast", "platelets", "creatinine"]
CONDITIONS = [
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
]


def make_features(folder):
    """The patients and their features, in the same order."""
    people = tables.patients(folder)
    known = people[["id", "assessed_on"]]
    features = people[["age", "male", "height", "weight"]].astype(float)
    features["bmi"] = features["weight"] / (features["height"] / 100) ** 2
    features["age_squared"] = features["age"] ** 2 / 100
    for habit in ("current", "former"):
        features[habit] = (people["smoking"] == habit).astype(float)
    features = features.set_axis(people["id"])
    add_tests(features, tables.labs(folder, known))
    add_conditions(features, tables.conditions(folder, known))
    add_words(features, tables.read(folder, "notes"))
    return people, features


def add_tests(features, labs):
    """The median of every test, the last creatinine against it, and FIB-4; logarithms."""
    medians = labs.groupby(["id", "test"])["value"].median().unstack().reindex(features.index, columns=TESTS)
    features[TESTS] = np.log(medians.clip(lower=0.1))
    own = labs[labs["test"] == "creatinine"].sort_values(["id", "taken_on", "value"])
    last = np.log(own.groupby("id")["value"].last().clip(lower=0.1))
    features["creatinine_rise"] = last.reindex(features.index) - features["creatinine"]
    enzymes = features["ast"] - features["platelets"] - features["alt"] / 2
    features["fib4"] = np.log(features["age"]) + enzymes


def add_conditions(features, conditions):
    """One column a diagnosis."""
    for name in CONDITIONS:
        having = conditions["id"][conditions["condition"] == name]
        features[name] = features.index.isin(having).astype(float)


def add_words(features, notes):
    """The notes of a patient without identifiers."""
    texts = notes.set_index("patient_id")["text"].map(clean)
    features["text"] = texts.groupby(level=0).agg(" ".join).reindex(features.index).fillna("")
