"""An edition keeps its promises: same bytes, no leak, the stated mess. Runs it as the harness does."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

GENERATE = Path(__file__).parent / "generate.py"
TABLES = ("transactions", "history", "cards", "merchants")
RATES = {"EUR": 1.0, "USD": 1.25, "PLN": 4.0, "SEK": 10.0}

pytestmark = pytest.mark.slow


def _generate(seed: int, out: Path) -> Path:
    subprocess.run([sys.executable, "-B", str(GENERATE), "--seed", str(seed), "--out", str(out)], check=True)
    return out


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _generate(1, tmp_path_factory.mktemp("one") / "edition")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _generate(2, tmp_path_factory.mktemp("two") / "edition")


def _digests(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def _text(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _rows(edition: Path) -> pd.DataFrame:
    return pd.read_parquet(edition / "sealed" / "rows.parquet")


def _asked(edition: Path) -> pd.DataFrame:
    """The rows to predict with what each is for."""
    return _text(edition / "inputs" / "all" / "transactions.csv").merge(
        _rows(edition), on="id", validate="one_to_one"
    )


def _pairs(edition: Path, probe: str, variant: str) -> pd.DataFrame:
    rows = _asked(edition).query("probe == @probe")
    base = rows[rows["variant"].eq("base")]
    return base.merge(rows[rows["variant"].eq(variant)], on="entity", suffixes=("", "_then"))


def test_the_same_seed_writes_the_same_bytes(edition: Path, tmp_path: Path) -> None:
    assert _digests(_generate(1, tmp_path / "again")) == _digests(edition)


def test_another_seed_changes_every_table(edition: Path, other: Path) -> None:
    first, second = _digests(edition), _digests(other)
    assert first.keys() == second.keys()
    assert {name for name in first if first[name] == second[name]} == {"public/dictionary.md"}
    assert not set(_rows(edition)["id"]) & set(_rows(other)["id"])


def test_the_canary_stands_in_every_sealed_file_and_nowhere_else(edition: Path) -> None:
    canary = json.loads((edition / "sealed" / "meta.json").read_text())["canary"].encode()
    holders = {
        str(p.relative_to(edition)) for p in edition.rglob("*") if p.is_file() and canary in p.read_bytes()
    }
    assert holders == {f"sealed/{name}" for name in ("meta.json", "rows.parquet", "mask.parquet")}


def test_canary_rows_are_ordinary_lines_of_the_log(edition: Path) -> None:
    about = json.loads((edition / "about.json").read_text())
    log = _text(edition / "public" / "transactions.csv").set_index("id")
    assert len(about["canaries"]) == 4
    assert log.loc[about["canaries"], "fraud"].eq("no").all()


def test_every_edition_has_the_same_number_of_rows_and_frauds(edition: Path, other: Path) -> None:
    for folder in (edition, other):
        rows = _rows(folder)
        natural, stressed = (rows["label"][rows["role"].eq(role)] for role in ("natural", "stressed"))
        assert (len(natural), natural.sum()) == (36_000, 2_880)
        assert (len(stressed), stressed.sum()) == (10_000, 800)
        labels = _text(folder / "public" / "validation" / "labels.csv")["label"].astype(int)
        assert (len(labels), labels.sum()) == (4_000, 320)


def test_rows_to_score_have_no_outcome_no_note_and_active_cards_only(edition: Path) -> None:
    for folder in ("inputs/all", "public/validation"):
        asked = _text(edition / folder / "transactions.csv")
        assert "fraud" not in asked
        noted = asked["id"][asked["chargeback_note"].ne("")]
        rows = _rows(edition)
        assert set(noted) <= set(rows["id"][rows["probe"].eq("leak") & rows["variant"].ne("base")])
        assert set(_text(edition / folder / "cards.csv")["status"]) == {"active"}


def test_every_card_to_score_has_one_transaction_and_no_card_of_the_log(edition: Path) -> None:
    asked = _text(edition / "inputs" / "all" / "transactions.csv")
    cards = _text(edition / "inputs" / "all" / "cards.csv")
    assert asked["card_id"].is_unique
    assert sorted(asked["card_id"]) == sorted(cards["card_id"])
    assert set(_text(edition / "inputs" / "all" / "history.csv")["card_id"]) <= set(cards["card_id"])
    assert not set(asked["card_id"]) & set(_text(edition / "public" / "cards.csv")["card_id"])
    assert not set(asked["card_id"]) & set(asked["id"])


def test_the_past_of_a_transaction_is_before_it_and_a_month_long(edition: Path) -> None:
    folder = edition / "public" / "validation"
    asked, past = _text(folder / "transactions.csv"), _text(folder / "history.csv")
    both = past.merge(asked[["card_id", "time"]], on="card_id", suffixes=("", "_then"))
    both = both[both["time"].str.endswith("Z") & both["time_then"].str.endswith("Z")]
    ago = pd.to_datetime(both["time_then"]) - pd.to_datetime(both["time"])
    # a terminal's second try may come after the moment of scoring by its two minutes
    assert ago.min() > pd.Timedelta(minutes=-2)
    assert ago.max() <= pd.Timedelta(days=30)


def test_neither_order_nor_id_tells_role_or_outcome(edition: Path) -> None:
    rows = _asked(edition)
    for order in (np.arange(len(rows)), rows["id"].rank().to_numpy(), rows["card_id"].rank().to_numpy()):
        for told in (rows["label"], rows["role"].eq("natural")):
            assert abs(np.corrcoef(order, told.to_numpy(dtype=float))[0, 1]) < 0.02


def test_what_would_make_a_strict_parser_raise_can_be_met_before_submitting(edition: Path) -> None:
    public = edition / "public"
    log, checked = _text(public / "transactions.csv"), _text(public / "validation" / "transactions.csv")
    assert log["amount"].eq("").any()
    assert log["amount"].str.contains(",").any()
    assert log["amount"].str.fullmatch(r"\d+\.\d{3},\d\d").any()
    for shape in (r"\d{4}-\d\d-\d\dT[\d:]{8}Z", r"\d{4}-\d\d-\d\d [\d:]{8}", r"\d{4}/\d\d/\d\d [\d:]{8}"):
        assert log["time"].str.fullmatch(shape).any(), shape
    assert {"", "N/A"} <= set(log["entry_mode"])
    assert {"€", "eur"} <= set(log["currency"])
    assert {"", "1900-01-01"} <= set(_text(public / "cards.csv")["issued"])
    assert checked["entry_mode"].eq("wallet").any()
    assert not log["entry_mode"].eq("wallet").any()
    named = set(_text(public / "merchants.csv")["merchant"].str.upper())
    assert not set(log["merchant"].str.upper().str.strip()) <= named


def test_a_probe_of_currency_holds_the_same_cents(edition: Path) -> None:
    for variant, currency in (("crowns", "SEK"), ("dollars", "USD")):
        pairs = _pairs(edition, "currency", variant)
        back = (pairs["amount_then"].astype(float) / RATES[currency]).round(2)
        assert len(pairs) == 100
        assert back.tolist() == pairs["amount"].astype(float).tolist()


def test_a_probe_of_units_holds_the_same_cents(edition: Path) -> None:
    pairs = _pairs(edition, "units", "cents")
    assert (pairs["amount"].astype(float) * 100).round().tolist() == pairs["amount_then"].astype(
        float
    ).tolist()


def test_a_probe_of_clocks_holds_the_same_instant(edition: Path) -> None:
    pairs = _pairs(edition, "clock", "local")
    cards = _text(edition / "inputs" / "all" / "cards.csv").set_index("card_id")["time_zone"]
    zones = pairs["card_id_then"].map(cards)
    for zone in zones.unique():
        here = pairs[zones.eq(zone)]
        local = pd.to_datetime(here["time_then"]).dt.tz_localize(zone)
        assert (local == pd.to_datetime(here["time"])).all()


def test_half_of_the_purchases_asked_about_are_fraud(edition: Path) -> None:
    probes = _rows(edition).query("role == 'probe' and variant == 'base'")
    share = probes.groupby("probe")["label"].mean()
    assert share.drop("direction").eq(0.5).all()
    assert share["direction"] == 0


def test_the_last_month_looks_honest_and_fraud_changed_before_it(edition: Path) -> None:
    log = _text(edition / "public" / "transactions.csv")
    day = (pd.to_datetime(log["time"].str[:10].str.replace("/", "-")) - pd.Timestamp("2024-01-01")).dt.days
    fraud = log["fraud"].eq("yes")
    assert fraud[day >= 160].mean() < 0.7 * fraud[day.between(60, 149)].mean()
    online = log["entry_mode"].str.strip().str.lower().eq("online")
    assert online[fraud & day.between(130, 149)].mean() > online[fraud & (day < 120)].mean() + 0.1


def test_the_croissant_file_names_the_bytes_that_are_there(edition: Path) -> None:
    public = edition / "public"
    croissant = json.loads((public / "croissant.json").read_text())
    named = {item["contentUrl"]: item["sha256"] for item in croissant["distribution"]}
    there = {
        str(p.relative_to(public)): _digests(public)[str(p.relative_to(public))]
        for p in public.rglob("*.csv")
    }
    assert named == there
    told = {
        field["name"]: field["description"] for table in croissant["recordSet"] for field in table["field"]
    }
    assert "accounting" not in told["amount"]
    assert told["chargeback_note"] == "of the disputes desk"


def test_one_is_a_row_of_all_and_shuffled_is_300_with_other_columns_first(edition: Path) -> None:
    everything = {name: _text(edition / "inputs" / "all" / f"{name}.csv") for name in TABLES}
    for folder, count in (("one", 1), ("shuffled", 300)):
        asked = _text(edition / "inputs" / folder / "transactions.csv")
        assert len(asked) == count
        for name in TABLES:
            part, whole = _text(edition / "inputs" / folder / f"{name}.csv"), everything[name]
            same = whole if name == "merchants" else whole[whole["card_id"].isin(asked["card_id"])]
            assert sorted(map(tuple, part[whole.columns].to_numpy())) == sorted(map(tuple, same.to_numpy()))
    shuffled = _text(edition / "inputs" / "shuffled" / "transactions.csv")
    assert list(shuffled.columns) != list(everything["transactions"].columns)


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep me")
    command = [sys.executable, "-B", str(GENERATE), "--seed", "1", "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "is not empty" in done.stderr
