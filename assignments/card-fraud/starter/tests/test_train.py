import pandas as pd

from train import make_features


def test_features_are_numbers():
    features = make_features(pd.DataFrame({"entry_mode": [" ONLINE", None, "stripe"]}))
    assert features["online"].tolist() == [1, 0, 0]
    assert features["stripe"].tolist() == [0, 0, 1]
