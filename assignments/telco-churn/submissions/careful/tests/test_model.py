import json

import pandas as pd

import features
import predict
import train


def test_who_left_is_ranked_above_who_stayed(tables):
    table, outcome = features.build(tables), features.outcomes(tables["customers"])
    chance = train.make_model().fit(table, outcome).predict_proba(table)[:, 1]
    assert chance[outcome == 1].min() > chance[outcome == 0].max()


def test_a_row_alone_gets_the_answer_it_gets_in_a_batch(tables):
    table, outcome = features.build(tables), features.outcomes(tables["customers"])
    model = train.make_model().fit(table, outcome)
    assert model.predict_proba(table.iloc[[7]])[0, 1] == model.predict_proba(table)[7, 1]


def test_training_then_predicting_end_to_end(folder, tmp_path):
    train.train(folder, tmp_path / "model")
    metrics = json.loads((tmp_path / "model" / "metrics.json").read_text())
    assert metrics["roc_auc"] == 1.0
    assert 0.5 < metrics["baseline"] <= 1.0

    predict.predict(tmp_path / "model", folder / "validation", tmp_path / "out.csv")
    written = pd.read_csv(tmp_path / "out.csv", dtype={"id": str})
    assert list(written.columns) == ["id", "prediction"]
    assert written["id"].tolist() == [f"C{number:02d}" for number in range(80)]
    assert written["prediction"].between(0, 1).all()
