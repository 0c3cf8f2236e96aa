from __future__ import annotations

from dataclasses import replace

import joblib
import numpy as np
import pandas as pd
import pytest

from risk import evaluate, words
from risk.predict import predict
from risk.reading import read_exports
from risk.train import train, training_rows


def test_who_fell_ill_gets_the_higher_risk(fitted, exports, tuned):
    answers = predict(fitted, exports, tuned)
    ill = exports.patients["outcome_5y"].eq("yes").to_numpy()
    assert answers["prediction"].between(0, 1).all()
    assert answers["prediction"][ill].min() > answers["prediction"][~ill].max()


def test_a_row_alone_gets_what_it_gets_in_a_batch(fitted, exports, tuned):
    whole = predict(fitted, exports, tuned).set_index("id")["prediction"]
    alone = predict(fitted, replace(exports, patients=exports.patients.iloc[[7]]), tuned)
    assert alone["prediction"].tolist() == [whole[alone["id"][0]]]


def test_another_name_in_the_note_changes_nothing(fitted, exports, tuned):
    text = exports.notes["text"].str.replace("Dagny Kelmarsh", "Oswin Vexley")
    other = replace(exports, notes=exports.notes.assign(text=text))
    pd.testing.assert_frame_equal(predict(fitted, other, tuned), predict(fitted, exports, tuned))


def test_a_patient_without_note_or_test_gets_an_answer(fitted, exports, tuned):
    bare = replace(exports, labs=exports.labs.iloc[:0], notes=exports.notes.iloc[:0])
    assert predict(fitted, bare, tuned)["prediction"].notna().all()


def test_patients_lost_from_sight_are_no_training_rows(exports, tuned):
    answers = exports.patients["outcome_5y"].where(exports.patients["id"] != "P003", "")
    rows, texts, outcome = training_rows(replace(exports, patients=exports.patients.assign(outcome_5y=answers)), tuned)
    assert "P003" not in rows.index
    assert set(texts.index) <= set(rows.index)
    assert outcome.index.equals(rows.index)


def test_the_same_data_give_the_same_model(fitted, folder, exports, tuned):
    again = predict(train(folder, tuned)[0], exports, tuned)
    pd.testing.assert_frame_equal(again, predict(fitted, exports, tuned))


def test_a_model_survives_its_file(fitted, exports, tuned, tmp_path):
    joblib.dump(fitted, tmp_path / "model.joblib")
    again = predict(joblib.load(tmp_path / "model.joblib"), exports, tuned)
    pd.testing.assert_frame_equal(again, predict(fitted, exports, tuned))


def test_a_table_without_a_needed_column_is_named(folder):
    path = folder / "labs.csv"
    pd.read_csv(path, dtype=str).drop(columns="unit").to_csv(path, index=False)
    with pytest.raises(ValueError, match="labs.csv lacks the columns unit"):
        read_exports(folder)


def test_words_with_an_identifier_are_not_counted(exports):
    texts = words.texts_of(exports.notes, pd.Index(["P000"]))
    assert texts["P000"] == "breathless on stairs"


def test_older_patients_have_the_higher_risk(fitted, exports, tuned):
    older = replace(exports, patients=exports.patients.assign(age="80"))
    younger = replace(exports, patients=exports.patients.assign(age="40"))
    assert predict(fitted, older, tuned)["prediction"].mean() > predict(fitted, younger, tuned)["prediction"].mean()


def test_labels_that_say_nothing_are_not_found_to_say_something(exports, tuned):
    rows, texts, outcome = training_rows(exports, tuned)
    honest = evaluate.cross_validate(rows, texts, outcome, tuned)["roc_auc"]
    unrelated = pd.Series(np.arange(len(outcome)) % 4 < 2, index=outcome.index).astype(int)
    assert evaluate.cross_validate(rows, texts, unrelated, tuned)["roc_auc"] < 0.8 < honest


def test_parts_are_measured_each_by_itself():
    parts = pd.DataFrame({"site": ["a", "a", "b", "b", "c"]})
    figures = evaluate.by_part(parts, pd.Series([0, 1, 0, 1, 1]), np.array([0.1, 0.9, 0.8, 0.2, 0.5]))
    assert figures == {"site=a": 1.0, "site=b": 0.0}
