import pandas as pd
import pytest

from delays import cleaning


@pytest.mark.parametrize("text", ["517", "0517", "05:17", "5:17", " 05:17 ", "2019-07-04T05:17", "2019-07-04 05:17:00"])
def test_a_time_is_read_in_every_form(text):
    assert cleaning.minute_of_day(pd.Series([text])).tolist() == [317.0]


@pytest.mark.parametrize("text", ["", "soon"])
def test_what_is_no_time_is_missing(text):
    assert cleaning.minute_of_day(pd.Series([text])).isna().all()


@pytest.mark.parametrize("unit", ["km", " KM", "km\u00a0"])
def test_kilometres_are_miles(unit):
    assert cleaning.miles(pd.Series(["1609.3", "1000"]), pd.Series([unit, "mi"])).tolist() == [1000.0, 1000.0]


def test_knots_are_miles_an_hour():
    assert cleaning.mph(pd.Series(["8.69", "10.0"]), pd.Series(["KT", "mph"])).tolist() == [10.0, 10.0]


@pytest.mark.parametrize(("text", "minutes"), [("85", 85.0), ("1:25", 85.0), ("-4", -4.0), ("0", 0.0)])
def test_a_delay_is_minutes(text, minutes):
    assert cleaning.minutes_behind(pd.Series([text])).tolist() == [minutes]


@pytest.mark.parametrize("text", ["", "999", "-999", "N/A"])
def test_codes_for_unknown_are_missing(text):
    assert cleaning.minutes_behind(pd.Series([text])).isna().all()


@pytest.mark.parametrize("text", ["UA", "ua", " UA ", "UAL", "\uff35\uff21"])
def test_an_airline_has_one_code(text):
    airlines = pd.DataFrame({"carrier": ["UA"], "icao": ["UAL"]})
    assert cleaning.carrier(pd.Series([text]), airlines).tolist() == ["UA"]


@pytest.mark.parametrize("text", ["2019-07-04", "2019/07/04"])
def test_a_date_is_read_in_every_form(text):
    assert cleaning.date(pd.Series([text])).tolist() == [pd.Timestamp("2019-07-04")]
