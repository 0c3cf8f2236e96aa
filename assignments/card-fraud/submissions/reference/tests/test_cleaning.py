import pandas as pd
import pytest

from fraud import cleaning

RATES = {"EUR": 1.0, "USD": 1.25, "PLN": 4.0, "SEK": 10.0}


@pytest.mark.parametrize(
    ("text", "value"),
    [("12.50", 12.5), ("12,50", 12.5), ("1.234,50", 1234.5), ("1 234,50", 1234.5), ("-3.00", -3.0), (" 7 ", 7.0)],
)
def test_a_number_in_every_notation(text, value):
    assert cleaning.number(pd.Series([text]))[0] == value


@pytest.mark.parametrize("text", ["", "N/A", "twelve"])
def test_what_is_no_number_is_missing(text):
    assert cleaning.number(pd.Series([text])).isna().all()


@pytest.mark.parametrize(
    ("amount", "currency", "gateway"),
    [("33.33", "EUR", "NORTH"), ("41.66", " usd ", "SOUTH"), ("13332", "PLN", "EAST"), ("333,30", "SEK", "NORTH"), ("3333", "€", "EAST")],
)
def test_one_amount_in_every_currency_and_unit(amount, currency, gateway):
    found = cleaning.euros(*(pd.Series([value]) for value in (amount, currency, gateway)), RATES)
    assert found[0] == 33.33


def test_an_unknown_currency_is_missing():
    assert cleaning.euros(pd.Series(["5"]), pd.Series(["XXX"]), pd.Series(["NORTH"]), RATES).isna().all()


def test_one_instant_on_every_clock():
    times = pd.Series(["2024-07-01T12:00:00Z", "2024-07-01 14:00:00", "2024/07/01 08:00:00"])
    zones = pd.Series(["Europe/Berlin", "Europe/Berlin", "America/New_York"])
    assert cleaning.instant(times, zones).nunique() == 1


def test_the_hour_is_the_cardholders():
    seconds = cleaning.instant(pd.Series(["2024-07-01T12:30:00Z"] * 2), pd.Series(["UTC", "UTC"]))
    assert cleaning.local_hour(seconds, pd.Series(["Europe/Berlin", "Asia/Singapore"])).tolist() == [14.5, 20.5]


@pytest.mark.parametrize("text", ["Alder Depot", " ALDER  DEPOT", "alder_depot", "Alder Deot", "Alder Dpeot", "Alder\u00a0Depot"])
def test_a_spelling_is_matched(text):
    assert cleaning.spelled(pd.Series([text]), ["Alder Depot", "Umber House"])[0] == "Alder Depot"


@pytest.mark.parametrize("text", ["", "Zephyr Bazaar"])
def test_what_nobody_knows_is_unknown(text):
    assert cleaning.spelled(pd.Series([text]), ["Alder Depot"])[0] == cleaning.UNKNOWN


def test_a_spelling_between_two_names_is_neither():
    assert cleaning.spelled(pd.Series(["Alder Dept"]), ["Alder Depot", "Alder Depat"])[0] == cleaning.UNKNOWN
