import pandas as pd

from model import make_features, make_model


def flights(count=20):
    return pd.DataFrame(
        {
            "sched_dep": ["517", "18:30"] * (count // 2),
            "distance": range(count),
            "inbound_delay": ["0", "55"] * (count // 2),
            "origin": ["jfk ", "EWR"] * (count // 2),
        }
    )


def test_features_are_numbers():
    features = make_features(flights())
    assert features["sched_dep"].tolist()[:2] == [5, 18]
    assert features["kennedy"].tolist()[:2] == [1, 0]


def test_999_is_not_a_delay():
    assert make_features(flights().assign(inbound_delay="999"))["inbound_delay"].isna().all()


def test_model_gives_probabilities():
    table = flights()
    model = make_model().fit(make_features(table), table["inbound_delay"] == "55")
    chance = model.predict_proba(make_features(table))[:, 1]
    assert ((chance >= 0) & (chance <= 1)).all()
    assert chance[1] > chance[0]
