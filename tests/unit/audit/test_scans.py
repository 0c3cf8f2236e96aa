"""One planted leak of every kind is named; clean data raises nothing; declared traps are found."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from harness.audit import Audit, Weight, audit
from harness.audit.audit import scans
from harness.audit.findings import decide
from harness.audit.laid import read_edition
from harness.audit.traps import Cue, stands_in
from harness.errors import SpecError
from tests.unit.audit.world import World, clean

SEEDS = int(os.environ.get("AUDIT_SEEDS", "100"))
TESTS = 160  # of a whole audit: one scan alone is held to the same limit
Spoil = Callable[[World], object]


def audited(tmp_path: Path, spoil: Spoil = lambda world: None, seed: int = 7) -> Audit:
    world = clean(seed)
    spoil(world)
    return audit(world.write(tmp_path / "edition"))


def told(found: Audit, weight: Weight = Weight.FLAW) -> list[tuple[str, str, str]]:
    return [(n.scan, n.table, n.column) for n in found.noted if n.weight is weight]


def of_label(world: World, make: Callable[[pd.Series], object]) -> None:
    for frame in (world.train, world.validation, world.hidden):
        make(frame)


def strong_column(world: World) -> None:
    rng = np.random.default_rng(0)
    for frame in (world.train, world.validation, world.hidden):
        frame["bonus"] = (frame["truth"] + rng.normal(0, 0.45, len(frame))).round(3)


def strong_kind(world: World) -> None:
    rng = np.random.default_rng(0)
    for frame in (world.train, world.validation, world.hidden):
        flip = rng.random(len(frame)) < 0.08
        frame["desk"] = np.where((frame["truth"] == 1) ^ flip, "north-east", "Far West")


def telling_blanks(world: World) -> None:
    rng = np.random.default_rng(0)
    for frame in (world.train, world.validation, world.hidden):
        said = rng.integers(1, 99, len(frame)).astype(object)
        said[(frame["truth"] == 1) & (rng.random(len(frame)) < 0.9)] = ""
        frame["score"] = said


def after_the_fact(world: World) -> None:
    closed = (world.train["truth"] == 1) & (np.random.default_rng(0).random(len(world.train)) < 0.5)
    world.train["closure"] = np.where(closed, "C7", "")
    world.validation["closure"] = world.hidden["closure"] = ""


def sorted_by_label(world: World) -> None:
    world.train = world.train.sort_values("truth", kind="stable")


def blocks_of_labels(world: World) -> None:
    world.hidden = pd.concat([g for _, g in world.hidden.groupby(["role", "truth"])], ignore_index=True)


def alternating(world: World) -> None:
    order = (
        world.validation["truth"].rank(method="first", ascending=False).where(world.validation["truth"] == 1)
    )
    rank = order.mul(3).fillna(world.validation["truth"].eq(0).cumsum() * 1.4)
    world.validation = world.validation.iloc[np.argsort(rank.to_numpy(), kind="stable")]


def visits_by_label(world: World) -> None:
    label = world.hidden.set_index("id")["truth"]
    visits = world.visits["hidden"]
    world.visits["hidden"] = visits.iloc[np.argsort(-visits["person"].map(label).to_numpy(), kind="stable")]


def rising_ids(world: World) -> None:
    order = world.hidden.sort_values("truth", kind="stable").index
    world.hidden.loc[order, "id"] = [f"ID-{n:06}" for n in range(len(order))]


def prefixed_ids(world: World) -> None:
    world.train["id"] = np.where(world.train["truth"] == 1, "X", "A") + world.train["id"].str[1:]


def hashed_ids(world: World) -> None:
    def fitting(row: pd.Series) -> str:
        candidates = (f"{row['id']}{n}" for n in range(10, 99))
        return next(
            i for i in candidates if int(hashlib.md5(i.encode()).hexdigest()[-8:], 16) % 2 == row["truth"]
        )

    renamed = dict(zip(world.hidden["id"], world.hidden.apply(fitting, axis=1), strict=True))
    world.hidden["id"] = world.hidden["id"].map(renamed)
    world.visits["hidden"]["person"] = world.visits["hidden"]["person"].map(renamed)


def ids_of_roles(world: World) -> None:
    world.hidden["id"] = world.hidden["role"].str[0].str.upper() + world.hidden["id"]


def shared_ids(world: World) -> None:
    world.train.loc[:4, "id"] = world.hidden["id"].to_numpy()[:5]


def telling_seconds(world: World) -> None:
    rng = np.random.default_rng(0)
    for frame in (world.train, world.validation, world.hidden):
        second = np.where(
            frame["truth"] == 1, rng.integers(0, 30, len(frame)), rng.integers(0, 60, len(frame))
        )
        frame["joined"] = [f"{day}T10:15:{s:02}" for day, s in zip(frame["joined"], second, strict=True)]


def copied_rows(world: World) -> None:
    natural = world.hidden[world.hidden["role"] == "natural"].head(60)
    copies = natural.assign(id=[f"COPY{n:05}" for n in range(60)], plan=natural["plan"].str.upper())
    world.train = pd.concat([world.train, copies], ignore_index=True).sample(frac=1, random_state=1)


def lookahead(world: World) -> None:
    world.about["time"] = "joined"
    for part, latest in (("train", 30), ("validation", 0), ("hidden", 0)):
        frame = world.visits[part]
        joined = pd.to_datetime(frame["person"].map(getattr(world, part).set_index("id")["joined"]))
        days = np.random.default_rng(1).integers(-200, latest + 1, len(frame))
        frame["day"] = (joined + pd.to_timedelta(days, "D")).dt.strftime("%Y-%m-%d")


def label_left_over(world: World) -> None:
    world.hidden["left"] = ""


def role_left_over(world: World) -> None:
    world.hidden["batch"] = world.hidden["role"].map({"natural": "7", "stressed": "8"})


@pytest.mark.parametrize(
    ("spoil", "scan", "table", "column"),
    [
        (strong_column, "columns", "public/people.csv", "bonus"),
        (strong_column, "columns", "inputs/all/people.csv", "bonus"),
        (strong_kind, "columns", "public/people.csv", "desk"),
        (telling_blanks, "columns", "public/people.csv", "score"),
        (after_the_fact, "columns", "public/people.csv", "closure"),
        (sorted_by_label, "row order", "public/people.csv", ""),
        (blocks_of_labels, "row order", "inputs/all/people.csv", ""),
        (blocks_of_labels, "row order", "inputs/all/people.csv", "role"),
        (alternating, "row order", "public/validation/people.csv", ""),
        (visits_by_label, "row order", "inputs/all/visits.csv", ""),
        (rising_ids, "ids", "inputs/all/people.csv", "id"),
        (prefixed_ids, "ids", "public/people.csv", "id"),
        (hashed_ids, "ids", "inputs/all/people.csv", "id"),
        (ids_of_roles, "ids and roles", "inputs/all/people.csv", "id"),
        (shared_ids, "ids", "people.csv", "id"),
        (telling_seconds, "times", "public/people.csv", "joined"),
        (copied_rows, "near duplicates", "people.csv", "train/natural"),
        (lookahead, "times", "public/visits.csv", ""),
        (label_left_over, "leftovers", "inputs/all/people.csv", "left"),
        (role_left_over, "leftovers", "inputs/all/people.csv", "batch"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_planted_leak_is_named_with_its_table_and_column(
    tmp_path: Path, spoil: Spoil, scan: str, table: str, column: str
) -> None:
    world = clean(7)
    spoil(world)
    measured = scans(read_edition(world.write(tmp_path / "edition")), None, ())[
        scan.removesuffix(" and roles")
    ]()
    flaws = [n for n in decide(measured, tests=TESTS) if n.weight is Weight.FLAW]
    assert (scan, table, column) in [(n.scan, n.table, n.column) for n in flaws], [str(n) for n in flaws]
    flaw = next(n for n in flaws if (n.scan, n.table, n.column) == (scan, table, column))
    assert flaw.act
    assert flaw.source
    assert flaw.what


def after(tmp_path: Path, change: Callable[[Path], object]) -> list[tuple[str, str, str]]:
    folder = clean(7).write(tmp_path / "edition")
    change(folder)
    return told(audit(folder))


def test_a_sealed_canary_among_the_public_files_is_found(tmp_path: Path) -> None:
    def leak(folder: Path) -> None:
        (folder / "public/notes.md").write_text("see takehome-canary-1f2e3d4c")

    assert after(tmp_path, leak) == [("leftovers", "public/notes.md", "")]


def test_a_seed_in_the_metadata_is_found(tmp_path: Path) -> None:
    def leak(folder: Path) -> None:
        (folder / "public/croissant.json").write_text(json.dumps({"name": "x", "seed": 2026}))

    assert after(tmp_path, leak) == [("leftovers", "public/croissant.json", "")]


def test_parquet_metadata_gzip_headers_links_and_hidden_files_are_found(tmp_path: Path) -> None:
    def leak(folder: Path) -> None:
        table = pa.table({"person": ["x"]}).replace_schema_metadata({"made_by": "seed 5"})
        pq.write_table(table, folder / "public/extra.parquet")
        with gzip.GzipFile(folder / "public/more.csv.gz", "wb", mtime=1_700_000_000) as out:
            out.write(b"id\n")
        (folder / "inputs/all/.labels").write_text("")
        (folder / "inputs/all/link.csv.bak").symlink_to(folder / "sealed/rows.parquet")

    assert {table for scan, table, _ in after(tmp_path, leak) if scan == "files"} == {
        "public/extra.parquet", "public/more.csv.gz", "inputs/all/.labels", "inputs/all/link.csv.bak",
    }  # fmt: skip


def test_an_archive_in_the_order_of_the_labels_is_found(tmp_path: Path) -> None:
    def leak(folder: Path) -> None:
        rows = pd.read_parquet(folder / "sealed/rows.parquet").sort_values("label")
        with zipfile.ZipFile(folder / "inputs/all/scans.zip", "w") as archive:
            for name in rows["id"]:
                archive.writestr(zipfile.ZipInfo(f"{name}.txt"), "x")

    assert after(tmp_path, leak) == [("files", "inputs/all/scans.zip", "")]


def test_times_of_files_that_are_rows_are_held_against_the_label(tmp_path: Path) -> None:
    def leak(folder: Path) -> None:
        (folder / "inputs/all/scans").mkdir()
        for row in pd.read_parquet(folder / "sealed/rows.parquet").itertuples():
            path = folder / "inputs/all/scans" / f"{row.id}.txt"
            path.write_text("x")
            os.utime(path, (1_700_000_000 + row.label, 1_700_000_000 + row.label))

    assert after(tmp_path, leak) == [("files", "inputs/all/scans", "")]


def trap(**changes: object) -> dict[str, object]:
    return {
        "name": "closure", "table": "people.csv", "column": "closure", "kind": "post-outcome",
        "cue": "filled in by the closing desk", "where": "dictionary.md",
    } | changes  # fmt: skip


def with_closure(world: World, **changes: object) -> None:
    after_the_fact(world)
    world.dictionary += "| closure | Filled in by the closing desk. |\n"
    world.about["traps"] = [trap(**changes)]


def test_a_declared_trap_is_found_and_costs_nothing(tmp_path: Path) -> None:
    found = audited(tmp_path, with_closure)
    assert told(found) == []
    assert told(found, Weight.FOUND) == [("traps", "public/people.csv", "closure")]


def test_a_declared_trap_that_is_not_there_is_a_flaw(tmp_path: Path) -> None:
    def idle(world: World) -> None:
        with_closure(world, column="age", cue="The age is in years.")

    assert ("traps", "public/people.csv", "age") in told(audited(tmp_path, idle))


def test_a_trap_without_a_cue_that_can_be_read_is_a_flaw(tmp_path: Path) -> None:
    def silent(world: World) -> None:
        with_closure(world)
        world.dictionary = "# Data dictionary\n"

    found = audited(tmp_path, silent)
    assert told(found) == [("traps", "people.csv", "closure")]
    assert "dictionary.md" in str(found.flaws[0])


def test_copies_in_training_are_a_trap_when_declared_and_advice_when_not(tmp_path: Path) -> None:
    def copies(world: World) -> None:
        some = world.train.head(80).assign(id=[f"AGAIN{n:04}" for n in range(80)])
        world.train = pd.concat([world.train, some], ignore_index=True).sample(frac=1, random_state=2)

    def declared(world: World) -> None:
        copies(world)
        world.about["traps"] = [
            trap(name="copies", column=None, kind="duplicates", cue="The age is in years.")
        ]

    assert told(audited(tmp_path / "a", copies), Weight.ADVICE)[0][0] == "near duplicates"
    assert told(audited(tmp_path / "b", declared), Weight.FOUND) == [("traps", "public/people.csv", "")]


def test_a_trap_in_a_table_that_the_rows_only_refer_to_is_found(tmp_path: Path) -> None:
    """A card is blocked after a fraud: the cards' table has no key of the rows' own."""
    world = clean(7)
    world.about["traps"] = [trap(table="cards.csv", column="status", cue="The age is in years.")]
    world.about["group"] = "card"
    for part in ("train", "validation", "hidden"):
        frame = getattr(world, part)
        frame["card"] = [f"{part}{n // 3}" for n in range(len(frame))]
    folder = world.write(tmp_path / "edition")
    for part, at in (("train", "public"), ("validation", "public/validation"), ("hidden", "inputs/all")):
        frame = getattr(world, part)
        bad = frame.groupby("card")["truth"].max() * (part == "train")
        cards = pd.DataFrame({"card": bad.index, "status": np.where(bad == 1, "blocked", "active")})
        cards.to_csv(folder / at / "cards.csv", index=False)
    found = audit(folder)
    assert ("traps", "public/cards.csv", "status") in told(found, Weight.FOUND), [str(n) for n in found.noted]


@pytest.mark.parametrize("reference_auc", [None, 0.99])
def test_a_strong_honest_column_is_no_leak(tmp_path: Path, reference_auc: float | None) -> None:
    world = clean(3)
    assert audit(world.write(tmp_path / "e"), reference_auc=reference_auc).flaws == ()


def test_a_column_as_good_as_the_reference_is_a_leak(tmp_path: Path) -> None:
    found = audit(clean(3).write(tmp_path / "e"), reference_auc=0.56)
    assert found.flaws == () or all(f.threshold and f.threshold >= 0.55 for f in found.flaws)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("about.json", "about.json: cannot be read"),
        ("sealed/rows.parquet", "rows.parquet: the edition's key is missing"),
        ("public/people.csv", "public/people.csv: absent"),
        ("public/validation/labels.csv", "labels.csv: cannot be read"),
    ],
)
def test_a_missing_file_of_an_edition_is_named_with_the_act(tmp_path: Path, name: str, words: str) -> None:
    folder = clean(7).write(tmp_path / "edition")
    (folder / name).unlink()
    with pytest.raises(SpecError, match=words) as caught:
        audit(folder)
    assert caught.value.hint


def test_about_that_names_no_column_is_refused(tmp_path: Path) -> None:
    def misspelt(world: World) -> None:
        world.about["label"] = "lefft"

    with pytest.raises(SpecError, match="no column 'lefft'"):
        audited(tmp_path, misspelt)


@pytest.mark.parametrize(
    ("cue", "column", "found"),
    [
        ("Filled in by the closing desk.", "closure", Cue.PLAIN),
        ("The closing desk writes it; blank in validation.", "closure", Cue.PLAIN),
        ("The nightly export restarts: lines can stand twice.", "", Cue.PLAIN),
        ("Years of service are not the years of life.", "age", Cue.FAINT),
        ("Parcels arrive on Sundays.", "", Cue.ABSENT),
        ("Parcels arrive on Sundays.", "age", Cue.ABSENT),
    ],
)
def test_a_cue_may_stand_in_other_words(cue: str, column: str, found: Cue) -> None:
    text = (
        "| closure | the closing desk has filled it in, later |\n| age | years |\n\n"
        "The nightly export restarts.\n"
    )
    assert stands_in(cue, text, column) is found


@pytest.mark.slow
def test_clean_data_raises_nothing_in_99_of_100_seeds(tmp_path: Path) -> None:
    alarms = [seed for seed in range(SEEDS) if audit(clean(seed).write(tmp_path / str(seed))).flaws]
    assert len(alarms) <= SEEDS // 100, alarms
