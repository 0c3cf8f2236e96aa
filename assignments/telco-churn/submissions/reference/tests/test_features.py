from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from churn import duplicates, features, labels


def test_there_is_one_row_a_customer_in_the_order_they_came(exports, tuned):
    turned = replace(exports, customers=exports.customers.iloc[::-1])
    assert features.build(turned, tuned).index.tolist() == exports.customers["id"].tolist()[::-1]


def test_lines_exported_twice_change_nothing(exports, tuned):
    twice = replace(exports, usage=pd.concat([exports.usage] * 2), contacts=pd.concat([exports.contacts] * 2))
    pd.testing.assert_frame_equal(features.build(twice, tuned), features.build(exports, tuned))


def test_a_customer_alone_has_the_features_it_has_in_a_crowd(exports, tuned):
    alone = replace(exports, customers=exports.customers.iloc[[7]])
    pd.testing.assert_frame_equal(features.build(alone, tuned), features.build(exports, tuned).iloc[[7]])


@pytest.mark.parametrize("column", ["closure_code", "billing_system"])
def test_what_says_nothing_of_the_customer_is_no_feature(exports, tuned, column):
    other = exports.customers.assign(**{column: "X99"})
    pd.testing.assert_frame_equal(
        features.build(replace(exports, customers=other), tuned), features.build(exports, tuned)
    )


def test_a_fall_of_usage_shows(exports, tuned):
    table = features.build(exports, tuned)
    assert table.loc["C000", "gb_used_change"] == pytest.approx(np.log1p(20.5) - np.log1p(50.5))
    assert table.loc["C001", "gb_used_change"] == pytest.approx(0.0)


def test_only_a_recent_open_contact_counts_as_one(exports, tuned):
    contacts = exports.contacts.head(3).assign(
        date=["10/06/2024", "10/01/2024", "2024-06-10"], resolved=["no", "N", "Yes"]
    )
    table = features.build(replace(exports, contacts=contacts), tuned)
    assert table.loc[["C000", "C002", "C004"], "open_recent"].tolist() == [1.0, 0.0, 0.0]
    assert table.loc[["C000", "C002", "C004"], "open_older"].tolist() == [0.0, 1.0, 0.0]


def test_customers_without_contacts_or_usage_are_kept(exports, tuned):
    bare = replace(exports, usage=exports.usage.iloc[:0], contacts=exports.contacts.iloc[:0])
    table = features.build(bare, tuned)
    assert len(table) == len(exports.customers)
    assert table["open_recent"].eq(0).all()
    assert table["drops"].isna().all()


def test_a_copy_of_an_account_is_in_the_group_of_the_first(exports):
    copy = exports.usage[exports.usage["customer_id"] == "C003"].assign(customer_id="C999")
    customers = pd.concat([exports.customers, exports.customers.iloc[[3]].assign(id="C999")])
    group = duplicates.groups(replace(exports, customers=customers, usage=pd.concat([exports.usage, copy])))
    assert group["C999"] == group["C003"]
    assert group.nunique() == len(exports.customers)


def test_a_closed_account_has_left_whatever_was_booked(exports):
    customers = exports.customers.copy()
    customers.loc[0, "churned"] = "no"
    assert labels.outcomes(customers)["C000"] == 1
    assert labels.outcomes(customers)["C001"] == 0
