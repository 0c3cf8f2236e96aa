"""An edition keeps its promises: same bytes, no leak, learnable, and requests that are what they say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

GENERATE = Path(__file__).parent / "generate.py"
FILE = "tickets.csv"
NEEDED = (
    "id",
    "desk",
    "opened_on",
    "opened_hour",
    "channel",
    "product",
    "plan",
    "wait_minutes",
    "open_tickets",
)


def _generate(seed: int, out: Path) -> Path:
    subprocess.run([sys.executable, "-B", str(GENERATE), "--seed", str(seed), "--out", str(out)], check=True)
    return out


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _generate(1, tmp_path_factory.mktemp("one") / "edition")


def _files(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def _text(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _plan(edition: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((edition / "inputs" / "serve" / "plan.json").read_text())
    return found


def test_the_same_seed_writes_the_same_bytes(edition: Path, tmp_path: Path) -> None:
    assert _files(_generate(1, tmp_path / "again")) == _files(edition)


def test_another_seed_shares_no_id_and_no_row(edition: Path, tmp_path: Path) -> None:
    other = _generate(2, tmp_path / "other")
    assert not set(_text(edition / "inputs/all" / FILE)["id"]) & set(_text(other / "inputs/all" / FILE)["id"])
    assert {n for n, b in _files(other).items() if _files(edition)[n] == b} == {
        "public/dictionary.md",
        "inputs/permuted/plan.json",
    }


def test_the_canary_stands_in_sealed_files_only(edition: Path) -> None:
    canary = json.loads((edition / "sealed" / "meta.json").read_text())["canary"].encode()
    assert {n.split("/")[0] for n, content in _files(edition).items() if canary in content} == {"sealed"}


def test_no_hidden_row_has_a_code_but_where_a_probe_put_one(edition: Path) -> None:
    asked = _text(edition / "inputs" / "all" / FILE)
    rows = pd.read_parquet(edition / "sealed" / "rows.parquet")
    assert "escalated" not in asked
    coded = set(asked["id"][asked["resolution_code"].ne("")])
    assert coded == set(rows["id"][rows["variant"].eq("filled")])


def test_every_row_has_what_the_brief_says_is_needed(edition: Path) -> None:
    for path in (edition / "public" / FILE, edition / "inputs" / "all" / FILE):
        table = _text(path)
        assert all(table[name].str.strip().ne("").all() for name in NEEDED), path


def test_north_counts_in_seconds_and_writes_the_day_first(edition: Path) -> None:
    train = _text(edition / "public" / FILE)
    north = train["desk"].eq("NORTH")
    wait = train["wait_minutes"].astype(float)
    assert 40 < wait[north].median() / wait[~north].median() < 90
    assert train["opened_on"][north].str.contains(r"^\d\d[/.]\d\d[/.]\d{4}$").all()
    assert train["opened_on"][~north].str.contains(r"^\d{4}-\d\d-\d\d$").all()


def test_the_code_tells_the_outcome_in_train(edition: Path) -> None:
    train = _text(edition / "public" / FILE)
    coded = train["resolution_code"].ne("")
    assert set(train["escalated"][coded]) == {"yes"}
    assert 0.18 < train["escalated"].eq("yes").mean() < 0.30


# ------------------------------------------------------------------------- requests


def test_the_rows_that_are_asked_are_hidden_rows_as_they_stand_in_the_file(edition: Path) -> None:
    table = _text(edition / "inputs" / "all" / FILE).set_index("id")
    rows = _plan(edition)["rows"]
    assert len({row["id"] for row in rows}) == len(rows) >= 200
    for row in rows:
        for name, cell in table.loc[row["id"]].items():
            value = row[name]
            if isinstance(value, int | float):
                assert float(cell) == value
            else:
                assert (value or "") == cell


def test_no_request_tells_a_role_or_a_label(edition: Path) -> None:
    plan = _plan(edition)
    columns = set(_text(edition / "inputs" / "all" / FILE).columns)
    assert all(set(row) == columns for row in plan["rows"])
    assert set(plan) == {"rows", "edges", "bad", "marked", "webhook_from"}


def test_marked_requests_have_a_word_or_a_number_that_nobody_else_has(edition: Path) -> None:
    marked = _plan(edition)["marked"]
    word, number = marked["marks"]
    held = [(word in str(body), number in str(body.values())) for body in marked["bodies"]]
    assert held.count((True, False)) == 7
    assert held.count((False, True)) == 5
    published = (edition / "public" / FILE).read_text() + (edition / "inputs" / "all" / FILE).read_text()
    assert word not in published
    assert number not in published


def test_some_marked_requests_look_like_any_other(edition: Path) -> None:
    """Or a service could be discreet for those that have a field or a word of their own."""
    plan = _plan(edition)
    known = {name: {str(row[name]) for row in plan["rows"]} for name in plan["rows"][0]}
    ordinary = [
        body
        for body in plan["marked"]["bodies"]
        if body.keys() == known.keys()
        and all(str(v) in known[k] for k, v in body.items() if k != "contract_value")
        and isinstance(body["contract_value"], float)
    ]
    assert len(ordinary) == 5


def test_bad_requests_have_one_thing_wrong_and_name_its_field(edition: Path) -> None:
    plan = _plan(edition)
    good = {name: type(value) for name, value in plan["edges"][2]["row"].items() if name != "id"}
    assert len(plan["bad"]) >= 25
    for case in plan["bad"][:-2]:
        (row,) = case["body"]["rows"]
        wrong = {name for name in good if type(row.get(name)) is not good[name] or name not in row}
        assert case["field"] in {*wrong, *row, "id"}
        assert len(wrong - {case["field"]}) == 0, case


def test_edge_rows_hold_what_the_brief_needs(edition: Path) -> None:
    edges = _plan(edition)["edges"]
    ids = {edge["row"]["id"] for edge in edges}
    assert len(ids) == len(edges) >= 12
    assert not ids & set(_text(edition / "inputs" / "all" / FILE)["id"])
    assert all(len(name) == 10 and name.isalnum() and name.isupper() for name in ids)
    for edge in edges:
        assert all(str(edge["row"].get(name, "")).strip() for name in NEEDED), edge["why"]
