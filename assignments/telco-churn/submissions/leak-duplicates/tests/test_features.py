import numpy as np
import pandas as pd
import pytest

import features


def test_there_is_one_row_a_customer_in_the_order_they_came(tables):
    table = features.build(tables)
    assert table.index.tolist() == tables["customers"]["id"].tolist()
    assert table["contract"].tolist()[:2] == [0.0, 2.0]


def test_lines_exported_twice_change_nothing(tables):
    twice = tables | {name: pd.concat([tables[name]] * 2) for name in ("usage", "contacts")}
    pd.testing.assert_frame_equal(features.build(twice), features.build(tables))


def test_a_customer_alone_has_the_features_it_has_in_a_crowd(tables):
    alone = tables | {"customers": tables["customers"].iloc[[4]]}
    pd.testing.assert_frame_equal(features.build(alone), features.build(tables).iloc[[4]])


def test_a_closure_code_is_no_feature(tables):
    other = tables["customers"].assign(closure_code="R47")
    pd.testing.assert_frame_equal(features.build(tables | {"customers": other}), features.build(tables))


def test_a_fall_of_usage_shows(tables):
    change = features.build(tables)["gb_change"]
    assert change["C00"] == pytest.approx(np.log1p(20.5) - np.log1p(40.5))
    assert change["C01"] == pytest.approx(0.0)


def test_only_a_recent_open_contact_counts(tables):
    assert features.build(tables).loc[["C00", "C02", "C04"], "open_recent"].tolist() == [1.0, 0.0, 0.0]


def test_a_closed_account_has_left_whatever_was_booked(tables):
    tables["customers"].loc[0, "churned"] = "no"
    assert features.outcomes(tables["customers"])[["C00", "C01"]].tolist() == [1, 0]

