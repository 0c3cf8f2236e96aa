"""operators.py, mutants.py: one mistake in one place, or none; trials.py: what a suite makes of them."""

from __future__ import annotations

import ast
import hashlib
import itertools
import json
import random
import sys
import types
from pathlib import Path

import kinds
import mutants
import operators
import pytest
import suites
import syntax
import table_operators
import trials
import workspace
from hypothesis import given
from hypothesis import strategies as st

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
    return mutants.draw(syntax.sources(tmp_path), random.Random(seed), most=45)


def text_of(mutant: dict[str, object]) -> str:
    (text,) = mutant["sources"].values()  # type: ignore[attr-defined]
    return text


@pytest.mark.parametrize("seed", range(8))
def test_a_neutral_edit_does_what_the_code_did(tmp_path, seed):
    edits = [m for m in drawn(tmp_path, seed=seed) if m["neutral"]]
    assert edits
    for edit in edits:
        assert outcome(text_of(edit)) == outcome(CODE), edit
        assert ast.dump(ast.parse(text_of(edit))) != ast.dump(ast.parse(CODE))


def test_most_mistakes_show_and_each_is_one_place_that_is_named(tmp_path):
    mistakes = [m for m in drawn(tmp_path) if not m["neutral"]]
    shown = 0
    for mistake in mistakes:
        assert mistake["was"] != mistake["now"]
        try:
            shown += outcome(text_of(mistake)) != outcome(CODE)
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
        ("df.dropna()", "df.fillna(0)"),
        ("df.fillna(0)", "df.dropna()"),
        ("scaler.transform(test)", "scaler.fit_transform(test)"),
        ("scaler.fit_transform(x)", "scaler.transform(x)"),
        ("df.sort_values('a', ascending=False)", "df.sort_values('a', ascending=True)"),
        ("df.sum(axis=1)", "df.sum(axis=0)"),
        ("df.groupby(['a', 'b'])", "df.groupby(['a'])"),
        ("df.drop_duplicates(subset=['a', 'b'])", "df.drop_duplicates(subset=['a'])"),
        ("df.drop(columns=['id', 'label'])", "df.drop(columns=['id'])"),
        ("x.astype(float)", "x"),
        ("x.clip(0, 1)", "x"),
        ("np.log1p(x)", "x"),
        ("x.quantile(0.95)", "x.quantile(0.05)"),
        ("chance >= 0.3", "chance >= 0.7"),
        ("x / 100", "x"),
        ("x.map({'yes': 1, 'no': 0})", "x.map({'yes': 1})"),
        ("x.replace(-999, None)", "x"),
        ("'%d/%m/%Y'", "'%m/%d/%Y'"),
        ("pd.to_datetime(x, format='%d/%m/%Y')", "pd.to_datetime(x)"),
        ("pd.concat([a, b])", "pd.concat([b, a])"),
        ("train_test_split(x, random_state=1)", "train_test_split(x)"),
        ("KFold(shuffle=True)", "KFold(shuffle=False)"),
        ("table.drop_nulls()", "table"),
        ("a <= b", "a < b"),
        ("a and b", "a or b"),
        ("not a", "a"),
    ],
)
def test_the_mistakes_that_people_make_with_tables_are_among_them(was, now):
    node = ast.parse(was, mode="eval").body
    made = [new for make in (operators.mistakes, table_operators.mistakes) for _, new in make(node)]
    assert now in [ast.unparse(new) for new in made]


def test_another_layout_other_locals_and_other_functions_leave_the_draw_as_it_is(tmp_path):
    code = """
def price(net, rate):
    gross = net * (1 + rate)
    return max(gross, 0) if net > 5 else -net
"""
    other = """
def size(x):
    return x + 41


def price(net, rate):
    # what a customer pays
    total = (
        net * (1 + rate))
    return max(total, 0) if net > 5 else -net
"""
    found = []
    for name, text in (("a", code), ("b", other)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "shop.py").write_text(text)
        drawn = mutants.draw(mutants_of(tmp_path / name), random.Random(3), most=40)
        own = [m for m in drawn if m["function"] == "price" and not m["neutral"]]
        found.append([(m["operator"], m["now"].replace("total", "gross")) for m in own])
    assert found[0] == found[1]
    assert len(found[0]) > 4


def test_the_same_seed_draws_the_same_and_names_tell_nothing(tmp_path):
    (tmp_path / "model.py").write_text(CODE)
    found = []
    for number, seed in enumerate((1, 1, 2)):
        places = workspace.Places(submission=tmp_path, output=tmp_path / f"out{number}")
        assert mutants.main(["--seed", str(seed), "--draw", str(seed), "--mistakes", "45"], places) == 0
        found.append(json.loads((places.output / "mutants.json").read_text()))
    first, again, other = found
    assert first == again != other
    assert [m["id"] for m in first] == [f"m{n:03}" for n in range(len(first))]


def test_what_the_tests_can_read_does_not_say_which_is_a_mistake(tmp_path):
    (tmp_path / "model.py").write_text(CODE)
    places = workspace.Places(submission=tmp_path, output=tmp_path / "out")
    assert mutants.main(["--seed", "4", "--draw", "4", "--mistakes", "45"], places) == 0
    given = json.loads((tmp_path / "out" / "sources" / "sources.json").read_text())
    known = json.loads((tmp_path / "out" / "mutants.json").read_text())
    assert {frozenset(entry) for entry in given} == {
        frozenset({"id", "file", "line", "whole", "part", "sources"})
    }
    assert not any("sources" in entry for entry in known)
    assert [entry["id"] for entry in given] == [entry["id"] for entry in known]


def test_where_no_mistakes_are_asked_for_the_two_copies_are_all(tmp_path):
    (tmp_path / "model.py").write_text(CODE)
    places = workspace.Places(submission=tmp_path, output=tmp_path / "out")
    assert mutants.main(["--seed", "4", "--draw", "4", "--mistakes", "0"], places) == 0
    found = json.loads((tmp_path / "out" / "mutants.json").read_text())
    assert [entry["whole"] for entry in found] == [True, True]


def test_the_copies_that_are_changed_throughout_come_first_in_an_order_that_tells_nothing(tmp_path):
    (tmp_path / "model.py").write_text(CODE)
    orders = set()
    for seed in range(20):
        pair = mutants.whole(syntax.sources(tmp_path), random.Random(seed))
        orders.add(tuple(entry["neutral"] for entry in pair))
        for entry in pair:
            text = entry["sources"]["model.py"]
            if entry["neutral"]:
                assert outcome(text) == outcome(CODE)
            else:
                with pytest.raises(ArithmeticError):
                    outcome(text)
    assert orders == {(True, False), (False, True)}


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
    assert mutants.main(["--seed", "3", "--draw", "3", "--mistakes", "45"], places) == 0
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


def mutants_of(top: Path) -> list[syntax.Source]:
    return [source for source in syntax.sources(top) if not source.is_test]


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


def test_types_and_what_goes_to_a_log_are_never_changed(tmp_path):
    """No test could notice the first, and none is asked to look at the second."""
    (tmp_path / "model.py").write_text(
        "import logging\nlog = logging.getLogger()\n"
        "def load(path: str | None, more: int | str = 3) -> list[int] | None:\n"
        "    rows: dict[int, str] | None = read(path, 7)\n"
        "    log.info('read %d rows', len(rows) + 1)\n"
        "    logging.basicConfig(level=20, format='x')\n"
        "    print(rows, 5)\n"
        "    return rows\n"
    )
    drawn = mutants.draw(mutants_of(tmp_path), random.Random(1), most=100)
    shown = {(m["operator"], m["was"]) for m in drawn if not m["neutral"]}
    assert any(was == "7" for _, was in shown)
    assert not [s for s in shown if "|" in s[1] or "log" in s[1] or s[1] in {"1", "5", "20"}]


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
