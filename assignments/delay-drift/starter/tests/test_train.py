import pandas as pd

from train import make_features


def test_features_are_numbers():
    features = make_features(pd.DataFrame({"origin": ["EWR", " jfk", "LGA"]}))
    assert features["newark"].tolist() == [1, 0, 0]
    assert features["kennedy"].tolist() == [0, 1, 0]
