import json

import pandas as pd
import pytest

import deid
import predict
import train


def test_patients_whose_outcome_is_blank_are_not_learned_from(data):
    path = data / "patients.csv"
    patients = pd.read_csv(path, dtype=str)
    patients.loc[3, "outcome_5y"] = ""
    patients.to_csv(path, index=False)
    features, outcome = train.known_patients(data)
    assert "P03" not in features.index
    assert len(features) == len(outcome) == 59
    assert outcome.sum() == 30


def test_who_fell_ill_gets_the_higher_risk(data):
    features, outcome = train.known_patients(data)
    model = train.make_model().fit(features, outcome)
    chance = predict.predict(model, data)["prediction"].to_numpy()
    assert chance[outcome].min() > chance[~outcome].max()
    assert ((chance >= 0) & (chance <= 1)).all()


def test_an_older_patient_has_the_higher_risk(data):
    model = train.make_model().fit(*train.known_patients(data))
    before = predict.predict(model, data)["prediction"]
    path = data / "patients.csv"
    patients = pd.read_csv(path, dtype=str)
    patients.assign(age=pd.to_numeric(patients["age"]) + 10).to_csv(path, index=False)
    assert (predict.predict(model, data)["prediction"] > before).all()


def test_a_patient_alone_gets_the_number_of_the_batch(data):
    model = train.make_model().fit(*train.known_patients(data))
    whole = predict.predict(model, data).set_index("id")["prediction"]
    path = data / "patients.csv"
    pd.read_csv(path, dtype=str).iloc[[7]].to_csv(path, index=False)
    alone = predict.predict(model, data)
    assert alone["id"].tolist() == ["P07"]
    assert alone["prediction"].tolist() == [whole["P07"]]


def test_figures_are_measured_and_not_typed_in(data):
    features, outcome = train.known_patients(data)
    assert train.measure(features, outcome)["roc_auc"] == 1.0
    unrelated = [number % 4 < 2 for number in range(60)]
    assert train.measure(features, unrelated)["roc_auc"] < 0.8


def test_train_predict_and_deid_from_the_command_line(data, tmp_path):
    train.main(["--data", str(data), "--model", str(tmp_path / "model")])
    figures = json.loads((tmp_path / "model" / "metrics.json").read_text())
    assert figures["roc_auc"] == pytest.approx(1.0)
    assert figures["validation"] == pytest.approx(1.0)
    assert figures["validation site=CEDAR"] == figures["validation"]

    answers = tmp_path / "predictions.csv"
    predict.main(["--model", str(tmp_path / "model"), "--input", str(data / "validation"), "--output", str(answers)])
    assert pd.read_csv(answers)["id"].tolist() == [f"P{number:02d}" for number in range(60)]

    clean = tmp_path / "clean.csv"
    deid.main(["--input", str(data / "validation"), "--output", str(clean)])
    assert set(pd.read_csv(clean)["text"]) == {"[REMOVED]. Walks a mile a day."}
