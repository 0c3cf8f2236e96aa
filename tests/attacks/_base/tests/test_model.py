import numpy as np
from model import fit, make_features, predict

ROWS = [
    {"senior_citizen": "0", "tenure": str(n), "monthly_charges": " ", "contract": "Month-to-month"} for n in range(9)
]


def test_what_is_no_number_gets_the_mean():
    features, means = make_features(ROWS, [0, 4, 70, 1])
    assert (features[:, 2] == 70).all()
    assert means[2] == 70


def test_a_model_gives_probabilities():
    features, _ = make_features(ROWS, [0, 4, 70, 1])
    chance = predict(features, fit(features, np.array([1, 1, 1, 1, 0, 0, 0, 0, 0.0])))
    assert ((chance >= 0) & (chance <= 1)).all()
    assert chance[0] > chance[-1]
