import pandas as pd

from model import NUMERIC, make_features, make_model


def customers(count=20):
    table = pd.DataFrame({name: range(count) for name in NUMERIC})
    table["contract"] = ["Month-to-month", "Two year"] * (count // 2)
    return table


def test_features_are_numbers():
    table = customers()
    table["total_charges"] = table["total_charges"].astype(object)
    table.loc[0, "total_charges"] = " "
    features = make_features(table)
    assert features["total_charges"].isna().sum() == 1
    assert features["month_to_month"].tolist()[:2] == [1, 0]


def test_model_gives_probabilities():
    table = customers()
    model = make_model().fit(make_features(table), table["tenure"] < 8)
    chance = model.predict_proba(make_features(table))[:, 1]
    assert ((chance >= 0) & (chance <= 1)).all()
    assert chance[0] > chance[-1]
