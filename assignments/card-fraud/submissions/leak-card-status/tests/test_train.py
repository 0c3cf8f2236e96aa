import json

import pandas as pd

import features
import predict
import train


def write(tables, folder):
    folder.mkdir(parents=True)
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False)


def test_recent_undisputed_payments_are_not_learned_from(log):
    rows = train.usable(log)
    assert rows.sum() == len(rows) - 1
    assert not rows.iloc[-1]


def test_the_model_ranks_odd_payments_above_usual_ones(log):
    known, fraud = features.build(log), log["transactions"]["fraud"].eq("yes")
    chance = train.make_model().fit(known, fraud).predict_proba(known)[:, 1]
    assert chance[fraud].min() > chance[~fraud].max()


def test_train_then_predict_from_files(log, tmp_path):
    write(log, tmp_path / "data")
    write(log, tmp_path / "data" / "validation")
    labels = log["transactions"][["id"]].assign(label=log["transactions"]["fraud"].eq("yes").astype(int))
    labels.to_csv(tmp_path / "data" / "validation" / "labels.csv", index=False)

    train.train(tmp_path / "data", tmp_path / "model")
    metrics = json.loads((tmp_path / "model" / "metrics.json").read_text())
    assert metrics["average_precision"] == 1.0
    assert metrics["average_precision_by_entry_mode"] == {"online": 1.0}
    assert metrics["baseline_average_precision"] == 1.0

    predict.predict(tmp_path / "model", tmp_path / "data", tmp_path / "out.csv")
    written = pd.read_csv(tmp_path / "out.csv")
    assert list(written.columns) == ["id", "prediction"]
    assert written["id"].tolist() == log["transactions"]["id"].tolist()
    fraud = log["transactions"]["fraud"].eq("yes")
    assert written["prediction"][fraud].min() > written["prediction"][~fraud].max()
