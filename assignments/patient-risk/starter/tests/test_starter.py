import pandas as pd

from deid import without_identifiers
from train import make_features


def test_features_are_numbers():
    features = make_features(pd.DataFrame({"age": ["61", "not a number"]}))
    assert features["age"].tolist()[0] == 61
    assert features["age"].isna().tolist() == [False, True]


def test_one_type_of_identifier_is_removed():
    assert without_identifiers("SSN 666-12-3456, no falls") == "SSN [SSN], no falls"
