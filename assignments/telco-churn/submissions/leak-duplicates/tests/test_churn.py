import pandas as pd
import pytest

from churn import balanced, letters, make_model, number


def test_spellings_of_a_contract_share_their_letters():
    assert letters("Month-to-month") == letters(" MONTH  TO MONTH") == "monthtomonth"


@pytest.mark.parametrize(("text", "value"), [("1.5", 1.5), ("2.283,30", 2283.3), ("7", 7.0)])
def test_numbers_are_read_with_either_decimal_sign(text, value):
    assert number(pd.Series([text])).tolist() == [value]


def test_the_model_tells_two_groups_apart():
    table = pd.DataFrame({"x": [0.0] * 50 + [1.0] * 50})
    chance = make_model().fit(table, [0] * 50 + [1] * 50).predict_proba(table)[:, 1]
    assert chance[-1] > chance[0]


def test_there_are_as_many_leavers_as_stayers():
    table = pd.DataFrame({"x": range(8)})
    _, outcome = balanced(table, pd.Series([1, 1, 0, 0, 0, 0, 0, 0]))
    assert outcome.mean() == 0.5
