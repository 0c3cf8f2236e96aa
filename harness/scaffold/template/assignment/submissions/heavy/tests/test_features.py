import numpy as np
import pandas as pd
import pytest

from cleaning import to_day, to_number, to_word
from features import PLANS, features_of, summary_of
from model import make_model


def customer(**changes):
    cells = {"id": "A1", "age": "40", "plan": "Basic", "basket": "12.5", "joined": "2024-01-31"}
    return pd.DataFrame([cells | changes])


def orders(*late):
    lines = [{"order": f"o{n}", "customer": "A1", "amount": "10", "late": said} for n, said in enumerate(late)]
    return pd.DataFrame(lines, columns=["order", "customer", "amount", "late"])


def test_decimal_commas_are_numbers():
    assert to_number(pd.Series(["1,5", " 2.5 ", ""])).tolist()[:2] == [1.5, 2.5]


def test_words_have_no_case_and_no_spaces():
    assert to_word(pd.Series([" BASIC ", "basic"])).nunique() == 1


def test_both_date_forms_are_one_day():
    days = to_day(pd.Series(["2024-01-31", "31/01/2024"]))
    assert days.nunique() == 1
    assert days.iloc[0] == pd.Timestamp("2024-01-31")


@pytest.mark.parametrize("changes", [{"plan": " BASIC "}, {"basket": "12,5"}, {"joined": "31/01/2024"}])
def test_writing_does_not_move_features(changes):
    one, other = features_of(customer(), orders("Yes")), features_of(customer(**changes), orders("YES"))
    pd.testing.assert_frame_equal(one, other)


def test_an_age_of_minus_one_is_missing():
    assert np.isnan(features_of(customer(age="-1"), orders("No"))["age"].iloc[0])


def test_late_parcels_are_counted():
    assert summary_of(orders("Yes", "yes"))["late"].iloc[0] > summary_of(orders("Yes", "No"))["late"].iloc[0]


def test_every_plan_has_a_column():
    assert set(PLANS) <= set(features_of(customer(), orders("No")).columns)


def test_the_model_learns_what_is_there():
    table = pd.DataFrame({"late": np.linspace(0, 1, 60), "age": [40.0] * 60})
    model = make_model().fit(table, table["late"] > 0.5)
    chance = model.predict_proba(table)[:, 1]
    assert chance[0] < 0.5 < chance[-1]
