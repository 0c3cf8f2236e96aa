from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd

from conftest import make_exports, write
from risk import deid, predict, settings, train


def test_train_predict_and_deid_from_the_command_line(folder, tmp_path, tuned, monkeypatch):
    monkeypatch.setattr(settings, "load", lambda: tuned)
    exports = make_exports(60)
    write(replace(exports, patients=exports.patients.drop(columns="outcome_5y")), folder / "validation")
    labels = exports.patients[["id"]].assign(label=exports.patients["outcome_5y"].eq("yes").astype(int))
    labels.to_csv(folder / "validation" / "labels.csv", index=False)

    train.main(["--data", str(folder), "--model", str(tmp_path / "model")])
    figures = json.loads((tmp_path / "model" / "metrics.json").read_text())
    assert figures["roc_auc"] > 0.9
    assert figures["validation"]["roc_auc"] == figures["validation"]["site=cedar"] > 0.9

    answers = tmp_path / "predictions.csv"
    predict.main(["--model", str(tmp_path / "model"), "--input", str(folder / "validation"), "--output", str(answers)])
    written = pd.read_csv(answers, dtype={"id": str})
    assert written.columns.tolist() == ["id", "prediction"]
    assert written["id"].tolist() == labels["id"].tolist()

    clean = tmp_path / "clean.csv"
    deid.main(["--input", str(folder / "validation"), "--output", str(clean)])
    notes = pd.read_csv(clean)
    assert notes.columns.tolist() == ["note_id", "text"]
    assert notes["text"].str.contains("Kelmarsh").sum() == 0
    assert notes["text"].str.contains("Breathless on stairs").sum() == 30
