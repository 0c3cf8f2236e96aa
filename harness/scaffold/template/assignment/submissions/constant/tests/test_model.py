import pandas as pd

from model import make_features, make_model


def customers(count=20):
    table = pd.DataFrame({"age": range(count), "basket": range(count)})
    table["plan"] = ["Basic", "Plus"] * (count // 2)
    return table


def test_features_are_numbers():
    assert make_features(customers())["basic"].tolist()[:2] == [1, 0]


def test_model_gives_probabilities():
    table = customers()
    chance = make_model().fit(make_features(table), table["age"] < 8).predict_proba(make_features(table))[:, 1]
    assert chance[0] > chance[-1]
