"""B2 on what the analyser says: harm costs, the assignment says what its data forbid, padding is idle."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graders.code import ml_smells
from graders.code.smell_rules import COST, RULES, Data
from graders.kit.case import function, make_evidence, static, write
from harness.errors import InfraError
from harness.model import AnswerKey, Score, Severity, Verdict

FIXTURES = Path(__file__).parents[1] / "runner" / "smells"


def smell(rule: str, line: int = 7, **changes) -> dict[str, object]:
    place = {"path": "src/churn.py", "line": line, "cell": None, "function": "train"}
    return place | {"rule": rule, "message": f"{rule} was seen", "used": True} | changes


def grade(tmp_path, *smells, report=None, **params) -> Score:
    found = static(smells=list(smells)) if report is None else report
    write(tmp_path, "static", "static.json", json.dumps(found))
    key = AnswerKey(root=tmp_path / "no-key-is-needed")
    return ml_smells.grade(make_evidence(tmp_path), key, ml_smells.MlSmellsParams(**params))


def test_code_without_smells_earns_everything(tmp_path):
    score = grade(tmp_path)
    assert (score.value, score.findings) == (1.0, ())


def test_every_rule_of_the_analyser_has_a_cost_and_every_cost_a_rule():
    assert set(RULES) - {"random-split-of-unique"} == {folder.name for folder in FIXTURES.iterdir()}


@pytest.mark.parametrize(
    "rule", [name for name, rule in RULES.items() if COST[rule.severity] and not rule.on]
)
def test_a_smell_costs_and_is_named_with_its_place(tmp_path, rule):
    score = grade(tmp_path, smell(rule))
    assert score.value < 1.0
    assert str(score.findings[0].place) == "src/churn.py:7"
    assert score.findings[0].fix in score.earn_back


@pytest.mark.parametrize("rule", [name for name, rule in RULES.items() if rule.on])
def test_what_depends_on_the_data_costs_only_where_the_assignment_says_so(tmp_path, rule):
    assert grade(tmp_path, smell(rule)).value == 1.0
    for data in Data:
        score = grade(tmp_path, smell(rule), **{data.value: True})
        assert (score.value < 1.0) == (data in RULES[rule].on)


def test_an_unpinned_pickle_is_charged_where_dependencies_are_and_not_here(tmp_path):
    assert grade(tmp_path, smell("unpinned-pickle")).value == 1.0


def test_a_leak_costs_more_than_a_habit(tmp_path):
    leak, habit = grade(tmp_path, smell("target-in-features")), grade(tmp_path, smell("row-loop"))
    assert leak.value < habit.value < 1.0
    assert leak.findings[0].severity is Severity.CRITICAL


def test_one_habit_cannot_cost_everything(tmp_path):
    many = grade(tmp_path, *(smell("row-loop", line) for line in range(1, 100)))
    assert many.value == grade(tmp_path, smell("row-loop", 1), smell("row-loop", 2)).value
    assert many.value > 0.85


def test_a_hundred_modules_do_not_make_a_leak_harmless(tmp_path):
    large = [function(f"f{n}", line=n * 25 + 1) for n in range(400)]
    score = grade(tmp_path, report=static(functions=large, smells=[smell("target-in-features")]))
    assert score.value < 0.95


def test_what_nothing_uses_costs_nothing(tmp_path):
    assert grade(tmp_path, smell("target-in-features", used=False)).value == 1.0


def test_what_nothing_uses_earns_nothing(tmp_path):
    unused = [function(f"f{n}", line=n * 25 + 1, used=False) for n in range(10)]
    score = grade(tmp_path, report=static(functions=unused))
    assert score.value == 0.0
    assert score.findings


def test_smells_of_tests_are_not_charged(tmp_path):
    assert grade(tmp_path, smell("warnings-off", path="tests/test_churn.py")).value == 1.0


def test_a_rule_that_nobody_knows_costs_nothing(tmp_path):
    assert grade(tmp_path, smell("rule-of-a-later-image")).value == 1.0


def test_a_notebook_cell_is_named(tmp_path):
    report = static(
        files=[{"path": "a.ipynb", "lines": 90, "kind": "notebook", "parse_error": None}],
        functions=[function("f", path="a.ipynb", statements=60)],
        smells=[smell("nan-comparison", 2, path="a.ipynb", cell=5)],
    )
    assert str(grade(tmp_path, report=report).findings[0].place) == "a.ipynb:2 cell 5"


def test_no_code_is_missing_and_a_report_of_an_older_image_is_ours(tmp_path):
    assert grade(tmp_path, report=static(files=[], functions=[])).verdict is Verdict.MISSING
    old = static()
    del old["smells"]
    with pytest.raises(InfraError, match="did not look at"):
        grade(tmp_path, report=old)
