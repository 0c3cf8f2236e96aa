import pandas as pd

from train import make_features


def test_features_are_numbers():
    features = make_features(
        pd.DataFrame({"senior_citizen": ["1", "not a number"], "paperless_billing": [0, 1]})
    )
    assert features["senior_citizen"].tolist()[0] == 1
    assert features["senior_citizen"].isna().tolist() == [False, True]
    assert features["paperless_billing"].tolist() == [0, 1]
