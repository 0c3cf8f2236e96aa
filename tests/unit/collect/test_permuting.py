"""Outcomes dealt to other rows: what moves with them, what stays, and what nobody can tell a copy by."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

from harness.collect.permuting import permuted_copy, read_plan
from harness.edition import About, DataCard, Trap
from harness.edition.permutation import Plan, plan_of
from harness.errors import InfraError

PLAN = Plan(
    table="flights.csv",
    id="id",
    moves={"late": "", "note": "", "arrived": "due"},
    together=tuple((f"a{n}", f"b{n}") for n in range(30)),
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "public"
    (folder / "validation").mkdir(parents=True)
    lines = ["id,due,note,arrived,late"]
    for n in range(30):
        late, minutes = n % 3 == 0, 30 if n % 3 == 0 else 2
        due = 600 + 7 * n
        for name in "ab":
            clock = f"{due // 60:02d}:{due % 60:02d}"
            came = f"{(due + minutes) // 60:02d}{(due + minutes) % 60:02d}"
            lines.append(f'{name}{n},{clock},"{n}, said",{came},{"yes" if late else "no"}')
    (folder / "flights.csv").write_text("\n".join(lines) + "\n")
    labels = "".join(f"v{n},{n % 2}\n" for n in range(60))
    (folder / "validation/labels.csv").write_text(f"id,label\n{labels}")
    digest = hashlib.sha256((folder / "flights.csv").read_bytes()).hexdigest()
    (folder / "croissant.json").write_text(json.dumps({"sha256": digest}))
    return folder


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as lines:
        return list(csv.DictReader(lines))


def minutes(clock: str) -> int:
    digits = clock.replace(":", "")
    return int(digits[:2]) * 60 + int(digits[2:])


def test_only_what_tells_the_outcome_moves_and_it_moves_together(data: Path, tmp_path: Path) -> None:
    before = table(data / "flights.csv")
    with permuted_copy(data, PLAN, seed="1", into=tmp_path / "copy") as copy:
        after = table(copy / "flights.csv")
    assert [(r["id"], r["due"]) for r in after] == [(r["id"], r["due"]) for r in before]
    assert Counter((r["late"], r["note"]) for r in after) == Counter((r["late"], r["note"]) for r in before)
    assert [r["late"] for r in after] != [r["late"] for r in before]


def test_a_clock_that_tells_the_outcome_still_does(data: Path, tmp_path: Path) -> None:
    with permuted_copy(data, PLAN, seed="1", into=tmp_path / "copy") as copy:
        rows = table(copy / "flights.csv")
    assert all((minutes(r["arrived"]) - minutes(r["due"]) >= 15) == (r["late"] == "yes") for r in rows)


def test_what_was_entered_twice_keeps_one_outcome(data: Path, tmp_path: Path) -> None:
    with permuted_copy(data, PLAN, seed="1", into=tmp_path / "copy") as copy:
        late = {r["id"]: r["note"] for r in table(copy / "flights.csv")}
    assert all(late[f"a{n}"] == late[f"b{n}"] for n in range(30))


def test_validation_labels_are_dealt_as_well(data: Path, tmp_path: Path) -> None:
    with permuted_copy(data, PLAN, seed="1", into=tmp_path / "copy") as copy:
        labels = [r["label"] for r in table(copy / "validation/labels.csv")]
    assert Counter(labels) == {"0": 30, "1": 30}
    assert labels != [str(n % 2) for n in range(60)]


def test_the_same_seed_deals_the_same_and_another_does_not(data: Path, tmp_path: Path) -> None:
    seen = []
    for seed in ("1", "1", "2"):
        with permuted_copy(data, PLAN, seed=seed, into=tmp_path / "copy") as copy:
            seen.append((copy / "flights.csv").read_bytes())
    assert seen[0] == seen[1] != seen[2]


def test_neither_a_files_time_nor_its_described_digest_tells_a_copy(data: Path, tmp_path: Path) -> None:
    with permuted_copy(data, PLAN, seed="1", into=tmp_path / "copy") as copy:
        told = json.loads((copy / "croissant.json").read_text())["sha256"]
        assert told == hashlib.sha256((copy / "flights.csv").read_bytes()).hexdigest()
        assert (copy / "flights.csv").stat().st_mtime_ns == (data / "flights.csv").stat().st_mtime_ns


def test_the_copy_is_gone_afterwards_and_the_data_are_as_they_were(data: Path, tmp_path: Path) -> None:
    before = (data / "flights.csv").read_bytes()
    with permuted_copy(data, PLAN, seed="1", into=tmp_path / "copy"):
        pass
    assert not (tmp_path / "copy").exists()
    assert (data / "flights.csv").read_bytes() == before


def test_data_that_are_not_as_the_plan_says_are_our_fault(data: Path, tmp_path: Path) -> None:
    other = PLAN.model_copy(update={"moves": {"absent": ""}})
    with pytest.raises(InfraError), permuted_copy(data, other, seed="1", into=tmp_path / "copy"):
        pass
    with pytest.raises(InfraError):
        read_plan(tmp_path)


def test_the_plan_of_an_edition_moves_the_label_and_what_is_known_afterwards() -> None:
    card = DataCard(
        title="t",
        description="d",
        licence="https://l",
        url="https://u",
        cite="c",
        creator="c",
        published="2026-01-01",
    )
    trap = {"table": "flights.csv", "cue": "it is written down later", "where": "flights.csv"}
    about = About(
        dataset="flights", seed=1, table="flights.csv", id="id", label="late", positive="yes",
        keys={"flights.csv": "id"}, clocks={"arrived": "due"}, card=card,
        traps=(
            Trap(name="arrival", kind="post-outcome", column="arrived", **trap),
            Trap(name="miles", kind="units", column="distance", **trap),
        ),
    )  # fmt: skip
    assert plan_of(about).moves == {"late": "", "arrived": "due"}
