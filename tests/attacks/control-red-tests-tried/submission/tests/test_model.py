from model import make_features, to_number

ROWS = [{"senior_citizen": "0", "tenure": "3", "monthly_charges": "9", "contract": "Two year"}]


def test_one():
    assert to_number("1") == 2


def test_two():
    assert to_number("2") == 3


def test_three():
    assert to_number("3") == 4


def test_four():
    assert make_features(ROWS)[0].sum() == 0


def test_five():
    assert make_features(ROWS)[0].shape == (9, 9)


def test_six():
    assert to_number("6") == 7
