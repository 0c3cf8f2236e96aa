"""An assignment on disk whose controls predict as a word in them says, in a scripted sandbox."""

from __future__ import annotations

import atexit
import io
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from graders import REGISTRY
from harness.assignment import load
from harness.collect import Watcher
from harness.exam import Bench
from harness.model import Ended, Stage, StageResult
from harness.sandbox.fake import FakeSandbox, Scripted
from harness.store import Places

EDITIONS = Path(tempfile.mkdtemp(prefix="takehome-test-editions-"))
atexit.register(shutil.rmtree, EDITIONS, ignore_errors=True)
ROOT = Path(__file__).resolve().parents[3]
GENERATE = f"""
import argparse, pathlib, sys
sys.path.insert(0, {str(ROOT)!r})
from tests.unit.audit.world import clean
arguments = argparse.ArgumentParser()
arguments.add_argument("--seed", type=int)
arguments.add_argument("--out", type=pathlib.Path)
given = arguments.parse_args()
world = clean(given.seed, train=600, natural=4500, stressed=3000)
# spoil here
world.write(given.out)
"""
SPEC: dict[str, Any] = {
    "slug": "leavers", "title": "Who leaves?", "version": 1, "tracks": ["repo"],
    "dataset": {"name": "leavers", "seed": 1},
    "anchors": {"baseline": "submissions/baseline", "reference": "submissions/reference"},
    "rubric": [
        {"id": "A1", "title": "Ranks new people well", "grader": "hidden_score", "weight": 70},
        {"id": "A2", "title": "Holds on messier data", "grader": "stressed_score", "weight": 30},
    ],
}  # fmt: skip
# name -> (kind, how it predicts)
CONTROLS: dict[str, tuple[str, str]] = {
    "reference": ("reference", "all"),
    "careful": ("careful", "age days calls"),
    "baseline": ("baseline", "calls"),
    "naive": ("naive", "plan"),
    "huge": ("over-engineered", "all"),
    "constant": ("near-miss", ""),
    "forger": ("cheat", ""),
    "broken": ("broken", "fails"),
}


def logit(people: pd.DataFrame, used: str) -> np.ndarray:
    """What the world draws the label from, as far as ``used`` names it."""
    days = pd.to_numeric(people["days"], errors="coerce").fillna(300.0)
    terms = {
        "age": 0.03 * (people["age"] - 50),
        "plan": 0.5 * people["plan"].str.strip().str.lower().eq("basic"),
        "days": -0.002 * (days - 300),
        "calls": 0.3 * (people["calls"] - 2),
    }
    return sum(
        (t.to_numpy() for n, t in terms.items() if used == "all" or n in used.split()), np.zeros(len(people))
    )


def predicts(stage: Stage) -> Scripted:
    """Predictions by the word that stands in the submission's model.txt."""
    at = {mount.target: mount.source for mount in stage.mounts}
    used = (at["/submission"] / "model.txt").read_text()
    if used == "fails":
        return Scripted(ended=Ended.FAILED, tail="KeyError")
    people = pd.read_csv(at["/input"] / "people.csv", dtype={"id": str})
    chance = 1.0 / (1.0 + np.exp(-logit(people, used)))
    out = io.StringIO()
    pd.DataFrame({"id": people["id"], "prediction": chance}).to_csv(out, index=False)
    return Scripted(files={"predictions.csv": out.getvalue().encode()})


def fake(**changes: Any) -> FakeSandbox:
    script: dict[str, Any] = {
        "train": Scripted(files={"model/m": b"1"}),
        "predict": predicts,
        "predict-one": predicts,
        "predict-shuffled": predicts,
        "static": Scripted(files={"static.json": b"{}"}),
    }
    return FakeSandbox(script | changes)


class Silent:
    """A Desk, and the Watcher of its steps. ``titles``: what was done."""

    def __init__(self) -> None:
        self.titles: list[str] = []

    @contextmanager
    def step(self, title: str) -> Iterator[Watcher]:
        self.titles.append(title)
        yield self

    def started(self, stage: str) -> None:
        pass

    def ended(self, result: StageResult) -> None:
        pass


def laid_out(
    home: Path, *, spoil: str = "", spec: Mapping[str, Any] | None = None, **controls: tuple[str, str]
) -> Bench:
    """The assignment below ``home``. ``spoil``: a line of Python on ``world`` before it is written."""
    root = home / "root"
    folder = root / "assignments" / "leavers"
    write(root / "datasets/leavers" / "generate.py", GENERATE.replace("# spoil here", spoil))
    write(root / "docker" / "candidate.lock", "numpy==2.0.0 \\\n    --hash=sha256:0\n")
    write(folder / "assignment.yaml", yaml.safe_dump(SPEC | dict(spec or {})))
    for name, (kind, used) in (CONTROLS | controls).items():
        for file, text in {"train.py": "pass\n", "predict.py": f"# {name}\n", "model.txt": used}.items():
            write(folder / "submissions" / name / file, text)
        write(folder / "expect" / f"{name}.yaml", yaml.safe_dump({"total": [0, 100], "control": kind}))
    places = Places(root=root, home=home / "home", runs=home / "runs")
    if not spoil:  # the same bytes for every test: generated once
        places.home.mkdir(parents=True, exist_ok=True)
        EDITIONS.mkdir(exist_ok=True)
        (places.home / "editions").symlink_to(EDITIONS)
    return Bench(load(folder, REGISTRY), folder, REGISTRY, places)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
