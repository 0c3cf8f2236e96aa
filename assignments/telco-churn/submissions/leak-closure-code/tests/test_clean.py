import pandas as pd
import pytest

import clean

CONTRACTS = ["Month-to-month", "One year", "Two year"]


@pytest.mark.parametrize("text", ["Two year", " TWO  YEAR ", "two_year", "Tow year", "two-year"])
def test_a_contract_is_known_in_every_spelling(text):
    assert clean.category(pd.Series([text]), CONTRACTS).tolist() == [2.0]


def test_a_word_nobody_knows_is_missing():
    assert clean.category(pd.Series(["Mobile wallet"]), CONTRACTS).isna().all()


@pytest.mark.parametrize(
    ("text", "value"), [("12.5", 12.5), ("12,5", 12.5), ("2.283,30", 2283.3), ("2 283,30", 2283.3)]
)
def test_numbers_are_read_with_either_sign(text, value):
    assert clean.number(pd.Series([text])).tolist() == [value]


def test_what_is_no_number_is_missing():
    assert clean.number(pd.Series([" ", "N/A"])).isna().all()


@pytest.mark.parametrize("system", ["LEGACY", " legacy"])
def test_legacy_counts_in_cents(system):
    amounts = clean.monthly_amount(pd.Series(["7070", "70.70"]), pd.Series([system, "NOVA"]))
    assert amounts.tolist() == pytest.approx([70.7, 70.7])


def test_an_impossible_tenure_is_told_from_the_total():
    months = clean.tenure_months(pd.Series(["-999", "7", ""]), pd.Series([100.0, 1.0, 30.0]), pd.Series([10.0] * 3))
    assert months.tolist() == [10.0, 7.0, 3.0]


@pytest.mark.parametrize("text", ["2024-06-05", "2024/06/05", "05/06/2024", "05.06.2024"])
def test_the_fifth_of_june_is_read_in_every_format(text):
    assert clean.date(pd.Series([text])).tolist() == [pd.Timestamp("2024-06-05")]


def test_yes_is_yes_in_every_spelling():
    assert clean.yes(pd.Series(["Yes", " Y", "1", "no", "No internet service"])).tolist() == [1, 1, 1, 0, 0]
