import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from conftest import make_exports

from delays import evaluate, features, labels, model, monitor, predict, train
from delays.reading import read_exports


@pytest.fixture
def known(exports):
    return features.build(exports), labels.outcomes(exports.flights).astype(int)


def test_the_month_of_the_change_is_found(known, tuned):
    assert evaluate.change(*known, tuned) == 11


def test_a_year_without_a_change_has_none(tuned):
    exports = make_exports(400, change=99)
    assert evaluate.change(features.build(exports), labels.outcomes(exports.flights), tuned) == model.NEVER


def test_both_worlds_are_learned(known, tuned):
    table, outcome = known
    fitted = model.fit(table, outcome, tuned, since=11)
    by_month = evaluate.by_month(table, outcome, fitted.predict(table))
    assert sorted(by_month) == list(range(1, 13))
    assert min(by_month.values()) > 0.9


def test_a_row_alone_gets_the_answer_it_gets_in_a_batch(known, tuned):
    table, outcome = known
    fitted = model.fit(table, outcome, tuned, since=11)
    together = fitted.predict(table)
    assert fitted.predict(table.iloc[[5]]).tolist() == pytest.approx([together[5]])
    assert ((together >= 0) & (together <= 1)).all()


def test_an_aircraft_nobody_knows_is_an_average_one(known, tuned):
    table, outcome = known
    fitted = model.fit(table, outcome, tuned, since=11)
    one, other = (fitted.predict(table.head(1).assign(tailnum=tail)) for tail in ("NEVER1", "NEVER2"))
    assert one.tolist() == other.tolist()


def test_the_monitor_is_quiet_on_the_same_world(exports, tuned):
    half = replace(exports, flights=exports.flights.iloc[:200]), replace(exports, flights=exports.flights.iloc[200:])
    assert monitor.reasons(*half, tuned) == []


def test_the_monitor_rings_when_outcomes_turn_round(exports, tuned):
    other = exports.flights.assign(arr_time=exports.flights["arr_time"].map({"900": "755", "755": "900"}))
    assert any("outcomes" in reason for reason in monitor.reasons(exports, replace(exports, flights=other), tuned))


def test_the_monitor_rings_for_a_new_airline(exports, tuned):
    other = replace(exports, flights=exports.flights.assign(carrier="VX").drop(columns="late"))
    assert any("VX" in reason for reason in monitor.reasons(exports, other, tuned))


def test_train_predict_and_monitor_from_the_command_line(folder: Path, tmp_path: Path):
    train.main(["--data", str(folder), "--model", str(tmp_path / "model")])
    assert json.loads((tmp_path / "model" / "metrics.json").read_text())["since"] == 11

    out = tmp_path / "out.csv"
    predict.main(["--model", str(tmp_path / "model"), "--input", str(folder), "--output", str(out)])
    written = pd.read_csv(out, dtype={"id": str})
    assert list(written.columns) == ["id", "prediction"]
    assert written["id"].tolist() == read_exports(folder).flights["id"].tolist()

    said = tmp_path / "monitor.json"
    monitor.main(["--reference", str(folder), "--current", str(folder), "--output", str(said)])
    assert json.loads(said.read_text()) == {"alarm": False, "reasons": []}


def test_a_table_without_its_columns_is_refused_by_name(folder: Path):
    (folder / "weather.csv").write_text("flight_id,observed_at,temp,humid,wind_speed,wind_unit,precip\n")
    with pytest.raises(ValueError, match=r"weather\.csv lacks the columns pressure, visib"):
        read_exports(folder)
