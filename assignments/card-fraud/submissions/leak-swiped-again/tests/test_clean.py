import pandas as pd

import clean


def test_numbers_in_every_notation():
    assert clean.number(pd.Series(["12.50", "12,50", "1.234,50", "1 234,50", ""])).tolist()[:4] == [12.5, 12.5, 1234.5, 1234.5]


def test_currencies_and_cents_become_euros():
    lines = pd.DataFrame({"amount": ["12.50", "1000"], "currency": ["usd ", "€"], "gateway": ["NORTH", "EAST"]})
    assert clean.euros(lines).tolist() == [10.0, 10.0]


def test_one_instant_on_two_clocks():
    lines = pd.DataFrame({"time": ["2024-05-04T10:00:00Z", "2024/05/04 12:00:00"]})
    utc, local = clean.seconds(lines, pd.Series(["Europe/Berlin"] * 2))
    assert utc == local


def test_a_purchase_has_the_category_and_the_hour_of_its_place(tables):
    row = clean.purchases(tables["transactions"], tables["cards"], tables["merchants"]).iloc[0]
    assert (row["category"], row["abroad"], row["mode"], row["hour"]) == ("fuel", 0.0, "chip", 12.0)


def test_a_merchant_nobody_knows_has_no_category(tables):
    other = tables["transactions"].assign(merchant="Zephyr Bazaar")
    row = clean.purchases(other, tables["cards"], tables["merchants"]).iloc[0]
    assert pd.isna(row["category"])
    assert pd.isna(row["abroad"])


def test_every_line_of_the_past_is_a_purchase(tables):
    table = clean.purchases(tables["history"], tables["cards"], tables["merchants"])
    assert table["eur"].tolist() == [20.0, 20.0, 20.0]
