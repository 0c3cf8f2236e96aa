"""The candidate's way on a real engine: unzip the handout, check the starter and whole submissions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from graders import REGISTRY
from harness.assignment import load
from harness.exam import Bench
from harness.handout import make_handout, personal
from harness.store import Places
from tests.golden.conftest import ASSIGNMENTS, ROOT
from tests.kit.tiny import KEY, certified

pytestmark = pytest.mark.docker
HANGS_S = 300  # measured: 25 s on two free cores, 45 s on busy ones; no test of ours is a stop-watch


@pytest.fixture(scope="module")
def unzipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("home")
    places = Places(root=ROOT, home=base / "company", runs=base / "runs")
    folder = ASSIGNMENTS / "telco-churn"
    bench = personal(Bench(load(folder, REGISTRY), folder, REGISTRY, places), "jane-doe", KEY)
    archive = make_handout(bench, KEY, out=base / "mail", zipped=True, certified=certified).path
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(base / "desk")
    return base / "desk" / archive.stem


def at_home(unzipped: Path, source: Path) -> tuple[int, dict[str, str], float, str]:
    """Exit code, state by phase, seconds and what was shown, on a machine without any assignments of ours."""
    nothing = unzipped.parent / "nothing-of-ours"
    nothing.mkdir(exist_ok=True)
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "harness.cli", "check", str(source), "--data", str(unzipped), "--json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={
            **os.environ,
            "TAKEHOME_ROOT": str(nothing),
            "TAKEHOME_HOME": str(nothing / "home"),
            "COLUMNS": "150",
        },
    )
    assert done.returncode in (0, 5), done.stderr
    states = {phase["name"]: phase["state"] for phase in json.loads(done.stdout)["phases"]}
    return done.returncode, states, time.monotonic() - started, done.stderr


def test_from_unzip_to_check_the_starter_runs(unzipped: Path) -> None:
    code, states, seconds, told = at_home(unzipped, unzipped / "starter")
    print(f"{seconds:.1f} s, exit code {code}\n{told}")
    for phase in (
        "commands found",
        "dependencies",
        "train",
        "predict",
        "predictions file",
        "one row alone, other order",
    ):
        assert states[phase] == "ok", told
    assert seconds < HANGS_S
    assert not (unzipped.parent / "nothing-of-ours" / "home").exists()


def test_what_grades_well_checks_well(unzipped: Path) -> None:
    code, states, seconds, told = at_home(unzipped, ASSIGNMENTS / "telco-churn/submissions/reference")
    print(f"{seconds:.1f} s, exit code {code}\n{told}")
    assert set(states.values()) == {"ok"}, told
    assert code == 0


def test_what_cannot_run_is_told_at_its_phase(unzipped: Path) -> None:
    code, states, _, told = at_home(unzipped, ASSIGNMENTS / "telco-churn/submissions/broken")
    print(told)
    assert code == 5
    assert "fails" in states.values(), told
