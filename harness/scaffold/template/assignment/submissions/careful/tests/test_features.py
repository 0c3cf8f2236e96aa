import pandas as pd

from cleaning import to_number, to_word
from features import features_of


def tables(**changes):
    cells = {"id": "A1", "age": "40", "plan": "Basic", "basket": "12.5", "joined": "2024-01-31"}
    lines = [{"order": "o1", "customer": "A1", "amount": "10", "late": "Yes"}]
    return pd.DataFrame([cells | changes]), pd.DataFrame(lines)


def test_numbers_and_words():
    assert to_number(pd.Series(["1,5"])).iloc[0] == 1.5
    assert to_word(pd.Series([" BASIC "])).iloc[0] == "basic"


def test_spelling_does_not_move_features():
    one, other = features_of(*tables()), features_of(*tables(plan=" basic"))
    assert one.equals(other)


def test_late_orders_are_counted():
    assert features_of(*tables())["late"].iloc[0] == 1
