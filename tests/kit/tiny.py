"""A tiny assignment, whole: two tables, a generator that takes milliseconds, a starter and a brief."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from graders import REGISTRY
from harness.assignment import load
from harness.exam import Bench
from harness.handout import Handout, make_handout, personal
from harness.store import Places

KEY = b"a key of a test, which is long enough"
CANARY = "takehome-canary-of-a-tiny-world"
GENERATE = f"""
import argparse, json, pathlib, random
import pandas as pd
import pyarrow as pa, pyarrow.parquet as pq
arguments = argparse.ArgumentParser()
arguments.add_argument("--seed", type=int)
arguments.add_argument("--out", type=pathlib.Path)
given = arguments.parse_args()
draw = random.Random(given.seed)

def people(many, outcome):
    ids = ["".join(draw.choices("ABCDEFGH", k=8)) + str(n).zfill(3) for n in range(many)]
    age = [draw.randint(18, 90) for _ in ids]
    left = [int(draw.random() < a / 100) for a in age]
    table = pd.DataFrame({{"id": ids, "age": age, "note": [draw.choice(["a", "b, c", ""]) for _ in ids]}})
    visits = pd.DataFrame({{"person": [i for i in ids for _ in range(2)], "day": list(range(2 * many))}})
    return (table.assign(left=left) if outcome else table), visits, left

def write(folder, tables):
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        table.to_csv(folder / name, index=False, lineterminator="\\n")

train, train_visits, _ = people(80, True)
write(given.out / "public", {{"people.csv": train, "visits.csv": train_visits}})
known, known_visits, answers = people(60, False)
shops = pd.DataFrame({{"shop": [1, 2], "town": ["x", "y"]}})
write(given.out / "public", {{"shops.csv": shops}})
labels = pd.DataFrame({{"id": known["id"], "label": answers}})
write(given.out / "public/validation",
      {{"people.csv": known, "visits.csv": known_visits, "shops.csv": shops, "labels.csv": labels}})
(given.out / "public/dictionary.md").write_text("# Words\\n")
hidden, hidden_visits, truth = people(40, False)
for part in ("all", "one", "shuffled"):
    tables = {{"people.csv": hidden, "visits.csv": hidden_visits, "shops.csv": shops}}
    write(given.out / "inputs" / part, tables)
(given.out / "sealed").mkdir()
rows = pa.Table.from_pandas(hidden[["id"]].assign(label=truth), preserve_index=False)
rows = rows.replace_schema_metadata({{"canary": "{CANARY}"}})
pq.write_table(rows, given.out / "sealed/rows.parquet")
(given.out / "sealed/meta.json").write_text(json.dumps({{"seed": given.seed, "canary": "{CANARY}"}}))
(given.out / "about.json").write_text(json.dumps({{
    "table": "people.csv", "id": "id", "label": "left", "positive": "1", "metric": "roc_auc", "group": None,
    "keys": {{"people.csv": "id", "visits.csv": "person"}},
    "traps": [{{"name": "a trap nobody may read of", "kind": "post-outcome"}}], "canaries": ["row canary"]}}))
"""
SPEC: dict[str, Any] = {
    "slug": "tiny-world",
    "title": "A tiny world",
    "version": 3,
    "tracks": ["repo", "notebook"],
    "dataset": {"name": "tiny-world", "seed": 1},
    "anchors": {"baseline": "submissions/baseline", "reference": "submissions/reference"},
    "limits": {"train": {"timeout_s": 60, "memory_mb": 512}},
    "rubric": [
        {"id": "A1", "title": "Right answers", "grader": "hidden_score", "weight": 40},
        {"id": "B1", "title": "Structure", "grader": "structure", "weight": 20},
        {"id": "C1", "title": "Tests", "grader": "tests_run", "weight": 20},
        {"id": "E2", "title": "Claims", "grader": "claims", "weight": 20, "params": {"claim_rows": 672}},
    ],
}
QUESTIONS = [
    {
        "topic": "capacity",
        "ask": ["How many calls can the desk make in a week?", "What is the capacity of the team?"],
        "answer": "Nobody has counted. Assume what you need.",
    },
    {
        "topic": "age",
        "ask": ["Is age in years?", "What does the age column mean?"],
        "answer": "In full years on the day of the export.",
    },
]
BRIEF = "# A tiny world\n\nWho leaves? <script>x</script>\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n"
TOML = """[commands]
train = "python train.py --data {data} --model {model}"
predict = "python predict.py --model {model} --input {input} --output {output}"
test = "python -m pytest"

[claims]
metric = "roc_auc"
value = 0.70
how = "held out"
"""
REPOSITORY = {
    "submission.toml": TOML,
    "train.py": "x = 1\n",
    "predict.py": "x = 2\n",
    "test_it.py": "x = 3\n",
}


def tiny_bench(root: Path, **spec: Any) -> Bench:
    """The assignment laid out below ``root``, and a home beside it; ``spec`` overrides assignment.yaml."""
    world = root / "checkout"
    folder = world / "assignments/tiny-world"
    write(world / "datasets/tiny-world", {"generate.py": GENERATE, "card.md": "# Not for candidates\n"})
    for name in ("baseline", "reference"):
        write(folder / "submissions" / name, {"secret.py": f"# how {name} does it\n"})
    write(folder / "expect", {"reference.yaml": "total: [85, 100]\n"})
    write(folder / "starter", REPOSITORY | {"README.md": "# Starter\n"})
    texts = {"assignment.yaml": SPEC | spec, "questions.yaml": QUESTIONS}
    write(folder, {name: yaml.safe_dump(text) for name, text in texts.items()})
    write(folder, {"brief.md": BRIEF})
    write(world / "docker", {"candidate.lock": "numpy==2.0.0 \\\n    --hash=sha256:0\n"})
    places = Places(root=world, home=root / "home", runs=root / "runs")
    return Bench(load(folder, REGISTRY), folder, REGISTRY, places)


def certified(bench: Bench) -> str:
    """As if the assignment had its certificate."""
    return ""


def tiny_handout(root: Path, candidate: str = "jane", *, zipped: bool = False) -> Handout:
    """A handout of the tiny assignment."""
    bench = personal(tiny_bench(root), candidate, KEY)
    return make_handout(bench, KEY, out=root / "out", zipped=zipped, certified=certified)


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Text files below ``folder``."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
