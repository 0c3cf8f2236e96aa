import clean
import pandas as pd
import pytest
from model import last_weather, make_features


@pytest.mark.parametrize("text", ["517", "0517", "05:17", "2019-07-04T05:17", "2019-07-04 05:17:00"])
def test_a_time_is_read_in_every_form(text):
    assert clean.minutes(text) == 317


@pytest.mark.parametrize("text", ["999", "-999", "N/A", ""])
def test_unknown_delays_are_missing(text):
    assert pd.isna(clean.delay(text))


def test_hours_are_minutes():
    assert clean.delay("1:25") == 85


def test_units_are_one():
    assert clean.in_miles(pd.Series(["100", "160.9"]), pd.Series(["mi", " KM"])).round().tolist() == [100, 100]
    assert clean.in_mph(pd.Series(["10", "8.69"]), pd.Series(["mph", "kt"])).round(1).tolist() == [10, 10]


def flights():
    return pd.DataFrame({"id": ["A"], "flight_date": ["2019/07/04"], "minute": [317.0]})


def weather():
    line = {"flight_id": "A", "wind_unit": "mph"} | dict.fromkeys(["temp", "humid", "precip", "pressure", "visib"], "1")
    before = {**line, "observed_at": "2019-07-04 03:00", "wind_speed": "5"}
    return pd.DataFrame([before, {**line, "observed_at": "2019-07-04 07:00", "wind_speed": "9"}])


def test_weather_after_departure_is_not_known():
    assert last_weather(weather(), flights())["wind"].tolist() == [5.0]


def test_features_are_numbers():
    table = flights().assign(distance="100", distance_unit="mi", inbound_delay="5", carrier="UA", origin=" ewr", sched_arr="800", arr_time="830")
    table = table.merge(last_weather(weather(), flights()), left_on="id", right_index=True)
    features = make_features(table)
    assert features[["carrier_UA", "origin_EWR", "behind", "new_times"]].iloc[0].tolist() == [1, 1, 5, 0]
