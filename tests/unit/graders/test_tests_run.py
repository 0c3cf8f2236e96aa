"""C1: green counts only with red on broken code and asserts; the report is a claim."""

from __future__ import annotations

import json

import pytest

from graders.kit.case import good_case, make_evidence, static, write
from graders.kit.case import junit as report
from graders.testing import junit, tests_run
from harness.errors import InfraError
from harness.model import AnswerKey, Ended, Score, Verdict

NAMES = [f"test_{n}" for n in range(6)]
GREEN, RED = dict.fromkeys(NAMES, ""), dict.fromkeys(NAMES, "failure")


def grade(tmp_path, *, code=None, real=GREEN, broken=RED, ended=None) -> Score:
    write(tmp_path, "static", "static.json", json.dumps(code or static()))
    for stage, cases in (("test", real), ("test-sabotaged", broken)):
        if cases is not None:
            write(tmp_path, stage, "junit.xml", cases if isinstance(cases, str | bytes) else report(cases))
    evidence = make_evidence(tmp_path, ended=ended)
    return tests_run.grade(evidence, AnswerKey(root=tmp_path), tests_run.TestsRunParams())


def test_green_on_the_code_and_red_on_broken_code_earns_everything(tmp_path):
    score = grade(tmp_path)
    assert (score.value, score.findings, score.suspicious) == (1.0, (), "")


def test_a_suite_that_stays_green_on_broken_code_earns_nothing_and_a_person_must_look(tmp_path):
    score = grade(tmp_path, broken=GREEN, ended={"test-sabotaged": Ended.FINISHED})
    assert score.value == 0.0
    assert "check nothing" in score.reason
    assert "6 tests are claimed" in score.suspicious


def test_a_handful_of_empty_tests_earns_nothing_without_suspicion(tmp_path):
    two = dict.fromkeys(NAMES[:2], "")
    score = grade(
        tmp_path, code=static(tests=2), real=two, broken=two, ended={"test-sabotaged": Ended.FINISHED}
    )
    assert (score.value, score.suspicious) == (0.0, "")


def test_a_run_that_forces_success_over_its_own_failures_must_be_looked_at(tmp_path):
    score = grade(tmp_path, real=GREEN | {"test_0": "failure"})
    assert "1 failing" in score.suspicious
    assert score.value == pytest.approx(5 / 6)


@pytest.mark.parametrize("state", ["failure", "error", "skipped"])
def test_what_is_not_a_pass_is_not_green_and_xfail_is_a_skip(tmp_path, state):
    ended = {"test": Ended.FINISHED if state == "skipped" else Ended.FAILED}
    score = grade(tmp_path, real=GREEN | {"test_1": state, "test_2": state}, ended=ended)
    assert score.value == pytest.approx(4 / 6)
    assert {f.rule for f in score.findings} == {f"test-{state}"}


def test_tests_that_were_not_collected_are_not_green(tmp_path):
    score = grade(tmp_path, real=dict.fromkeys(NAMES[:3], ""), broken=dict.fromkeys(NAMES[:3], "failure"))
    assert score.value == pytest.approx(0.5)
    assert "3 test functions in the files were not run" in score.findings[0].what


def test_a_parametrised_test_is_one_test_and_passes_only_if_every_case_does(tmp_path):
    cases = {f"test_0[{n}]": "" for n in range(50)} | dict.fromkeys(NAMES[1:], "")
    broken = dict.fromkeys(cases, "failure")
    assert grade(tmp_path, real=cases, broken=broken).value == 1.0
    worse = cases | {"test_0[7]": "failure"}
    assert grade(tmp_path, real=worse, broken=broken, ended={"test": Ended.FAILED}).value == pytest.approx(
        5 / 6
    )


def test_tests_that_pass_on_broken_code_are_named_one_by_one(tmp_path):
    score = grade(tmp_path, broken=RED | {"test_0": "", "test_1": ""})
    assert score.value == pytest.approx(4 / 6)
    assert [f.rule for f in score.findings] == ["checks-nothing", "checks-nothing"]


def test_tests_without_asserts_cost_their_share(tmp_path):
    code = static()
    for entry in code["functions"][-3:]:
        entry["asserts"] = 0
    score = grade(tmp_path, code=code)
    assert score.value == pytest.approx(0.5 * 3 / 5)
    assert str(score.findings[0].place) == "tests/test_churn.py:31"


def test_one_good_test_is_a_fifth_of_enough(tmp_path):
    score = grade(tmp_path, code=static(tests=1), real={"test_0": ""}, broken={"test_0": "failure"})
    assert score.value == pytest.approx(0.2)


def test_no_tests_in_the_files_is_missing_whatever_the_report_claims(tmp_path):
    score = grade(tmp_path, code=static(tests=0), real=dict.fromkeys(map(str, range(1000)), ""))
    assert score.verdict is Verdict.MISSING
    assert "No tests" in score.reason
    assert "1000 passing" in score.suspicious


def test_tests_without_a_command_are_missing_and_told_how_to_name_it(tmp_path):
    score = grade(tmp_path, real=None, broken=None, ended={"test": Ended.SKIPPED})
    assert score.verdict is Verdict.MISSING
    assert "submission.toml" in score.findings[0].fix


def test_a_runner_that_leaves_no_report_earns_a_part(tmp_path):
    score = grade(tmp_path, real=None, broken=None)
    assert score.value == pytest.approx(0.7)
    assert "pytest" in score.earn_back


def test_a_run_that_failed_and_left_no_report_earns_nothing(tmp_path):
    score = grade(tmp_path, real=None, broken=None, ended={"test": Ended.TIMEOUT})
    assert score.value == 0.0
    assert score.findings


def test_a_green_report_of_a_run_that_failed_is_believed_by_half(tmp_path):
    score = grade(tmp_path, ended={"test": Ended.FAILED, "test-sabotaged": Ended.SKIPPED}, broken=None)
    assert score.value == pytest.approx(0.5 * 0.5)


def test_when_red_tests_are_not_tried_on_broken_code_half_of_what_passes_counts(tmp_path):
    real = GREEN | {"test_0": "failure"}
    score = grade(
        tmp_path, real=real, broken=None, ended={"test": Ended.FAILED, "test-sabotaged": Ended.SKIPPED}
    )
    assert score.value == pytest.approx(5 / 6 * 0.5)


def test_broken_code_that_was_never_tried_after_a_green_run_is_our_fault(tmp_path):
    with pytest.raises(InfraError, match="not tried"):
        grade(tmp_path, broken=None, ended={"test-sabotaged": Ended.SKIPPED})


def test_a_timeout_on_broken_code_is_unknown_and_no_proof(tmp_path):
    assert grade(tmp_path, broken=None, ended={"test-sabotaged": Ended.TIMEOUT}).value == pytest.approx(0.5)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PASSED",
        b"<html/>",
        b"\xff\xfe<\0",
        b'<!DOCTYPE a [<!ENTITY b "c">]><testsuites/>',
        b"<testsuites><!-- x --></testsuites>",
        b"<testsuites><testcase/>",
        b"<testsuites>" + b"<testcase/>" * 20_001 + b"</testsuites>",
        b"<testsuites>" + b" " * (8 * 2**20) + b"</testsuites>",
    ],
)
def test_garbage_is_no_claim(data):
    assert junit.parse(data) is None


def test_an_entity_bomb_is_refused_before_it_is_parsed():
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "ha">{entities}]><testsuites><testcase name="&l9;"/></testsuites>'
    assert junit.parse(bomb.encode()) is None


def test_a_very_deep_report_is_read_or_refused_and_kills_nobody():
    deep = b"<testsuites>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</testsuites>"
    claim = junit.parse(deep)
    assert claim is None or claim.functions == 0


def in_orders(tmp_path, *failed, ended="exit", code=1) -> Score:
    good = good_case(tmp_path, tests_run.TestsRunParams())
    path = good.evidence.root / "test-mutants" / "trials.jsonl"
    line = {"id": "order-2", "ended": ended, "exit": code, "seconds": 1.0, "failed": list(failed), "tests": 6}
    path.write_text(path.read_text() + json.dumps(line) + "\n")
    return tests_run.grade(good.evidence, good.key, tests_run.TestsRunParams())


def test_a_test_that_fails_in_another_order_is_named_and_costs_twice_its_share(tmp_path):
    score = in_orders(tmp_path / "leaning", "tests/test_churn.py::test_3")
    whole = in_orders(tmp_path / "good", code=0)
    assert whole.value == 1.0
    assert score.measures["ordered"] == pytest.approx(1 - tests_run.DISORDER / len(NAMES))
    assert score.value == pytest.approx(score.measures["ordered"], abs=1e-6)
    assert [f.rule for f in score.findings] == ["order-dependent"]
    assert "tests/test_churn.py::test_3" in score.findings[0].what
    assert "fixture" in score.earn_back


def test_tests_that_all_lean_on_one_another_keep_half(tmp_path):
    score = in_orders(tmp_path, *(f"tests/test_churn.py::test_{n}" for n in range(50)))
    assert score.measures["ordered"] == tests_run.LEAST_ORDERED


@pytest.mark.parametrize(("ended", "code"), [("timeout", None), ("signal", None), ("exit", 3), ("exit", 0)])
def test_an_order_that_came_to_no_end_shows_nothing(tmp_path, ended, code):
    score = in_orders(tmp_path, "tests/test_churn.py::test_3", ended=ended, code=code)
    assert "ordered" not in score.measures
