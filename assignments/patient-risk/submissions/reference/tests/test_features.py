from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from risk import duplicates, features


def test_a_patient_has_one_row_in_the_order_of_the_file(exports, tuned):
    rows = features.build(exports, tuned)
    assert rows.index.tolist() == exports.patients["id"].tolist()
    assert rows["diabetes"].eq(1.0).all()
    assert rows["creatinine_rise"].gt(0.2).tolist() == exports.patients["outcome_5y"].eq("yes").tolist()


def test_what_was_booked_after_the_assessment_changes_nothing(exports, tuned):
    later_labs = exports.labs.assign(taken_on="06/02/2016", value="9.0")
    later_conditions = exports.conditions.assign(noted_on="2017-01-01", condition="stroke")
    more = replace(
        exports,
        labs=pd.concat([exports.labs, later_labs]),
        conditions=pd.concat([exports.conditions, later_conditions]),
    )
    pd.testing.assert_frame_equal(features.build(more, tuned), features.build(exports, tuned))


def test_lines_exported_twice_and_their_order_change_nothing(exports, tuned):
    twice = replace(exports, labs=pd.concat([exports.labs, exports.labs]).iloc[::-1])
    pd.testing.assert_frame_equal(features.build(twice, tuned), features.build(exports, tuned))


def test_tests_of_people_who_withdrew_are_left_out(exports, tuned):
    fewer = replace(exports, patients=exports.patients.iloc[1:])
    rows = features.build(fewer, tuned)
    pd.testing.assert_frame_equal(rows, features.build(exports, tuned).iloc[1:])


def test_fib4_is_the_index_of_sterling():
    logs = {"ast_mean": np.log(40.0), "platelets_mean": np.log(200.0), "alt_mean": np.log(25.0)}
    row = pd.DataFrame({"age": [60.0], **{name: [value] for name, value in logs.items()}})
    assert np.exp(features.fib4(row)).round(3).tolist() == [2.4]


def test_a_patient_registered_twice_is_one_group(exports, tuned):
    ids = pd.Index(exports.patients["id"])
    assessed = pd.Series(pd.Timestamp("2016-06-01"), index=ids)
    copy = exports.labs[exports.labs["patient_id"].eq("P000")].assign(patient_id="P001")
    own = exports.labs[exports.labs["patient_id"].ne("P001")]
    group = duplicates.groups(features.tests(pd.concat([own, copy]), assessed), ids)
    assert group["P000"] == group["P001"]
    assert group.nunique() == len(ids) - 1
