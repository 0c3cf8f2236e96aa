import pandas as pd
import pytest

import features


def test_a_payment_beside_its_past(tables):
    row = features.build(tables).iloc[0]
    assert row["purchases"] == 3
    assert row["known_shop"] == 1
    assert row["eur"] == 40.0
    assert row["wait"] == 86400.0
    assert (row["in_day"], row["in_hour"]) == (1, 0)
    assert row["above_mean"] == pytest.approx(0.6931, abs=1e-4)


def test_the_past_only_counts(tables):
    later = tables["history"].assign(time="2024-05-05T10:00:00Z")
    assert features.build(tables | {"history": later})["purchases"].tolist() == [0]


def test_what_is_older_than_a_month_is_forgotten(tables):
    old = tables["history"].assign(time="2024-03-05T10:00:00Z")
    assert features.build(tables | {"history": old})["purchases"].tolist() == [0]


def test_spellings_of_a_shop_are_one(tables):
    other = tables["transactions"].assign(merchant=" ALDER_DEPOT ")
    pd.testing.assert_frame_equal(features.build(tables | {"transactions": other}), features.build(tables))
