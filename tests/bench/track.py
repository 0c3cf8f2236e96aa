"""How long MLflow keeps a grade: first open, and each run after it. Prints figures; asserts nothing.

python tests/bench/track.py [RUNS]        SQLite in a fresh folder
python tests/bench/track.py [RUNS] URI    a server that is running
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

from harness.model import Criterion, Ended, Line, Score, Scorecard, StageResult, Track
from harness.track import State, publish

LEAVES = ("A1", "A2", "A3", "B1", "B3", "C1", "E2")
STAGES = (
    "train",
    "predict",
    "predict-one",
    "predict-shuffled",
    "test",
    "test-sabotaged",
    "static",
    "sabotage",
    "mutants",
    "test-mutants",
)


def a_run(folder: Path, number: int) -> Path:
    """A run folder the size of a real one: seven leaves, ten stages, a report of 400 KB."""
    folder.mkdir(parents=True)
    score = Score.graded(0.8, "as measured", measures={f"measure_{n}": n / 7 for n in range(6)})
    lines = tuple(
        Line(
            criterion=Criterion(id=leaf, title="a criterion", grader="any", weight=10),
            weight=10.0,
            score=score,
            points=Decimal("8.00"),
        )
        for leaf in LEAVES
    )
    card = Scorecard(
        assignment="telco-churn",
        assignment_version=1,
        submission=f"{number:064x}",
        track=Track.REPO,
        edition="telco-churn-7",
        lines=lines,
        total=Decimal(80),
        provenance={},
    )
    stages = {
        name: StageResult(
            stage=name, ended=Ended.FINISHED, seconds=3.0, cpu_seconds=2.0, peak_memory_mb=300.0
        )
        for name in STAGES
    }
    evidence = {
        "stages": {name: stage.model_dump(mode="json") for name, stage in stages.items()},
        "sandbox": {},
    }
    (folder / "scorecard.json").write_text(card.model_dump_json())
    (folder / "evidence.json").write_text(json.dumps(evidence))
    (folder / "report.html").write_text("<!doctype html>" + "x" * 400_000)
    (folder / "run.json").write_text(json.dumps({"key": f"bench-{time.time_ns()}", "dataset": "telco-churn"}))
    return folder


def timed_ms(run: Path, home: Path, uri: str | None) -> float:
    """One publish, in milliseconds."""
    start = time.perf_counter()
    outcome = publish(run, home=home, uri=uri)
    took_ms = (time.perf_counter() - start) * 1000
    if outcome.state is not State.DELIVERED:
        raise SystemExit(outcome.sentence)
    return took_ms


def main() -> None:
    """Publish once to open, then RUNS times."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    uri = sys.argv[2] if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        runs = [a_run(home / f"run{number}", number) for number in range(count + 1)]
        start = time.perf_counter()
        from harness.track import _load

        _load()
        imported_ms = (time.perf_counter() - start) * 1000
        first_ms = timed_ms(runs[0], home, uri)
        each_ms = [timed_ms(run, home, uri) for run in runs[1:]]
        again_ms = [timed_ms(run, home, uri) for run in runs[1:]]
    print(f"import mlflow                {imported_ms:8.1f} ms")
    print(f"first open, with one run     {first_ms:8.1f} ms")
    print(f"a run, median of {count:<4}        {statistics.median(each_ms):8.1f} ms")
    print(f"a run, slowest               {max(each_ms):8.1f} ms")
    print(f"an unchanged run again       {statistics.median(again_ms):8.1f} ms")


if __name__ == "__main__":
    main()
