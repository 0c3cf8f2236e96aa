from dataclasses import replace

import pandas as pd
import pytest

from delays import features, labels


def test_there_is_one_row_a_flight_in_the_order_they_came(exports):
    turned = replace(exports, flights=exports.flights.iloc[::-1])
    assert features.build(turned).index.tolist() == exports.flights["id"].tolist()[::-1]


def test_weather_lines_exported_twice_change_nothing(exports):
    twice = replace(exports, weather=pd.concat([exports.weather] * 2))
    pd.testing.assert_frame_equal(features.build(twice), features.build(exports))


def test_weather_after_departure_is_not_known(exports):
    later = exports.weather.assign(observed_at=exports.flights["flight_date"] + " 06:00", wind_speed="40")
    both = replace(exports, weather=pd.concat([exports.weather, later]))
    pd.testing.assert_frame_equal(features.build(both), features.build(exports))


def test_the_newest_report_before_departure_counts_and_gaps_are_filled(exports):
    newer = exports.weather.assign(observed_at=exports.flights["flight_date"] + " 04:00", wind_speed="20", visib="")
    table = features.build(replace(exports, weather=pd.concat([newer, exports.weather])))
    assert table["wind"].eq(20).all()
    assert table["visib"].eq(10).all()


@pytest.mark.parametrize("column", ["arr_time", "system", "late"])
def test_what_says_nothing_before_departure_is_no_feature(exports, column):
    other = replace(exports, flights=exports.flights.assign(**{column: "1"}))
    pd.testing.assert_frame_equal(features.build(other), features.build(exports))


def test_a_flight_alone_has_the_features_it_has_in_a_crowd(exports):
    alone = replace(exports, flights=exports.flights.iloc[[7]])
    pd.testing.assert_frame_equal(features.build(alone), features.build(exports).iloc[[7]])


def test_the_clock_is_believed_more_than_the_booking(exports):
    flights = exports.flights.head(3).assign(late=["no", "yes", ""], arr_time=["830", "755", ""], sched_arr="800")
    assert labels.outcomes(flights).fillna(-1).tolist() == [1.0, 0.0, -1.0]


def test_a_delay_past_midnight_is_a_delay(exports):
    flights = exports.flights.head(1).assign(late="no", sched_arr="23:50", arr_time="00:20")
    assert labels.outcomes(flights).tolist() == [1.0]
