import pandas as pd

from model import make_features, make_model


def transactions(count=20):
    return pd.DataFrame(
        {
            "amount": [f"{n}.50" for n in range(count)],
            "time": ["2024-05-01T03:00:00Z", "2024-05-01T13:00:00Z"] * (count // 2),
            "entry_mode": ["online", " CHIP"] * (count // 2),
            "category": ["gift cards", None] * (count // 2),
        }
    )


def test_features_are_numbers():
    table = transactions()
    table.loc[0, "amount"] = ""
    features = make_features(table)
    assert features["amount"].isna().sum() == 1
    assert features["night"].tolist()[:2] == [1, 0]
    assert features["mode chip"].tolist()[:2] == [0, 1]
    assert features["category gift cards"].tolist()[:2] == [1, 0]


def test_model_gives_probabilities():
    table = transactions()
    model = make_model().fit(make_features(table), table["entry_mode"] == "online")
    chance = model.predict_proba(make_features(table))[:, 1]
    assert ((chance >= 0) & (chance <= 1)).all()
    assert chance[0] > chance[1]
