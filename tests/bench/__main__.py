"""Speeds, each as a ratio or against its bar, within one run. `make bench`; never part of the tests.

python -m tests.bench [NAME...]     line, again, regrade, help, container, auc
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from graders import REGISTRY
from graders.statistics import Ranking
from harness import pipeline
from harness.assignment import load
from harness.exam import Bench
from harness.model import Evidence, Limits, Stage, StageResult
from harness.sandbox import DockerSandbox
from harness.store import Places

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "assignments" / "telco-churn"
MODEL_LANE = ("train", "predict", "predict-one", "predict-shuffled")
CODE_LANE = ("static", "sabotage", "test", "test-sabotaged", "mutants", "test-mutants")


class Silent:
    """A Watcher that says nothing."""

    def started(self, stage: str) -> None:
        """Nothing."""

    def ended(self, result: StageResult) -> None:
        """Nothing."""


def seconds(act: Callable[[], object]) -> float:
    """How long ``act`` takes, on the monotonic clock."""
    before = time.monotonic()
    act()
    return time.monotonic() - before


def bench_of(runs: Path) -> Bench:
    """The assignment, with this checkout's editions and keys and run folders of its own."""
    places = Places(root=ROOT, home=ROOT / ".takehome", runs=runs)
    return Bench(load(FOLDER, REGISTRY), FOLDER, REGISTRY, places)


def line() -> list[tuple[str, str, str]]:
    """Harness time on top of the containers' own: the longer lane is the floor."""
    rows = []
    with tempfile.TemporaryDirectory() as text, pipeline.sandbox_of() as sandbox:
        bench = bench_of(Path(text))
        source = FOLDER / "submissions" / "reference"
        pipeline.grade(source, bench, sandbox, Silent())  # edition, key and imports are warm after this
        graded = None
        over, walls = [], []
        for _ in range(3):
            before = time.monotonic()
            graded = pipeline.grade(source, bench, sandbox, Silent(), fresh=True)
            walls.append(time.monotonic() - before)
            over.append(walls[-1] - lane_seconds(Evidence.read(graded.run)))
        wall, extra = statistics.median(walls), statistics.median(over)
        bar = 0.1 * (wall - extra) + 2
        rows.append(
            ("full grade, on top of the containers", f"{extra:.2f} s of {wall:.1f} s", f"<= {bar:.2f} s")
        )
        again = statistics.median(
            seconds(lambda: pipeline.grade(source, bench, sandbox, Silent())) for _ in range(5)
        )
        rows.append(("the same submission again", f"{again:.2f} s", "<= 1 s"))
        assert graded is not None
        one = statistics.median(seconds(lambda: pipeline.regrade(graded.run, bench)) for _ in range(5))
        rows.append(("regrade one run", f"{one:.3f} s; a thousand on two cores {one * 500:.0f} s", "<= 30 s"))
    return rows


def lane_seconds(evidence: Evidence) -> float:
    """Container seconds of the lane that took longer; the tests wait for the model."""
    model = sum(evidence.result(name).seconds for name in MODEL_LANE)
    code = sum(evidence.result(name).seconds for name in CODE_LANE[2:])
    before = max(
        evidence.result("train").seconds, sum(evidence.result(name).seconds for name in CODE_LANE[:2])
    )
    return max(model, before + code)


def help_page() -> list[tuple[str, str, str]]:
    """`takehome --help`, as a whole process."""
    command = [sys.executable, "-m", "harness.cli", "--help"]
    taken = statistics.median(
        seconds(lambda: subprocess.run(command, capture_output=True, check=True, cwd=ROOT)) for _ in range(7)
    )
    return [("takehome --help", f"{taken:.3f} s", "<= 0.2 s")]


def container() -> list[tuple[str, str, str]]:
    """A whole stage that does nothing: create, run, confirm dead, collect, remove."""
    stage = Stage(name="nothing", argv=("true",), limits=Limits(timeout_s=30))
    with tempfile.TemporaryDirectory() as text:
        sandbox = DockerSandbox()
        sandbox.run(stage, Path(text) / "warm")
        taken = [seconds(lambda i=i: sandbox.run(stage, Path(text) / str(i))) for i in range(10)]  # type: ignore[misc]
    return [("an empty container", f"{statistics.median(taken) * 1000:.0f} ms", "")]


def auc() -> list[tuple[str, str, str]]:
    """A million predictions: three metrics on one shared sort against three calls of scikit-learn."""
    from sklearn.metrics import average_precision_score, log_loss, roc_auc_score

    rng = np.random.default_rng(1)
    truth = rng.random(1_000_000) < 0.2
    found = np.clip(truth * 0.2 + rng.random(1_000_000) * 0.8, 1e-6, 1 - 1e-6)

    def ours() -> tuple[float, ...]:
        ranking = Ranking(truth, found)
        return ranking.auc, ranking.average_precision, ranking.log_loss

    def theirs() -> tuple[float, ...]:
        return roc_auc_score(truth, found), average_precision_score(truth, found), log_loss(truth, found)

    gap = max(abs(a - b) for a, b in zip(ours(), theirs(), strict=True))
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(5)]
    ratio = statistics.median(b / a for a, b in pairs)
    error = statistics.median(seconds(lambda: Ranking(truth, found).variance) for _ in range(3))
    return [
        (
            "AUC, AP, log-loss of 1M rows, against scikit-learn",
            f"{ratio:.1f} x, largest gap {gap:.0e}",
            ">= 4 x, 1e-12",
        ),
        ("AUC of 1M rows with its standard error", f"{error:.2f} s", "<= 0.2 s"),
    ]


BENCHES = {"line": line, "help": help_page, "container": container, "auc": auc}


def main() -> None:
    """Run the benches named on the command line, or all of them."""
    table = Table("what", "measured", "bar", box=None)
    for name in sys.argv[1:] or BENCHES:
        for row in BENCHES[name]():
            table.add_row(*row)
    Console().print(table)


if __name__ == "__main__":
    main()
