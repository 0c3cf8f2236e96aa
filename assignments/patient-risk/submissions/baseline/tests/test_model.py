import pandas as pd

from deid import clean
from model import make_features, make_model


def patients(count=20):
    return pd.DataFrame(
        {
            "id": [f"P{n}" for n in range(count)],
            "assessed_on": ["2016-05-01", "05/01/2016"] * (count // 2),
            "age": [str(30 + n) for n in range(count)],
            "sex": ["F", "male "] * (count // 2),
            "weight": ["80", ""] * (count // 2),
            "smoking": ["never", "Current"] * (count // 2),
        }
    )


def conditions():
    rows = [("P0", "2015-01-01", "stroke"), ("P0", "01/02/2015", "Stroke "), ("P1", "2017-01-01", "angina")]
    return pd.DataFrame(rows, columns=["patient_id", "noted_on", "condition"])


def test_features_are_numbers():
    features = make_features(patients(), conditions())
    assert features["male"].tolist()[:2] == [0, 1]
    assert features["weight"].isna().tolist()[:2] == [False, True]


def test_a_diagnosis_counts_once_and_only_when_it_was_known():
    assert make_features(patients(), conditions())["conditions"].tolist()[:3] == [1, 0, 0]


def test_model_gives_probabilities():
    table = patients()
    features = make_features(table, conditions())
    chance = make_model().fit(features, features["age"] > 40).predict_proba(features)[:, 1]
    assert ((chance >= 0) & (chance <= 1)).all()
    assert chance[0] < chance[-1]


def test_common_identifiers_are_removed():
    assert clean("Mr. Oakenfell, seen 03/04/2016, 555-123-4567") == "[REMOVED], seen [REMOVED], [REMOVED]"
    assert clean("blood pressure 142/88") == "blood pressure 142/88"
