"""Every assignment of the catalogue, handed out for real and searched to the last byte."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from graders import REGISTRY
from harness.assignment import catalogue, load
from harness.dataset import open_edition
from harness.exam import Bench
from harness.handout import make_handout, personal
from harness.store import Places
from tests.kit.tiny import KEY, certified

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=[folder.name for folder in catalogue(ROOT / "assignments")])
def handed_out(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Bench, Path]:
    base = tmp_path_factory.mktemp("catalogue")
    folder = ROOT / "assignments" / request.param
    places = Places(root=ROOT, home=base / "home", runs=base / "runs")
    bench = personal(Bench(load(folder, REGISTRY), folder, REGISTRY, places), "jane-doe", KEY)
    return bench, make_handout(bench, KEY, out=base / "out", zipped=False, certified=certified).path


def test_no_handout_of_the_catalogue_tells_a_secret(handed_out: tuple[Bench, Path]) -> None:
    bench, folder = handed_out
    edition = open_edition(bench.assignment.dataset, bench.places)
    meta = json.loads((edition.sealed / "meta.json").read_text())
    secrets = {str(bench.assignment.dataset.seed), KEY.decode(), str(ROOT), str(meta["canary"])}
    secrets |= {p.read_text() for p in (ROOT / "datasets" / bench.assignment.dataset.name).glob("card.md")}
    hidden = set(pd.read_parquet(edition.sealed / "rows.parquet")["id"])
    golden = {
        p.read_bytes()
        for part in ("submissions", "expect")
        for p in (bench.folder / part).rglob("*")
        if p.is_file()
    }
    golden -= {p.read_bytes() for p in (bench.folder / "starter").rglob("*") if p.is_file()}
    searched = 0
    for path in (p for p in folder.rglob("*") if p.is_file()):
        content = path.read_bytes()
        searched += 1
        assert [secret for secret in secrets if secret.encode() in content] == [], path
        assert not hidden & set(re.findall(r"[\w-]+", content.decode("utf-8", "replace"))), path
        assert content not in golden, path
    assert searched > 15


def test_no_handout_of_the_catalogue_has_a_threshold_or_a_parameter(handed_out: tuple[Bench, Path]) -> None:
    bench, folder = handed_out
    spec = json.loads((folder / ".takehome/check.json").read_text())
    assert set(spec) == {
        "schema_version", "slug", "title", "version", "candidate", "edition", "tracks", "metric", "limits",
        "layout", "graders", "data_digest", "harness", "stages",
    }  # fmt: skip
    params = {name for criterion in bench.assignment.rubric for name in criterion.params if "_" in name}
    own = [
        p
        for p in folder.rglob("*")
        if p.is_file() and not p.relative_to(folder).as_posix().startswith("data/")
    ]
    for path in own:
        assert not params & set(re.findall(r"\w+", path.read_text("utf-8"))), path


def test_no_column_of_the_rows_to_predict_is_the_outcome(handed_out: tuple[Bench, Path]) -> None:
    _, folder = handed_out
    layout = json.loads((folder / ".takehome/check.json").read_text())["layout"]
    for table in (*folder.glob("data/validation/*.csv"), *folder.glob("samples/input/*.csv")):
        if table.name != "labels.csv":
            assert layout["label"] not in table.read_text("utf-8-sig").partition("\n")[0].strip().split(
                ","
            ), table


def test_the_baseline_of_every_assignment_beats_chance(handed_out: tuple[Bench, Path]) -> None:
    _, folder = handed_out
    done = subprocess.run(
        [sys.executable, "baseline.py"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    value = float(re.findall(r"validation rows: ([\d.]+)", done.stdout)[0])
    labels = pd.read_csv(folder / "data/validation/labels.csv")["label"]
    assert value > (0.55 if "roc_auc" in done.stdout else labels.mean())
