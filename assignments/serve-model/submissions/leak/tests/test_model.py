import pandas as pd

from model import NUMBERS, features


def test_categories_are_lower_case():
    assert features(pd.DataFrame({"channel": [" Phone "]}))["channel"][0] == "phone"


def test_numbers_are_numbers():
    found = features(pd.DataFrame({"wait_minutes": ["5"], "sentiment": [""]}))
    assert found["wait_minutes"][0] == 5.0
    assert found["sentiment"].isna().all()


def test_every_column_is_there():
    assert set(NUMBERS) <= set(features(pd.DataFrame({"id": ["a"]})).columns)
