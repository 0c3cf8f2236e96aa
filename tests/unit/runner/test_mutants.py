"""operators.py, mutants.py: one mistake in one place, or none."""

from __future__ import annotations

import ast
import json
import random
from pathlib import Path

import mutants
import operators
import pytest
import syntax
import table_operators
import workspace

from tests.unit.runner.example import CODE, mutants_of

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
