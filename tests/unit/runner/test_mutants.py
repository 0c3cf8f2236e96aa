"""operators.py, mutants.py: one mistake in one place, or none; trials.py: what a suite makes of them."""

from __future__ import annotations

import ast
import hashlib
import json
import random
import sys
from pathlib import Path

import mutants
import operators
import pytest
import syntax
import trials
import workspace

CODE = '''"""A module."""
import math


def clean(rows, least=1):
    """Rows that count."""
    kept = []
    for row in rows:
        if row > least and row != 9:
            kept.append(round(row * 2.5, 1))
        else:
            kept.append(-row)
    return sorted(kept)


def label(name):
    text = name.strip().lower()
    if text in ("a", "b"):
        return text + "!"
    return None


class Model:
    @property
    def size(self):
        total = 3 + 4
        return math.floor(total / 2)
'''
CALLS = "([clean([1, 2, 5, 9]), clean([0, 3], least=2), label(' A '), label('c'), Model().size])"


def outcome(text: str) -> object:
    space: dict[str, object] = {}
    exec(text, space)
    return eval(CALLS, space)


def drawn(tmp_path: Path, code: str = CODE, seed: int = 1) -> list[dict[str, object]]:
    (tmp_path / "model.py").write_text(code)
    return mutants.draw(syntax.sources(tmp_path), random.Random(seed))


@pytest.mark.parametrize("seed", range(8))
def test_a_neutral_edit_does_what_the_code_did(tmp_path, seed):
    edits = [m for m in drawn(tmp_path, seed=seed) if m["neutral"]]
    assert edits
    for edit in edits:
        assert outcome(edit["source"]) == outcome(CODE), edit
        assert ast.dump(ast.parse(edit["source"])) != ast.dump(ast.parse(CODE))


def test_most_mistakes_show_and_each_is_one_place_that_is_named(tmp_path):
    mistakes = [m for m in drawn(tmp_path) if not m["neutral"]]
    shown = 0
    for mistake in mistakes:
        assert mistake["was"] != mistake["now"]
        try:
            shown += outcome(mistake["source"]) != outcome(CODE)
        except (TypeError, AttributeError, ValueError):
            shown += 1
    assert shown / len(mistakes) > 0.6
    assert {m["function"] for m in mistakes} == {"clean", "label", "Model.size"}
    assert {m["line"] for m in mistakes if m["function"] == "Model.size"} == {25}


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("df.dropna()", "df"),
        ("df.fillna(0)", "df"),
        ("a.merge(b, how='left')", "a.merge(b, how='inner')"),
        ("pd.to_numeric(x, errors='coerce')", "pd.to_numeric(x, errors='raise')"),
        ("train_test_split(x, y, stratify=y)", "train_test_split(x, y)"),
        ("p.predict_proba(x)[:, 1]", "p.predict_proba(x)[:, 0]"),
        ("x.mean()", "x.max()"),
        ("a <= b", "a < b"),
        ("a and b", "a or b"),
        ("not a", "a"),
    ],
)
def test_the_mistakes_that_people_make_with_tables_are_among_them(was, now):
    node = ast.parse(was, mode="eval").body
    assert now in [ast.unparse(new) for _, new in operators.mistakes(node)]


def test_the_same_seed_draws_the_same_and_names_tell_nothing(tmp_path):
    first, again, other = (drawn(tmp_path, seed=seed) for seed in (1, 1, 2))
    assert first == again != other
    assert [m["id"] for m in first] == [f"m{n:03}" for n in range(len(first))]


def test_tests_and_files_that_are_no_python_are_left_alone(tmp_path):
    (tmp_path / "submission" / "tests").mkdir(parents=True)
    for name, text in {
        "tests/helper.py": CODE,
        "test_a.py": CODE,
        "broken.py": "def f(:",
        "a.py": CODE,
    }.items():
        (tmp_path / "submission" / name).write_text(text)
    places = workspace.Places(submission=tmp_path / "submission", output=tmp_path / "out")
    assert mutants.main(["--seed", "3"], places) == 0
    found = json.loads((tmp_path / "out" / "mutants.json").read_text())
    assert {m["file"] for m in found} == {"a.py"}


# ------------------------------------------------------------------------------- trials

GOOD = """from model import clean, label, Model
def test_clean(): assert clean([1, 2, 5, 9]) == [-9, -1, 5.0, 12.5]
def test_least(): assert clean([0, 3], least=2) == [0, 7.5]
def test_label(): assert label(" A ") == "a!" and label("c") is None
def test_size(): assert Model().size == 3
"""
BLIND = "import model\ndef test_clean(): assert model.clean([1]) is not None\n"
WATCHFUL = """import hashlib, model
def test_a(): assert hashlib.sha256(open(model.__file__, 'rb').read()).hexdigest() == '{}'
"""


def tried(
    tmp_path: Path, tests: str, argv: list[str], budget: str = "60", top: str = "."
) -> tuple[dict[str, object], list[list[object]]]:
    places = workspace.Places(
        submission=tmp_path / "s",
        kept=tmp_path / "k",
        data=tmp_path / "d",
        output=tmp_path / "o",
        work=tmp_path / "w",
    )
    for folder in (places.submission, places.output, places.work):
        folder.mkdir()
    (places.submission / top).mkdir(exist_ok=True)
    (places.submission / top / "model.py").write_text(CODE)
    (places.submission / "test_model.py").write_text(tests)
    drawn_here = [
        m for m in mutants.draw(mutants_of(places.submission), random.Random(5)) if m["function"] != "label"
    ]
    (tmp_path / "mutants.json").write_text(json.dumps(drawn_here[:12]))
    assert trials.main(["--budget-s", budget, "--", *argv], places, tmp_path / "mutants.json") == 0
    first, *rest = [json.loads(line) for line in (places.output / "trials.jsonl").read_text().splitlines()]
    neutral = {m["id"]: m["neutral"] for m in drawn_here}
    return first, [[neutral[line["id"]], line["ended"], line["exit"]] for line in rest]


def mutants_of(top: Path) -> list[syntax.Source]:
    return [source for source in syntax.sources(top) if not source.is_test]


PYTEST = [["python", "-m", "pytest"], [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]]


@pytest.mark.parametrize("argv", PYTEST, ids=["in a fork", "started anew"])
def test_a_good_suite_notices_mistakes_and_nothing_else(tmp_path, argv):
    first, lines = tried(tmp_path, GOOD, argv)
    assert first["exit"] == 0
    assert (first["covered"] is None) == (argv[0] == sys.executable)
    assert all(line == [True, "exit", 0] for line in lines if line[0])
    noticed = [line[2] == 1 for line in lines if not line[0]]
    assert sum(noticed) / len(noticed) > 0.5


def test_a_blind_suite_notices_little_and_functions_that_no_test_calls_are_not_tried(tmp_path):
    first, lines = tried(tmp_path, BLIND, PYTEST[0])
    assert first["covered"] == [["model.py", 5]]
    assert sum(line[2] == 1 for line in lines if not line[0]) <= len(lines) / 2


def test_a_suite_that_knows_the_original_by_sight_is_upset_by_edits_that_change_nothing(tmp_path):
    digest = hashlib.sha256(CODE.encode()).hexdigest()
    _, lines = tried(tmp_path, WATCHFUL.replace("{}", digest), PYTEST[1])
    assert [line for line in lines if line[0]]
    assert all(line[1:] == ["exit", 1] for line in lines)


def test_a_project_that_says_where_its_code_lies_finds_it_in_every_trial(tmp_path, monkeypatch):
    """A src layout is on the path by the place where the tests ran: trials run there too."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "w" / "src"))
    tests = GOOD.replace("from model", "import os\nassert os.getcwd().endswith('w')\nfrom model")
    first, lines = tried(tmp_path, tests, PYTEST[1], top="src")
    assert first["exit"] == 0
    assert all(line == [True, "exit", 0] for line in lines if line[0])


def test_tests_that_read_the_code_they_test_are_run_without_listening(tmp_path):
    tests = "import model\ndef test_a(): assert '# why' in open(model.__file__).read() or model.clean([1])\n"
    strict = "import model\ndef test_a(): assert '_takehome' not in open(model.__file__).read()\n"
    first, _ = tried(tmp_path, tests + strict, PYTEST[0])
    assert (first["exit"], first["covered"]) == (0, None)


def test_tests_that_fail_when_they_are_run_again_are_tried_on_nothing(tmp_path):
    first, lines = tried(tmp_path, "def test_a(): assert False\n", PYTEST[0])
    assert (first["exit"], lines) == (1, [])


def test_a_suite_that_never_ends_is_killed_and_the_budget_holds(tmp_path, monkeypatch):
    monkeypatch.setattr(trials, "LEAST_S", 0.5)
    endless = "import model, time\ndef test_a():\n    model.clean([1])\n    time.sleep(600)\n"
    first, lines = tried(tmp_path, endless, PYTEST[0], budget="3")
    assert first["exit"] is None
    assert lines == []
