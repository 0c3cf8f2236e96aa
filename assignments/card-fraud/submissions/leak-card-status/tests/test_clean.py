import pandas as pd
import pytest

import clean
import features


@pytest.fixture
def tables():
    line = {"card_id": "C1", "gateway": "NORTH", "currency": "EUR", "merchant": "Alder Depot", "entry_mode": "chip"}
    times = ["2024-05-01T10:00:00Z", "2024-05-01T10:01:00Z", "2024-05-03T10:00:00Z"]
    history = pd.DataFrame([line | {"time": time, "amount": "20.00"} for time in times])
    asked = pd.DataFrame([line | {"id": "T1", "time": "2024-05-04 12:00:00", "gateway": "SOUTH", "amount": "40,00"}])
    cards = pd.DataFrame([{"card_id": "C1", "country": "DE", "time_zone": "Europe/Berlin", "status": "active"}])
    merchants = pd.DataFrame([{"merchant": "Alder Depot", "category": "Fuel", "country": "DE"}])
    return {"transactions": asked, "history": history, "cards": cards, "merchants": merchants}


def test_numbers_in_every_notation():
    assert clean.number(pd.Series(["12.50", "12,50", "1.234,50", "1 234,50", ""])).tolist()[:4] == [12.5, 12.5, 1234.5, 1234.5]


def test_currencies_and_cents_become_euros():
    lines = pd.DataFrame({"amount": ["12.50", "1000"], "currency": ["usd ", "€"], "gateway": ["NORTH", "EAST"]})
    assert clean.euros(lines).tolist() == [10.0, 10.0]


def test_one_instant_on_two_clocks():
    lines = pd.DataFrame({"time": ["2024-05-04T10:00:00Z", "2024/05/04 12:00:00"]})
    utc, local = clean.seconds(lines, pd.Series(["Europe/Berlin"] * 2))
    assert utc == local


def test_a_second_try_is_no_purchase(tables):
    row = features.build(tables).iloc[0]
    assert row["purchases"] == 2
    assert row["known_shop"] == 1
    assert row["eur"] == 40.0
    assert row["above_mean"] == pytest.approx(0.6931, abs=1e-4)


def test_the_past_only_counts(tables):
    later = tables["history"].assign(time="2024-05-05T10:00:00Z")
    assert features.build(tables | {"history": later})["purchases"].tolist() == [0]


def test_spellings_of_a_shop_are_one(tables):
    other = tables["transactions"].assign(merchant=" ALDER_DEPOT ")
    pd.testing.assert_frame_equal(features.build(tables | {"transactions": other}), features.build(tables))
