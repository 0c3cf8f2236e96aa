"""trials.py, suites.py: what a suite makes of mistakes, of edits that change nothing, of another order."""

from __future__ import annotations

import hashlib
import itertools
import json
import random
import sys
import types
from pathlib import Path

import kinds
import mutants
import pytest
import suites
import syntax
import trials
import workspace
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.runner.example import CODE, mutants_of

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
    tmp_path: Path,
    tests: str,
    argv: list[str],
    budget: str = "60",
    limit: str = "60",
    most: str = "100",
    top: str = ".",
    parts: tuple[dict[str, object], ...] = (),
) -> tuple[dict[str, object], list[list[object]], dict[bool, dict[str, object]]]:
    places = workspace.Places(
        submission=tmp_path / "s",
        kept=tmp_path / "k",
        data=tmp_path / "d",
        output=tmp_path / "o",
        work=tmp_path / "w",
    )
    for folder in (places.submission, places.output, places.work):
        folder.mkdir(parents=True)
    (places.submission / top).mkdir(exist_ok=True)
    (places.submission / top / "model.py").write_text(CODE)
    (places.submission / "test_model.py").write_text(tests)
    found, rng = syntax.sources(places.submission), random.Random(5)
    drawn = [m for m in mutants.draw(mutants_of(places.submission), rng, most=45) if m["function"] != "label"]
    neutral = [m for m in drawn if m["neutral"]]
    single = [*[m for m in drawn if not m["neutral"]][: 12 - len(neutral)], *neutral]
    entries = [m | {"id": f"m{n:03}"} for n, m in enumerate([*mutants.whole(found, rng), *single, *parts])]
    (tmp_path / "sources.json").write_text(json.dumps(entries))
    words = ["--most", most, "--budget-s", budget, "--parts-s", budget, "--limit-s", limit, "--", *argv]
    assert trials.main(words, places, tmp_path / "sources.json") == 0
    first, *rest = [json.loads(line) for line in (places.output / "trials.jsonl").read_text().splitlines()]
    rest = [line for line in rest if not line["id"].startswith("order-")]
    known = {m["id"]: m for m in entries}
    whole = {known[line["id"]]["neutral"]: line for line in rest if known[line["id"]]["whole"]}
    lines = [line for line in rest if not known[line["id"]]["whole"]]
    told = [[known[line["id"]]["neutral"], line["ended"], line["exit"]] for line in lines]
    return first, told, whole


PYTEST = [["python", "-m", "pytest"], [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]]


@pytest.mark.parametrize("argv", PYTEST, ids=["in a fork", "started anew"])
def test_a_good_suite_notices_mistakes_and_nothing_else(tmp_path, argv):
    first, lines, whole = tried(tmp_path, GOOD, argv)
    assert first["exit"] == 0
    assert (first["covered"] is None) == (argv[0] == sys.executable)
    assert all(line == [True, "exit", 0] for line in lines if line[0])
    noticed = [line[2] == 1 for line in lines if not line[0]]
    assert sum(noticed) / len(noticed) > 0.5
    assert (whole[True]["exit"], whole[False]["exit"]) == (0, 1)
    if first["covered"] is not None:
        assert (len(whole[False]["failed"]), whole[False]["tests"], whole[True]["failed"]) == (4, 4, [])


def test_a_blind_suite_notices_little_and_functions_that_no_test_calls_are_not_tried(tmp_path):
    first, lines, _whole = tried(tmp_path, BLIND, PYTEST[0])
    assert first["covered"] == [["model.py", 5]]
    assert sum(line[2] == 1 for line in lines if not line[0]) <= len(lines) / 2


LEANING = """import model
SEEN = []
def test_clean(): SEEN.append(1); assert model.clean([1])
def test_label(): assert model.label("c") is None
def test_after(): assert SEEN == [1]
"""


def orders_of(tmp_path: Path) -> list[dict[str, object]]:
    lines = [json.loads(line) for line in (tmp_path / "o" / "trials.jsonl").read_text().splitlines()]
    return [line for line in lines if str(line.get("id", "")).startswith("order-")]


def test_a_suite_is_run_in_three_other_orders_and_what_leans_on_another_test_is_named(tmp_path):
    tried(tmp_path, LEANING, PYTEST[0])
    found = orders_of(tmp_path)
    assert [line["id"] for line in found] == ["order-1", "order-2", "order-3"]
    assert found[0]["failed"] == ["test_model.py::test_after"]
    assert {name for line in found for name in line["failed"]} == {"test_model.py::test_after"}


def test_a_good_suite_passes_in_every_order(tmp_path):
    tried(tmp_path, GOOD, PYTEST[0])
    assert [(line["exit"], line["failed"]) for line in orders_of(tmp_path)] == [(0, [])] * 3


def test_only_pytest_is_asked_for_another_order(tmp_path):
    tried(tmp_path, LEANING, PYTEST[1])
    assert orders_of(tmp_path) == []


def test_a_slow_suite_is_run_in_one_other_order(tmp_path, monkeypatch):
    monkeypatch.setattr(trials, "ORDERS_S", 0.0)
    tried(tmp_path, GOOD, PYTEST[0])
    assert [line["id"] for line in orders_of(tmp_path)] == ["order-1"]


@given(
    st.integers(0, 50),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 9)), max_size=40),
)
def test_every_order_has_the_same_tests_and_keeps_files_and_classes_together(order, drawn):
    names = [f"t{f}.py::{f'C{c}::' if c else ''}test_{n}" for f, c, n in dict.fromkeys(drawn)]
    grouped = sorted(names, key=lambda n: (n.split("::")[0], n.split("::")[1] if n.count("::") == 2 else ""))
    items = [types.SimpleNamespace(nodeid=name) for name in grouped]
    shuffled = [item.nodeid for item in suites.ordered(items, order)]
    assert sorted(shuffled) == sorted(grouped)
    assert shuffled == [item.nodeid for item in suites.ordered(items, order)]
    for depth in (1, 2):
        heads = [tuple(n.split("::")[:depth]) for n in shuffled if n.count("::") >= depth]
        if depth == 2:
            heads = [h for h in heads if h[1].startswith("C")]
        together = [head for head, _ in itertools.groupby(heads)]
        assert len(together) == len(set(together))


def test_a_suite_that_knows_the_original_by_sight_is_upset_by_edits_that_change_nothing(tmp_path):
    digest = hashlib.sha256(CODE.encode()).hexdigest()
    _, lines, whole = tried(tmp_path, WATCHFUL.replace("{}", digest), PYTEST[1])
    assert [line for line in lines if line[0]]
    assert all(line[1:] == ["exit", 1] for line in lines)
    assert whole[True]["exit"] == whole[False]["exit"] == 1


def test_a_test_that_looks_at_how_the_code_is_written_does_not_hide_what_the_others_notice(tmp_path):
    """Such as a linter that is run as a test: it is red on every change, and says so of itself only."""
    linter = "import model\ndef test_style(): assert '; ' not in open(model.__file__).read()"
    _first, lines, whole = tried(tmp_path, f"{GOOD}{linter}\n", PYTEST[0])
    assert whole[True]["failed"] == ["test_model.py::test_style"]
    assert (len(whole[False]["failed"]), whole[True]["tests"]) == (5, 5)
    assert all(line == [True, "exit", 0] for line in lines if line[0])


def test_a_project_that_says_where_its_code_lies_finds_it_in_every_trial(tmp_path, monkeypatch):
    """A src layout is on the path by the place where the tests ran: trials run there too."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "w" / "src"))
    tests = GOOD.replace("from model", "import os\nassert os.getcwd().endswith('w')\nfrom model")
    first, lines, _whole = tried(tmp_path, tests, PYTEST[1], top="src")
    assert first["exit"] == 0
    assert all(line == [True, "exit", 0] for line in lines if line[0])


def test_tests_that_read_the_code_they_test_are_run_without_listening(tmp_path):
    tests = "import model\ndef test_a(): assert '# why' in open(model.__file__).read() or model.clean([1])\n"
    strict = "import model\ndef test_a(): assert '_takehome' not in open(model.__file__).read()\n"
    first, _, _ = tried(tmp_path, tests + strict, PYTEST[0])
    assert (first["exit"], first["covered"]) == (0, None)


def test_tests_that_fail_when_they_are_run_again_are_tried_on_nothing(tmp_path):
    first, lines, whole = tried(tmp_path, "def test_a(): assert False\n", PYTEST[0])
    assert (first["exit"], lines, whole) == (1, [], {})


def test_a_suite_that_never_ends_is_killed_and_the_budget_holds(tmp_path, monkeypatch):
    monkeypatch.setattr(trials, "LEAST_S", 0.5)
    endless = "import model, time\ndef test_a():\n    model.clean([1])\n    time.sleep(600)\n"
    first, lines, whole = tried(tmp_path, endless, PYTEST[0], budget="3", limit="2")
    assert first["exit"] is None
    assert (lines, whole) == ([], {})


def test_copies_in_which_one_kind_of_code_fails_say_which_tests_run_it(tmp_path):
    """They come last, while there is time; the tests that fail are named."""
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "model.py").write_text(CODE)
    sources = syntax.sources(tmp_path / "one")
    copies = mutants.parts(sources, kinds.of(sources), random.Random(2))
    assert {"".join(copy["kinds"]) for copy in copies} == {"data", ""}
    _, _, _ = tried(tmp_path, GOOD, PYTEST[0], parts=tuple(copies))
    lines = [json.loads(line) for line in (tmp_path / "o" / "trials.jsonl").read_text().splitlines()]
    seen = {"".join(copy["kinds"]): line for copy, line in zip(copies, lines[-2:], strict=True)}
    assert seen["data"]["failed"] == ["test_model.py::test_label"]
    assert (seen[""]["exit"], seen[""]["failed"]) == (0, [])


def test_whether_a_test_failed_by_its_assertion_is_taken_down(tmp_path):
    _, _, _ = tried(tmp_path, GOOD, PYTEST[0])
    lines = [json.loads(line) for line in (tmp_path / "o" / "trials.jsonl").read_text().splitlines()]
    assert {line["how"] for line in lines if "how" in line and line["exit"] == 1} >= {"assertion"}
    assert {line["how"] for line in lines if "how" in line and line["exit"] == 0} == {None}


def test_as_many_are_tried_as_were_asked_for_whatever_the_time(tmp_path):
    """Two runs of one submission try the same, on a quick machine and a slow one."""
    _, all_of_them, _ = tried(tmp_path / "all", GOOD, PYTEST[0])
    _, first_two, _ = tried(tmp_path / "two", GOOD, PYTEST[0], most="2")
    assert len(all_of_them) > 2
    assert first_two == all_of_them[:2]


def test_the_copies_changed_throughout_are_tried_whatever_the_budget(tmp_path):
    """Slow tests would otherwise be believed for being slow."""
    slow = f"import time\nimport model\ndef setup_module(): time.sleep(1)\n{GOOD}"
    _, lines, whole = tried(tmp_path, slow, PYTEST[0], budget="0")
    assert lines == []
    assert (whole[True]["exit"], whole[False]["exit"]) == (0, 1)
