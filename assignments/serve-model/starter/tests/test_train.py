import pandas as pd

from train import make_features


def test_features_are_numbers():
    features = make_features(pd.DataFrame({"open_tickets": ["1", "many"], "sentiment": ["-0.4", ""]}))
    assert features["open_tickets"].tolist()[0] == 1
    assert features["open_tickets"].isna().tolist() == [False, True]
    assert features["sentiment"].isna().tolist() == [False, True]
