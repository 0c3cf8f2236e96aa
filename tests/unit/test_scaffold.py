"""A new assignment runs as it is: it loads, passes the audit, and its starter and reference predict."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import yaml
from sklearn.metrics import roc_auc_score

from graders import REGISTRY
from harness.assignment import load
from harness.audit import Weight, audit
from harness.certify.controls import NEEDED, Kind, controls_of
from harness.errors import UsageError
from harness.exam import Bench
from harness.scaffold import scaffold
from harness.store import Places


def bench_of(root: Path, name: str) -> Bench:
    folder = root / "assignments" / name
    return Bench(load(folder, REGISTRY), folder, REGISTRY, Places(root, root / "home", root / "runs"))


def run(*arguments: str | Path, cwd: Path) -> None:
    done = subprocess.run([sys.executable, *arguments], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_new_assignment_loads_and_has_every_kind_of_control(tmp_path: Path) -> None:
    assignment, dataset = scaffold("loan-default", tmp_path)
    assert (assignment.name, dataset.parent.name) == ("loan-default", "datasets")
    controls = controls_of(bench_of(tmp_path, "loan-default"))
    assert {g.kind for g in controls} >= {*NEEDED, Kind.LEAK, Kind.OVER_ENGINEERED}
    assert all(g.twin == "careful" for g in controls if g.kind is Kind.LEAK)
    assert len(yaml.safe_load((assignment / "questions.yaml").read_text())) >= 5
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and "__slug__" in p.read_text()]


@pytest.mark.parametrize("name", ["Loan", "x", "loan default", "../loan", "9loan"])
def test_a_name_that_is_no_slug_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="is no slug"):
        scaffold(name, tmp_path)


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "datasets" / "loan-default").mkdir(parents=True)
    with pytest.raises(UsageError, match="there is something already"):
        scaffold("loan-default", tmp_path)
    assert not (tmp_path / "assignments").exists()


@pytest.mark.slow
def test_a_new_assignment_passes_the_audit_and_its_code_predicts(tmp_path: Path) -> None:
    assignment, dataset = scaffold("loan-default", tmp_path)
    edition = tmp_path / "edition"
    run(dataset / "generate.py", "--seed", "5", "--out", edition, cwd=tmp_path)
    rows = pd.read_parquet(edition / "sealed/rows.parquet").set_index("id")
    natural = rows.index[rows["role"].eq("natural")]
    reached = {}
    for source in (
        assignment / "starter",
        *(assignment / "submissions" / n for n in ("reference", "baseline")),
    ):
        copy = shutil.copytree(source, tmp_path / source.name)
        run("train.py", "--data", edition / "public", "--model", copy / "m", cwd=copy)
        where = ("--model", copy / "m", "--input", edition / "inputs/all", "--output", copy / "p.csv")
        run("predict.py", *where, cwd=copy)
        predicted = pd.read_csv(copy / "p.csv", dtype={"id": str}).set_index("id")["prediction"]
        reached[source.name] = roc_auc_score(rows.loc[natural, "label"], predicted[natural])
    assert reached["reference"] > reached["baseline"] + 0.05 > reached["starter"]
    # one column is held against what the reference reaches, as `certify` does
    brief = (assignment / "brief.md",)
    found = audit(edition, reference_auc=reached["reference"], handed_out=brief)
    assert found.flaws == ()
    assert [n.column for n in found.noted if n.weight is Weight.FOUND] == ["refund_code"]
