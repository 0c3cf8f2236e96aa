"""An edition keeps its promises: same bytes, no leak, the stated mess and drift. Runs as the harness does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

GENERATE = Path(__file__).parent / "generate.py"


def _generate(seed: int, out: Path) -> Path:
    subprocess.run([sys.executable, "-B", str(GENERATE), "--seed", str(seed), "--out", str(out)], check=True)
    return out


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _generate(1, tmp_path_factory.mktemp("one") / "edition")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _generate(2, tmp_path_factory.mktemp("two") / "edition")


def _files(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def _text(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _rows(edition: Path) -> pd.DataFrame:
    return pd.read_parquet(edition / "sealed" / "rows.parquet")


def _month(flights: pd.DataFrame) -> pd.Series:
    return flights["flight_date"].str[5:7].astype(int)


def test_the_same_seed_writes_the_same_bytes(edition: Path, tmp_path: Path) -> None:
    assert _files(_generate(1, tmp_path / "again")) == _files(edition)


def test_another_seed_changes_every_table_but_the_list_of_airlines(edition: Path, other: Path) -> None:
    first, second = _files(edition), _files(other)
    assert first.keys() == second.keys()
    same = {name for name in first if first[name] == second[name]}
    assert {name for name in same if "airlines" not in name} == {
        "public/dictionary.md",
        "inputs/permuted/plan.json",
    }
    assert not set(_rows(edition)["id"]) & set(_rows(other)["id"])


def test_a_tail_number_means_another_aircraft_in_another_edition(edition: Path, other: Path) -> None:
    tables = [_text(e / "public" / "planes.csv").set_index("tailnum")["year"] for e in (edition, other)]
    shared = tables[0].index.intersection(tables[1].index)
    assert len(shared) < 0.05 * len(tables[0])


def test_the_canary_stands_in_every_sealed_file_and_nowhere_else(edition: Path) -> None:
    canary = json.loads((edition / "sealed" / "meta.json").read_text())["canary"].encode()
    holders = {name for name, content in _files(edition).items() if canary in content}
    assert holders == {name for name in _files(edition) if name.startswith("sealed/")}


def test_rows_to_predict_have_no_outcome_and_nothing_from_after_departure_but_where_a_probe_put_it(
    edition: Path,
) -> None:
    asked, rows = _text(edition / "inputs" / "all" / "flights.csv"), _rows(edition)
    assert "late" not in asked
    filled = set(asked["id"][asked["air_time"].ne("") | asked["arr_time"].ne("")])
    assert filled == set(rows["id"][rows["probe"].eq("leak") & rows["variant"].ne("base")])
    weather = _text(edition / "inputs" / "all" / "weather.csv").merge(
        asked, left_on="flight_id", right_on="id"
    )
    clock = weather["sched_dep"].str.fullmatch(r"\d\d:\d\d")
    same_day = weather[clock & weather["observed_at"].str[:10].eq(weather["flight_date"])]
    assert len(same_day) > 1000
    assert (same_day["observed_at"].str[11:] < same_day["sched_dep"]).all()


def test_no_day_with_hidden_rows_has_public_outcomes(edition: Path) -> None:
    train, hidden = (_text(edition / part / "flights.csv") for part in ("public", "inputs/all"))
    days = [set(table["flight_date"].str.replace("/", "-")) for table in (train, hidden)]
    assert not days[0] & days[1]
    assert {int(day[5:7]) for day in days[1]} == set(range(7, 13))
    assert 12 not in {int(day[5:7]) for day in days[0]}


def test_neither_order_nor_id_tells_role_or_outcome(edition: Path) -> None:
    asked = _text(edition / "inputs" / "all" / "flights.csv")[["id"]]
    rows = asked.merge(_rows(edition), on="id", validate="one_to_one")
    place, by_id = np.arange(len(rows)), rows["id"].rank().to_numpy()
    for order in (place, by_id):
        for told in (rows["label"], rows["role"].eq("natural")):
            assert abs(np.corrcoef(order, told.to_numpy(dtype=float))[0, 1]) < 0.045


def test_probes_pair_a_hundred_flights_each_and_have_their_rules(edition: Path) -> None:
    probes = _rows(edition).query("role == 'probe'")
    assert set(probes["rule"]) == {"", "equal", "higher"}
    assert probes[probes["variant"].eq("base")].groupby("probe").size().eq(100).all()


def test_the_schema_changes_in_september(edition: Path) -> None:
    train = _text(edition / "public" / "flights.csv")
    new = train["system"].str.upper().eq("ATLAS")
    assert new[_month(train) < 9].mean() < 0.1
    assert new[_month(train) >= 9].mean() > 0.85
    kilometres = train["distance_unit"].str.strip().str.lower().eq("km")
    assert (kilometres == new).all()


def test_the_flights_drift_in_october_and_an_airline_is_new(edition: Path) -> None:
    train = _text(edition / "public" / "flights.csv")
    carrier, month = train["carrier"].str.strip().str.upper(), _month(train)
    regional = carrier.isin(["EV", "ASQ", "9E", "FLG", "MQ", "ENY"])
    assert regional[month >= 10].mean() > regional[month < 10].mean() + 0.08
    new = carrier.isin(["VX", "VRD"])
    assert not new[month < 10].any()
    assert new[month >= 10].any()


def test_other_airlines_are_late_in_november(edition: Path) -> None:
    train = _text(edition / "public" / "flights.csv")
    train = train[train["late"].ne("")]
    late, carrier = train["late"].eq("yes"), train["carrier"].str.strip().str.upper()
    november = _month(train).eq(11)
    regional, delta = carrier.isin(["EV", "ASQ"]), carrier.isin(["DL", "DAL"])
    assert late[regional & ~november].mean() > late[delta & ~november].mean() + 0.1
    assert late[regional & november].mean() < late[delta & november].mean()


def test_the_outcome_is_blank_where_a_flight_did_not_arrive_and_mostly_true_elsewhere(edition: Path) -> None:
    train = _text(edition / "public" / "flights.csv")
    assert train["late"].eq("").equals(train["air_time"].eq(""))
    assert not train["arr_time"][train["late"].eq("")].any()
    assert 0.005 < train["late"].eq("").mean() < 0.05
    mask = pd.read_parquet(edition / "sealed" / "mask.parquet").query("operator == 'label noise'")
    assert 0.01 < len(mask) / len(train) < 0.04


def test_the_time_at_the_gate_is_known_of_some_flights_only_so_believing_it_costs_a_lesson_and_no_model(
    edition: Path,
) -> None:
    train = _text(edition / "public" / "flights.csv")
    arrived = train[train["late"].ne("")]
    clock = arrived["arr_time"].ne("")
    assert 0.25 < clock.mean() < 0.35
    assert abs(arrived["late"].eq("yes")[clock].mean() - arrived["late"].eq("yes").mean()) < 0.02


def test_what_would_make_a_strict_parser_raise_can_be_met_before_submitting(edition: Path) -> None:
    train = _text(edition / "public" / "flights.csv")
    for shape in (r"\d{1,4}", r"\d\d:\d\d", r"[\d-]+T\d\d:\d\d", r"[\d-]+ \d\d:\d\d:\d\d"):
        assert train["sched_dep"].str.fullmatch(shape).any(), shape
    assert {"", "999", "N/A"} <= set(train["inbound_delay"])
    assert train["inbound_delay"].str.fullmatch(r"\d+:\d\d").any()
    assert train["flight_date"].str.contains("/").any()
    weather = _text(edition / "public" / "weather.csv")
    assert {"mph", "kt"} <= set(weather["wind_unit"])
    for column in ("humid", "wind_speed", "visib"):
        assert weather[column].eq("").any()


def test_labels_of_validation_name_each_row_once(edition: Path) -> None:
    labels = _text(edition / "public" / "validation" / "labels.csv")
    assert labels["id"].tolist() == _text(edition / "public" / "validation" / "flights.csv")["id"].tolist()
    assert len(labels) == 500


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep me")
    command = [sys.executable, "-B", str(GENERATE), "--seed", "1", "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "is not empty" in done.stderr


def _batch(edition: Path, name: str, file: str = "flights.csv") -> pd.DataFrame:
    return _text(edition / "inputs" / "monitor" / name / file)


def test_one_batch_for_the_monitor_is_of_after_the_change_and_five_of_before(edition: Path) -> None:
    key = pd.read_parquet(edition / "sealed" / "monitor.parquet").set_index("batch")["shifted"]
    assert list(key.index) == [1, 2, 3, 4, 5, 6]
    assert key.sum() == 1
    share = _batch(edition, "reference")["carrier"].str.strip().eq("B6").mean()
    for number, shifted in key.items():
        flights = _batch(edition, str(number))
        assert len(flights) == 900
        assert (_month(flights) > 6).all() == shifted
        assert shifted or abs(flights["carrier"].str.strip().eq("B6").mean() - share) < 0.06


def test_batches_for_the_monitor_share_no_flight_know_no_outcome_and_have_ids_of_their_own(
    edition: Path,
) -> None:
    names = ("reference", *"123456")
    flights = pd.concat([_batch(edition, name) for name in names])
    assert "late" not in flights
    assert flights[["arr_time", "air_time"]].eq("").all(axis=None)
    assert flights["id"].is_unique
    assert not set(flights["id"]) & set(_text(edition / "public" / "flights.csv")["id"])
    for name in names:
        assert set(_batch(edition, name, "weather.csv")["flight_id"]) <= set(_batch(edition, name)["id"])
