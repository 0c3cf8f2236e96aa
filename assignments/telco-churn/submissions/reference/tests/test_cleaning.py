import pandas as pd
import pytest

from churn import cleaning
from churn.features import CONTRACTS, PAYMENTS


@pytest.mark.parametrize(
    "spelling",
    [
        "Month-to-month",
        " MONTH-TO-MONTH ",
        "month_to_month",
        "month\u2013to\u2013month",
        "Mnoth-to-month",
        "Month  to month\u00a0",
    ],
)
def test_a_contract_is_recognised_in_every_spelling(spelling):
    assert cleaning.category(pd.Series([spelling]), CONTRACTS, 0.78).tolist() == ["Month-to-month"]


@pytest.mark.parametrize("new", ["Mobile wallet", "Direct debit (SEPA)", ""])
def test_a_payment_method_nobody_knows_is_other_and_not_the_nearest(new):
    assert cleaning.category(pd.Series([new]), PAYMENTS, 0.78).tolist() == ["other"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2283.30", 2283.30),
        ("2283,30", 2283.30),
        ("2.283,30", 2283.30),
        ("2 283,30", 2283.30),
        (" 7 ", 7.0),
        ("-999", -999.0),
    ],
)
def test_a_number_is_read_whatever_its_decimal_sign(text, value):
    assert cleaning.number(pd.Series([text])).tolist() == [pytest.approx(value)]


@pytest.mark.parametrize("text", ["", " ", "N/A", "unknown"])
def test_what_is_no_number_is_missing(text):
    assert cleaning.number(pd.Series([text])).isna().all()


@pytest.mark.parametrize("system", ["LEGACY", "legacy", " Legacy "])
def test_the_legacy_system_counts_in_cents(system):
    amounts = cleaning.monthly_amount(pd.Series(["7070", "70.70"]), pd.Series([system, "NOVA"]))
    assert amounts.tolist() == pytest.approx([70.70, 70.70])


@pytest.mark.parametrize("marker", ["-999", "-1", "", "N/A", "99999"])
def test_an_impossible_tenure_is_missing(marker):
    assert cleaning.tenure_months(pd.Series([marker])).isna().all()


def test_tenure_zero_is_a_tenure():
    assert cleaning.tenure_months(pd.Series(["0", "72"])).tolist() == [0.0, 72.0]


@pytest.mark.parametrize("text", ["2024-06-05", "2024/06/05", "05/06/2024", "05.06.2024", " 5/6/2024"])
def test_the_fifth_of_june_is_read_in_every_format(text):
    assert cleaning.date(pd.Series([text])).tolist() == [pd.Timestamp("2024-06-05")]


def test_a_date_that_does_not_exist_is_missing():
    assert cleaning.date(pd.Series(["31/31/2024", "soon"])).isna().all()


def test_tenure_and_total_are_told_from_each_other():
    tenure, total = cleaning.fill_from_each_other(
        pd.Series([float("nan"), 10.0]), pd.Series([498.0, float("nan")]), pd.Series([50.0, 20.0])
    )
    assert tenure.tolist() == [10.0, 10.0]
    assert total.tolist() == [498.0, 200.0]
