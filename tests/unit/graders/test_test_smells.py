"""C5: a test is worth its worst smell, copies count once, and padding buys nothing."""

from __future__ import annotations

import json

import pytest

from graders.kit.case import function, make_evidence, static, write
from graders.testing import test_smells
from harness.errors import InfraError
from harness.model import AnswerKey, Score, Verdict


def smell(rule: str, test: str = "test_0", line: int = 3) -> dict[str, object]:
    return {
        "path": "tests/test_churn.py", "line": line, "function": test, "rule": rule,
        "message": f"{rule} here",
    }  # fmt: skip


def grade(tmp_path, *smells, report=None, **params) -> Score:
    found = static(test_smells=list(smells)) if report is None else report
    write(tmp_path, "static", "static.json", json.dumps(found))
    key = AnswerKey(root=tmp_path / "no-key-is-needed")
    return test_smells.grade(make_evidence(tmp_path), key, test_smells.TestSmellsParams(**params))


def test_tests_that_say_what_they_seem_to_earn_everything(tmp_path):
    score = grade(tmp_path)
    assert (score.value, score.findings) == (1.0, ())
    assert score.reason == "6 of 6 tests say what they seem to say."


@pytest.mark.parametrize("rule", test_smells.LEFT)
def test_each_smell_costs_its_test_and_is_named_with_file_and_line(tmp_path, rule):
    score = grade(tmp_path, smell(rule))
    assert score.value == pytest.approx((5 + test_smells.LEFT[rule]) / 6, abs=1e-6)
    assert str(score.findings[0].place) == "tests/test_churn.py:3"
    assert score.earn_back == test_smells.FIX[rule]


def test_a_test_with_several_smells_is_worth_its_worst(tmp_path):
    assert (
        grade(tmp_path, smell("sleep"), smell("no-assert")).value == grade(tmp_path, smell("no-assert")).value
    )


def test_a_tautology_alone_is_worth_nothing(tmp_path):
    report = static(tests=4, asserts=0, test_smells=[smell("tautology", f"test_{n}") for n in range(4)])
    assert grade(tmp_path, report=report).value == 0.0


def copies(*, many: int) -> dict[str, object]:
    report = static(tests=3, test_smells=[smell("no-assert", "test_0")])
    good = function("test_good", path="tests/test_churn.py", is_test=True, asserts=2, shape="one")
    report["functions"] += [{**good, "name": f"test_copy_{n}"} for n in range(many)]
    return report


def test_copies_of_a_good_test_do_not_dilute_a_bad_one(tmp_path):
    few, many = (grade(tmp_path, report=copies(many=n)).value for n in (1, 100))
    assert few == many < 1.0


def test_one_good_test_shows_little(tmp_path):
    score = grade(tmp_path, report=static(tests=1))
    assert score.value == pytest.approx(1 / 3, abs=1e-6)
    assert score.findings[0].rule == "few-tests"


def test_without_tests_there_is_nothing_to_earn(tmp_path):
    assert grade(tmp_path, report=static(tests=0)).verdict is Verdict.MISSING


def test_a_rule_that_nobody_knows_costs_nothing(tmp_path):
    assert grade(tmp_path, smell("rule-of-a-later-image")).value == 1.0


def test_a_report_of_an_older_image_is_ours(tmp_path):
    old = static()
    del old["test_smells"]
    with pytest.raises(InfraError, match="did not look at"):
        grade(tmp_path, report=old)
