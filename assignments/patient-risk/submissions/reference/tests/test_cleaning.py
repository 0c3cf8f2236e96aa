from __future__ import annotations

import pandas as pd
import pytest

from risk import cleaning


def one(text: str) -> pd.Series:
    return pd.Series([text])


@pytest.mark.parametrize("text", ["2016-03-04", "2016/03/04", "03/04/2016", "4 Mar 2016", " 03/04/2016 "])
def test_the_fourth_of_march_is_read_in_every_format(text):
    assert cleaning.date(one(text)).tolist() == [pd.Timestamp("2016-03-04")]


def test_a_date_that_does_not_exist_is_missing():
    assert cleaning.date(pd.Series(["31/31/2016", "soon", ""])).isna().all()


@pytest.mark.parametrize("chart", ["MERIDIAN", "meridian", " MERIDIAN "])
def test_the_old_chart_counts_in_inches_and_pounds(chart):
    assert cleaning.height_cm(one("66.93"), one(chart), 120, 220).tolist() == [170.0]
    assert cleaning.weight_kg(one("176.4"), one(chart), 30, 300).tolist() == [80.0]


@pytest.mark.parametrize("marker", ["999", "0", "-1", "unknown", "N/A", ""])
def test_codes_for_not_known_are_missing_in_both_charts(marker):
    for chart in ("EPOCH", "MERIDIAN"):
        assert cleaning.height_cm(one(marker), one(chart), 120, 220).isna().all()
        assert cleaning.weight_kg(one(marker), one(chart), 30, 300).isna().all()


@pytest.mark.parametrize(
    ("test", "plain", "molar", "unit"),
    [("creatinine", "0.85", "75.1", "umol/L"), ("chol", "174", "4.500", "MMOL/L"), ("hdl", "50", "1.293", "mmol/L ")],
)
def test_molar_units_are_the_same_value(test, plain, molar, unit):
    usual = cleaning.test_values(one(test), one(plain), one("mg/dL"))
    assert cleaning.test_values(one(test), one(molar), one(unit)).tolist() == usual.tolist()


def test_a_slipped_decimal_point_is_missing():
    assert cleaning.test_values(one("sbp"), one("1420"), one("mmHg")).isna().all()
    assert cleaning.test_values(one("ast"), one(""), one("U/L")).isna().all()


def test_spellings_of_a_word_are_one():
    assert cleaning.words(pd.Series(["Heart failure", "HEART_FAILURE", " heart failure"])).nunique() == 1
