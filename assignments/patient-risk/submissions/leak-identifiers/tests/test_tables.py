import pandas as pd
import pytest

import tables
from deid import clean
from features import make_features

HEADERS = {
    "patients": "id,assessed_on,age,sex,chart_system,height,weight,smoking",
    "labs": "lab_id,patient_id,taken_on,test,value,unit",
    "conditions": "condition_id,patient_id,noted_on,condition",
    "notes": "note_id,patient_id,text",
}
ROWS = {
    "patients": ["A,2016-05-01,60,F,EPOCH,170.0,80.0,never", "B,05/01/2016,60,male,meridian ,66.93,176.4,Never "],
    "labs": [
        "1,A,2016-01-01,chol,174,mg/dL",
        "2,B,01/01/2016,CHOL,4.5,mmol/L",
        "2,B,01/01/2016,CHOL,4.5,mmol/L",
        "3,B,2016-05-02,chol,400,mg/dL",
        "4,gone,2016-01-01,chol,100,mg/dL",
    ],
    "conditions": ["1,A,2016-05-01,stroke", "2,B,2016-05-02,stroke"],
    "notes": ["1,A,Mr. Oakenfell. No falls.", "2,A,Eats well."],
}


@pytest.fixture
def folder(tmp_path):
    for name, header in HEADERS.items():
        (tmp_path / f"{name}.csv").write_text("\n".join([header, *ROWS[name], ""]))
    return tmp_path


def test_two_ways_to_write_a_patient_are_one(folder):
    _, features = make_features(folder)
    assert features.loc["A", "height"] == pytest.approx(features.loc["B", "height"], abs=0.1)
    assert features.loc["A", "weight"] == pytest.approx(features.loc["B", "weight"], abs=0.1)
    assert features["chol"].tolist() == pytest.approx([features.loc["A", "chol"]] * 2, abs=0.01)
    assert features["male"].tolist() == [0, 1]


def test_what_came_after_the_assessment_is_not_seen(folder):
    people = tables.patients(folder)
    labs = tables.labs(folder, people[["id", "assessed_on"]])
    assert labs["id"].tolist() == ["A", "B"]
    assert make_features(folder)[1]["stroke"].tolist() == [1, 0]


def test_codes_for_not_known_are_missing(folder):
    text = (folder / "patients.csv").read_text()
    (folder / "patients.csv").write_text(text.replace("170.0,80.0", "0,999"))
    assert tables.patients(folder)[["height", "weight"]].isna().any(axis=1).tolist() == [True, False]


def test_every_date_form_is_read():
    same = pd.Series(["2016-03-04", "2016/03/04", "03/04/2016", "4 Mar 2016"])
    assert tables.date(same).eq(pd.Timestamp("2016-03-04")).all()


@pytest.mark.parametrize("text", ["Mrs. Kelmarsh", "Dagny Kelmarsh", "March 4, 2016", "MRN 12345678", "203.0.113.9"])
def test_identifiers_go(text):
    assert clean(f"No falls; {text}. Eats well.").endswith("[REMOVED]. Eats well.")


@pytest.mark.parametrize("text", ["blood pressure 142/88", "Wilson disease was ruled out", "diabetes since 2009"])
def test_findings_stay(text):
    assert clean(text) == text


def test_notes_of_a_patient_are_one_text(folder):
    assert make_features(folder)[1]["text"].tolist() == ["Mr. Oakenfell. No falls. Eats well.", ""]
