from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from conftest import line

from fraud import events, features, labels


@pytest.fixture
def build(tuned):
    return lambda exports: features.build(events.build(exports, tuned))


@pytest.fixture
def outcome(tuned):
    return lambda exports: labels.outcomes(exports, events.build(exports, tuned), tuned)


def with_past(exports, *lines):
    return replace(exports, history=pd.concat([exports.history, pd.DataFrame(lines)], ignore_index=True))


def test_there_is_one_row_a_payment_in_the_order_they_came(exports, build):
    table = build(exports)
    assert table.index.tolist() == list(range(len(exports.transactions)))
    assert np.exp(table["log_eur"].iloc[5]) == pytest.approx(200.0)


def test_a_payment_is_seen_beside_its_past_month(exports, build):
    row = build(exports).iloc[5]
    assert row["purchases"] == 6
    assert row["above_usual"] == pytest.approx(np.log(10))
    assert row["same_shop"] == 0
    assert (row["night"], row["abroad"]) == (1, 1)


def test_what_is_older_than_a_month_is_forgotten(exports, build):
    old = line("C000", "2024-01-01T12:00:00Z", "999.00")
    pd.testing.assert_frame_equal(build(with_past(exports, old)), build(exports))


def test_what_comes_later_does_not_count(exports, build):
    later = line("C000", "2024-03-07T12:00:00Z", "999.00")
    pd.testing.assert_frame_equal(build(with_past(exports, later)), build(exports))


def test_second_tries_and_lines_exported_twice_count_once(exports, build):
    again = exports.history.iloc[0].to_dict()
    tried = again | {"time": "2024-02-28T12:01:30Z"}
    pd.testing.assert_frame_equal(build(with_past(exports, again, tried)), build(exports))


def test_a_reversal_is_no_purchase(exports, build):
    back = line("C000", "2024-02-29T12:00:00Z", "-20.00")
    pd.testing.assert_frame_equal(build(with_past(exports, back)), build(exports))


def test_a_card_alone_has_the_features_it_has_in_a_crowd(exports, build):
    alone = exports.transactions[exports.transactions["card_id"] == "C003"]
    table = build(replace(exports, transactions=alone.reset_index(drop=True)))
    np.testing.assert_array_equal(table.to_numpy(), build(exports).loc[alone.index].to_numpy())


@pytest.mark.parametrize("column", ["chargeback_note", "status"])
def test_what_is_written_after_the_fact_is_no_feature(exports, build, column):
    name = "transactions" if column == "chargeback_note" else "cards"
    other = replace(exports, **{name: getattr(exports, name).assign(**{column: "X"})})
    pd.testing.assert_frame_equal(build(other), build(exports))


def test_a_payment_without_amount_or_time_has_a_row(exports, build):
    exports.transactions.loc[5, ["amount", "time"]] = ["", "?"]
    assert build(exports).loc[5, "purchases"] == 0


def test_a_recent_undisputed_payment_teaches_nothing_and_a_disputed_one_does(exports, outcome):
    table = outcome(exports)
    assert table["weight"].iloc[-1] == 0
    exports.transactions.loc[len(exports.transactions) - 1, "fraud"] = "yes"
    assert outcome(exports)["weight"].iloc[-1] == 1


def test_an_older_payment_counts_less(exports, outcome):
    weight = outcome(exports)["weight"]
    assert 0 < weight.iloc[0] < weight.iloc[5]


def test_a_dispute_of_the_second_try_is_one_of_the_purchase(exports, outcome):
    first = exports.transactions.iloc[6]
    again = first.to_dict() | {"id": "T9999", "time": "2024-03-01T12:02:00Z", "fraud": "yes"}
    twice = replace(exports, transactions=pd.concat([exports.transactions, pd.DataFrame([again])], ignore_index=True))
    table = outcome(twice)
    assert table["fraud"].iloc[6] == 1
    assert table["weight"].iloc[-1] == 0
