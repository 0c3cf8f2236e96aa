"""An edition keeps its promises: same bytes, no leak, the stated mess. Runs it as the harness does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

GENERATE = Path(__file__).parent / "generate.py"
TABLES = ("customers", "usage", "contacts")


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
    return {
        str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()
    }


def _text(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _rows(edition: Path) -> pd.DataFrame:
    return pd.read_parquet(edition / "sealed" / "rows.parquet")


def test_the_same_seed_writes_the_same_bytes(edition: Path, tmp_path: Path) -> None:
    assert _files(_generate(1, tmp_path / "again")) == _files(edition)


def test_another_seed_changes_every_table(edition: Path, other: Path) -> None:
    first, second = _files(edition), _files(other)
    assert first.keys() == second.keys()
    assert {name for name in first if first[name] == second[name]} == {"public/dictionary.md"}
    assert not set(_rows(edition)["id"]) & set(_rows(other)["id"])


def test_the_canary_stands_in_every_sealed_file_and_nowhere_else(edition: Path) -> None:
    canary = json.loads((edition / "sealed" / "meta.json").read_text())["canary"].encode()
    holders = {name for name, content in _files(edition).items() if canary in content}
    assert holders == {name for name in _files(edition) if name.startswith("sealed/")}
    assert len(holders) == 3


def test_every_row_to_predict_is_sealed_once_and_nothing_else_is(edition: Path) -> None:
    asked = _text(edition / "inputs" / "all" / "customers.csv")["id"]
    assert asked.is_unique
    assert set(asked) == set(_rows(edition)["id"])


def test_no_id_of_the_hidden_rows_is_public(edition: Path) -> None:
    public = set(_text(edition / "public" / "customers.csv")["id"])
    public |= set(_text(edition / "public" / "validation" / "customers.csv")["id"])
    assert not public & set(_rows(edition)["id"])


def test_rows_to_predict_have_no_outcome_and_no_code_but_where_a_probe_put_one(edition: Path) -> None:
    asked = _text(edition / "inputs" / "all" / "customers.csv")
    assert "churned" not in asked
    coded = set(asked["id"][asked["closure_code"].ne("")])
    rows = _rows(edition)
    assert coded == set(rows["id"][rows["probe"].eq("leak") & rows["variant"].ne("base")])


def test_neither_order_nor_id_tells_role_or_outcome(edition: Path) -> None:
    asked = _text(edition / "inputs" / "all" / "customers.csv")[["id"]]
    rows = asked.merge(_rows(edition), on="id", validate="one_to_one")
    place, by_id = np.arange(len(rows)), rows["id"].rank().to_numpy()
    for order in (place, by_id):
        for told in (rows["label"], rows["role"].eq("natural")):
            assert abs(np.corrcoef(order, told.to_numpy(dtype=float))[0, 1]) < 0.045


def test_each_pair_has_one_base_and_a_rule_for_every_other_row(edition: Path) -> None:
    probes = _rows(edition).query("role == 'probe'")
    bases = probes[probes["variant"].eq("base")].groupby(["entity", "probe"]).size()
    assert bases.eq(1).all()
    assert len(bases) == probes.groupby(["entity", "probe"]).ngroups
    assert set(probes["rule"][probes["variant"].ne("base")]) == {"equal", "finite", "lower"}
    assert set(probes["rule"][probes["variant"].eq("base")]) == {""}


def test_one_is_a_row_of_all_and_shuffled_is_300_with_other_columns_first(edition: Path) -> None:
    everything = {name: _text(edition / "inputs" / "all" / f"{name}.csv") for name in TABLES}
    for folder, count in (("one", 1), ("shuffled", 300)):
        customers = _text(edition / "inputs" / folder / "customers.csv")
        assert len(customers) == count
        for name in TABLES:
            key = "id" if name == "customers" else "customer_id"
            part, whole = _text(edition / "inputs" / folder / f"{name}.csv"), everything[name]
            same = whole[whole[key].isin(customers["id"])]
            assert sorted(map(tuple, part[whole.columns].to_numpy())) == sorted(map(tuple, same.to_numpy()))
    shuffled = _text(edition / "inputs" / "shuffled" / "customers.csv")
    assert list(shuffled.columns) != list(everything["customers"].columns)


def test_a_contact_id_belongs_to_one_customer(edition: Path) -> None:
    for folder in ("inputs/all", "public"):
        contacts = _text(edition / folder / "contacts.csv")
        assert contacts.drop_duplicates()["contact_id"].is_unique


def test_train_holds_the_mess_that_the_card_states(edition: Path) -> None:
    mask = pd.read_parquet(edition / "sealed" / "mask.parquet")
    train = _text(edition / "public" / "customers.csv")
    log = mask[mask["part"].eq("train") & mask["table"].eq("customers.csv") & mask["effect"].ne("copy")]
    count = log.groupby(["column", "operator"]).size()
    assert count["churned", "label noise"] / 3004 == pytest.approx(0.04, abs=0.01)
    assert count["id", "near duplicate"] / 3004 == pytest.approx(0.12, abs=0.02)
    assert count["tenure", "sentinel"] / 3004 == pytest.approx(0.09, abs=0.025)
    assert count["monthly_charges", "cents"] / 3004 == pytest.approx(0.30, abs=0.04)
    contradiction = train["closure_code"].ne("") & train["churned"].eq("no")
    assert contradiction.sum() > 30


def test_the_mask_goes_by_published_ids(edition: Path) -> None:
    mask = pd.read_parquet(edition / "sealed" / "mask.parquet")
    known = set(_rows(edition)["id"])
    for folder in ("public", "public/validation"):
        known |= set(_text(edition / folder / "customers.csv")["id"])
    assert set(mask["key"]) <= known
    assert set(mask["new"][mask["effect"].eq("added")]) <= known


def test_every_trap_has_its_cue_where_about_says(edition: Path) -> None:
    about = json.loads((edition / "about.json").read_text())
    public = edition / "public"
    assert all((public / trap["where"]).is_file() for trap in about["traps"])
    train, validation = _text(public / "customers.csv"), _text(public / "validation" / "customers.csv")
    assert validation["closure_code"].eq("").all()
    codes = train["closure_code"].ne("")
    assert train.loc[codes, "churned"].eq("yes").mean() > 0.8
    assert codes.mean() == pytest.approx(0.13, abs=0.02)
    assert train.loc[~codes, "churned"].eq("yes").mean() < 0.2
    charges = pd.to_numeric(train["monthly_charges"])
    legacy = train["billing_system"].str.strip().str.upper().eq("LEGACY")
    assert charges[legacy].median() > 50 * charges[~legacy].median()
    desk = _text(public / "contacts.csv").query("system == 'helpdesk'")["date"]
    assert desk.str[:2].astype(int).gt(12).any()
    dictionary = (public / "dictionary.md").read_text()
    for words in (
        "closing desk",
        "sometimes late",
        "start dates were lost",
        "shop staff",
        "restarts when it fails",
    ):
        assert words in dictionary


def test_canary_rows_are_ordinary_rows_of_train_that_no_other_edition_has(edition: Path, other: Path) -> None:
    canaries = json.loads((edition / "about.json").read_text())["canaries"]
    assert len(canaries) == 4
    train = _text(edition / "public" / "customers.csv").set_index("id")
    usage = _text(edition / "public" / "usage.csv")
    elsewhere = _text(other / "public" / "usage.csv").groupby("customer_id")["minutes"].agg("|".join)
    for canary in canaries:
        assert train.loc[canary, "churned"] in ("yes", "no")
        lines = usage[usage["customer_id"].eq(canary)]
        assert 6 <= len(lines) <= 8
        assert "|".join(lines["minutes"]) not in set(elsewhere)


def test_what_would_make_a_strict_parser_raise_can_be_met_before_submitting(edition: Path) -> None:
    train, validation = edition / "public", edition / "public" / "validation"
    assert {"", "N/A", "-999"} <= set(_text(train / "customers.csv")["tenure"])
    dates = pd.concat([_text(f / "contacts.csv")["date"] for f in (train, validation)])
    for shape in (r"\d{4}-\d\d-\d\d", r"\d{4}/\d\d/\d\d", r"\d\d/\d\d/\d{4}", r"\d\d\.\d\d\.\d{4}"):
        assert dates.str.fullmatch(shape).any(), shape
    methods = _text(validation / "customers.csv")["payment_method"].str.lower()
    assert methods.str.contains("wallet").any()
    assert not _text(train / "customers.csv")["payment_method"].str.lower().str.contains("wallet").any()


def test_labels_of_validation_name_each_row_once(edition: Path) -> None:
    labels = _text(edition / "public" / "validation" / "labels.csv")
    assert labels["id"].tolist() == _text(edition / "public" / "validation" / "customers.csv")["id"].tolist()
    assert set(labels["label"]) == {"0", "1"}


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep me")
    command = [sys.executable, "-B", str(GENERATE), "--seed", "1", "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "is not empty" in done.stderr


def test_no_customer_is_twice_among_the_shuffled_rows_and_most_have_a_twin_in_the_whole(
    edition: Path,
) -> None:
    rows = pd.read_parquet(edition / "sealed" / "rows.parquet").set_index("id")
    shuffled = rows.loc[_text(edition / "inputs" / "shuffled" / "customers.csv")["id"]]
    assert shuffled["entity"].is_unique
    assert (shuffled["role"] == "probe").mean() > 0.9
