"""An edition is written whole and the same every time, or refused by the name of the promise it breaks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from harness.edition import About, DataCard, Registry, Trap, three_inputs, write_edition
from harness.errors import SpecError
from harness.mess import messy, missing

CARD = DataCard(
    title="shop", description="Orders of a shop that does not exist.", licence="https://example.org/licence",
    url="https://example.org/shop", cite="Shop, 2024", creator="Shop", published="2024-06-30",
)  # fmt: skip
DICTIONARY = """# Data dictionary

## people.csv: one line a person

| column | meaning |
| --- | --- |
| id | number of the person |
| spent, orders | in euros; how many |
"""
KEYS = {"people.csv": "id", "visits.csv": "person"}


def an_edition(seed: int = 3) -> dict[str, Any]:
    """All arguments of ``write_edition``: 40 training rows, 10 to validate, 30 natural and 20 probe rows."""
    rng, registry = np.random.default_rng(seed), Registry(seed)
    parts = {}
    for part, size in (("train", 40), ("validation", 10), ("hidden", 50)):
        keys = [f"{part}{n}" for n in range(size)]
        people = pd.DataFrame(
            {"id": keys, "spent": rng.random(size).round(2), "churned": rng.choice(["y", "n"], size)}
        )
        visits = pd.DataFrame(
            {"visit": np.arange(2 * size).astype(str), "person": keys * 2, "day": "2024-01-02"}
        )
        parts[part] = registry.publish(
            part, {"people.csv": people, "visits.csv": visits}, KEYS, own={"visits.csv": "visit"}
        )
    hidden = parts["hidden"]
    asked = hidden["people.csv"]
    rows = pd.DataFrame({"id": asked["id"], "label": asked["churned"].eq("y").astype("int8")})
    at = np.arange(len(rows))
    rows["role"] = np.where(at < 20, "probe", "natural")
    rows["entity"] = [f"e{n // 2 if n < 20 else n}" for n in at]
    rows["probe"] = np.where(at < 20, "case", "")
    rows["variant"] = np.where(at < 20, np.where(at % 2 == 0, "base", "upper"), "")
    rows["rule"] = np.where((at < 20) & (at % 2 == 1), "equal", "")
    hidden["people.csv"] = asked.drop(columns="churned")
    messed = messy(
        parts["train"]["people.csv"], [missing("spent", 0.2)], seed=seed, table="people.csv", key="id"
    )
    about = About(
        dataset="shop", seed=seed, table="people.csv", id="id", label="churned", positive="y", keys=KEYS,
        card=CARD,
        traps=(Trap(name="blank-amounts", kind="sentinel", table="people.csv", column="spent",
                    cue="Some amounts are blank.", where="people.csv"),),
        canaries=(str(messed.frame["id"][0]),),
    )  # fmt: skip
    checked = parts["validation"]["people.csv"]
    churned = checked["churned"].eq("y").astype(int).astype(str)
    labels = pd.DataFrame({"id": checked["id"], "label": churned})
    public: dict[str, Any] = {
        "people.csv": messed.frame, "visits.csv": parts["train"]["visits.csv"], "dictionary.md": DICTIONARY,
        "validation/people.csv": checked.drop(columns="churned"), "validation/labels.csv": labels,
        "validation/visits.csv": parts["validation"]["visits.csv"],
    }  # fmt: skip
    inputs = three_inputs(hidden, rows, about)
    return {"public": public, "inputs": inputs, "rows": rows, "mask": messed.mask, "about": about}


def files_of(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def test_the_same_edition_is_the_same_bytes_with_the_same_times(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_edition(tmp_path / name, **an_edition())
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")
    assert len({p.stat().st_mtime for p in (tmp_path / "one").rglob("*") if p.is_file()}) == 1


def test_the_canary_stands_in_every_sealed_file_and_nowhere_else(tmp_path: Path) -> None:
    write_edition(tmp_path, **an_edition())
    canary = json.loads((tmp_path / "sealed" / "meta.json").read_text())["canary"].encode()
    holders = {name for name, content in files_of(tmp_path).items() if canary in content}
    assert holders == {f"sealed/{name}" for name in ("mask.parquet", "meta.json", "rows.parquet")}


def test_one_row_alone_has_lines_in_every_table_and_shuffled_begins_with_another_column(
    tmp_path: Path,
) -> None:
    inputs = an_edition()["inputs"]
    assert len(inputs["one"]["people.csv"]) == 1
    assert len(inputs["one"]["visits.csv"]) == 2
    for name in KEYS:
        assert inputs["shuffled"][name].columns[0] != inputs["all"][name].columns[0]
        assert set(inputs["shuffled"][name].columns) == set(inputs["all"][name].columns)


def test_a_published_id_says_nothing_of_its_key_and_is_given_once() -> None:
    registry = Registry(1)
    people = pd.DataFrame({"id": [f"k{n}" for n in range(500)]})
    first = registry.publish("a", {"p": people}, {"p": "id"})["p"]["id"]
    second = registry.publish("b", {"p": "x" + people}, {"p": "id"})["p"]["id"]
    both = pd.concat([first, second])
    assert both.is_unique
    assert both.str.fullmatch(r"[A-Z][A-Z0-9]{9}").all()
    assert Registry(1).publish("a", {"p": people}, {"p": "id"})["p"]["id"].tolist() == first.tolist()
    place = people["id"].map({key: n for n, key in enumerate(people["id"])})
    at = first.map({registry.ids[key]: n for key, n in zip(people["id"], place, strict=True)})
    assert abs(np.corrcoef(at, np.arange(500))[0, 1]) < 0.15


def test_a_record_keeps_one_id_in_all_rows_that_show_it() -> None:
    lines = pd.DataFrame({"person": ["a", "a", "b"], "visit": ["1", "1", "1"]})
    tables = {"people": pd.DataFrame({"id": ["a", "b"]}), "visits": lines}
    shown = Registry(1).publish("p", tables, {"people": "id", "visits": "person"}, own={"visits": "visit"})
    assert shown["visits"].groupby("person")["visit"].nunique().eq(1).all()
    assert shown["visits"]["visit"].nunique() == 2


def _no(edition: dict[str, Any], part: str, name: str) -> None:
    edition[part] = {key: value for key, value in edition[part].items() if key != name}


def _labelled(edition: dict[str, Any]) -> None:
    edition["inputs"]["one"]["people.csv"] = edition["inputs"]["one"]["people.csv"].assign(churned="y")


def _shared(edition: dict[str, Any]) -> None:
    train = edition["public"]["people.csv"].copy()
    train.loc[1, "id"] = edition["rows"]["id"][0]
    edition["public"]["people.csv"] = train


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_labelled, "inputs/one/people.csv has the label column 'churned'"),
        (_shared, "is public and hidden"),
        (lambda e: _no(e, "inputs", "shuffled"), "inputs are"),
        (lambda e: _no(e, "public", "dictionary.md"), "public/ lacks dictionary.md"),
        (lambda e: _no(e, "public", "visits.csv"), "public/ lacks visits.csv"),
        (lambda e: e.update(rows=e["rows"].assign(label=2)), "sealed labels are the integers 0 and 1"),
        (lambda e: e.update(rows=e["rows"].assign(role="extra")), "the unknown role 'extra'"),
        (lambda e: e.update(rows=e["rows"].assign(variant="upper")), "exactly one variant 'base'"),
        (lambda e: e.update(rows=e["rows"].iloc[:-1]), "or one that is not sealed"),
        (lambda e: e.update(mask=e["mask"].drop(columns="old")), "the mask lacks the column 'old'"),
        (lambda e: e.update(about=e["about"].model_copy(update={"canaries": ("XX",)})), "the canary 'XX'"),
    ],
)
def test_an_edition_that_breaks_a_promise_is_refused_before_anything_is_written(
    tmp_path: Path, spoil: Any, words: str
) -> None:
    edition = an_edition()
    spoil(edition)
    with pytest.raises(SpecError, match="edition of shop, seed 3: ") as caught:
        write_edition(tmp_path, **edition)
    assert words in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_no_seed_trap_or_canary_is_told_in_the_public_half(tmp_path: Path) -> None:
    write_edition(tmp_path, **an_edition(seed=8675309))
    public = {name: content for name, content in files_of(tmp_path).items() if name.startswith("public/")}
    assert not [
        name for name, content in public.items() if b"8675309" in content or b"blank-amounts" in content
    ]
    assert json.loads((tmp_path / "about.json").read_text())["seed"] == 8675309
