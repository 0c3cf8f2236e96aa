"""C2, and C1 beside it: noticed mistakes earn, and knowing the original by sight does not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.kit.case import junit, make_evidence, some_mutants, static, trials, write
from graders.testing import mutation, tests_run
from harness.errors import InfraError
from harness.model import AnswerKey, Ended, Score, Verdict

KEY_IS_NOT_READ = "no-key-is-needed"


def grade(folder, codes, module=mutation, *, whole=(1, 0), covered=None, **static_report) -> Score:
    """``codes``: of ten mistakes and four neutral edits; ``whole``: every function fails, or none does."""
    mutants = some_mutants()
    write(folder, "mutants", "mutants.json", json.dumps(mutants))
    named = dict(zip((m["id"] for m in mutants), (*whole, *codes), strict=False))
    write(folder, "test-mutants", "trials.jsonl", trials(named, covered=covered))
    write(folder, "static", "static.json", json.dumps(static(**static_report)))
    names = [f"test_{n}" for n in range(6)]
    write(folder, "test", "junit.xml", junit(dict.fromkeys(names, "")))
    write(folder, "test-sabotaged", "junit.xml", junit(dict.fromkeys(names, "failure")))
    evidence = make_evidence(folder, ended=dict.fromkeys(("mutants", "test-mutants"), Ended.FINISHED))
    return module.grade(evidence, AnswerKey(root=folder / KEY_IS_NOT_READ), module.GRADER.params())


def test_tests_that_notice_mistakes_earn_everything(tmp_path):
    assert grade(tmp_path, [1] * 10 + [0] * 4).value == 1.0


def test_survivors_cost_and_are_named_with_their_place_and_what_would_show_them(tmp_path):
    score = grade(tmp_path, [1] * 5 + [0] * 5 + [0] * 4)
    assert 0.4 < score.value < 0.6
    assert score.interval[0] < score.value < score.interval[1]
    assert score.findings[0].place.file == "src/churn.py"
    assert "`a < b` as `a <= b` fails no test" in score.findings[0].what


def test_timeouts_and_crashes_are_no_kills(tmp_path):
    assert grade(tmp_path, [None] * 4 + [2] + [1] + [0] * 4 + [0] * 4).measures["rate"] == 0.2


@pytest.mark.parametrize("module", [mutation, tests_run])
def test_tests_that_turn_red_where_nothing_changed_earn_nothing_and_a_person_must_look(tmp_path, module):
    score = grade(tmp_path, [1] * 14, module)
    assert score.value == 0.0
    assert "turn red on 4 of 4 edits" in score.suspicious
    assert any("changes nothing" in finding.what for finding in score.findings)


@pytest.mark.parametrize("module", [mutation, tests_run])
def test_tests_that_fail_when_they_are_run_again_earn_nothing_and_a_person_must_look(tmp_path, module):
    grade(tmp_path, [])
    path = tmp_path / "test-mutants" / "trials.jsonl"
    path.write_text(path.read_text().replace('"exit": 0', '"exit": 1', 1))
    evidence = make_evidence(tmp_path, ended=dict.fromkeys(("mutants", "test-mutants"), Ended.FINISHED))
    score = module.grade(evidence, AnswerKey(root=tmp_path / "x"), module.GRADER.params())
    assert score.value == 0.0
    assert "run again on the same code" in score.suspicious


@pytest.mark.parametrize("module", [mutation, tests_run])
def test_tests_that_know_broken_code_by_its_look_earn_nothing(tmp_path, module):
    """Red on the sabotaged copy, and green on another in which every function fails: they do not run it."""
    score = grade(tmp_path, [1] * 10 + [0] * 4, module, whole=(0, 0))
    assert score.value == 0.0
    assert module is mutation or any(finding.rule == "knows-broken-code" for finding in score.findings)


@pytest.mark.parametrize("module", [mutation, tests_run])
@pytest.mark.parametrize("ended", [1, 2, None])
def test_tests_that_are_red_on_whatever_is_not_the_original_earn_nothing(tmp_path, module, ended):
    """Also when they hide it by never ending, or by an exit code of their own."""
    score = grade(tmp_path, [1] * 10 + [0] * 4, module, whole=(ended, ended))
    assert score.value == 0.0
    assert "every function does what it did" in score.suspicious


def looked(tmp_path, broken: list[str], harmless: list[str], module) -> Score:
    """Of six tests these fail where every function fails, and those where it does what it did."""
    grade(tmp_path, [1] * 10 + [0] * 4)
    path = tmp_path / "test-mutants" / "trials.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    for line, failed in ((lines[1], broken), (lines[2], harmless)):
        line |= {"exit": int(bool(failed)), "failed": failed, "tests": 6}
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    evidence = make_evidence(tmp_path, ended=dict.fromkeys(("mutants", "test-mutants"), Ended.FINISHED))
    return module.grade(evidence, AnswerKey(root=tmp_path / "x"), module.GRADER.params())


SIX = [f"test_churn.py::test_{n}" for n in range(6)]


@pytest.mark.parametrize("module", [mutation, tests_run])
def test_a_linter_that_is_run_as_a_test_costs_nothing(tmp_path, module):
    score = looked(tmp_path, SIX, SIX[5:], module)
    assert (score.value, score.suspicious) == (1.0, "")


@pytest.mark.parametrize("module", [mutation, tests_run])
def test_tests_that_look_gain_nothing_by_others_that_are_always_green(tmp_path, module):
    assert looked(tmp_path, SIX[:2], SIX[:2], module).value == 0.0


def test_the_second_look_costs_what_it_does_not_confirm(tmp_path):
    assert looked(tmp_path, SIX[:3], [], tests_run).value == pytest.approx(0.5)


@pytest.mark.parametrize("module", [mutation, tests_run])
def test_slow_tests_are_no_tests_that_fail_when_they_are_run_again(tmp_path, module):
    grade(tmp_path, [])
    path = tmp_path / "test-mutants" / "trials.jsonl"
    path.write_text(json.dumps({"covered": None, "seconds": 120.0, "exit": None}))
    evidence = make_evidence(tmp_path, ended=dict.fromkeys(("mutants", "test-mutants"), Ended.FINISHED))
    key, params = AnswerKey(root=tmp_path / "x"), module.GRADER.params()
    values = []
    for seconds in (100.0, 2.0):
        ran = evidence.stages["test"].model_copy(update={"seconds": seconds})
        seen = evidence.model_copy(update={"stages": {**evidence.stages, "test": ran}})
        values.append(module.grade(seen, key, params).value)
    assert values == [0.5 if module is mutation else 1.0, 0.0]


def test_trials_that_somebody_ended_leave_the_red_run_half_proved(tmp_path):
    grade(tmp_path, [])
    (tmp_path / "test-mutants" / "trials.jsonl").unlink()
    evidence = make_evidence(tmp_path, ended={"mutants": Ended.FINISHED, "test-mutants": Ended.FAILED})
    score = tests_run.grade(evidence, AnswerKey(root=tmp_path / "x"), tests_run.TestsRunParams())
    assert score.value == 0.5
    assert any(finding.rule == "no-second-look" for finding in score.findings)


def test_tests_of_one_small_function_show_little(tmp_path):
    assert grade(tmp_path, [1] * 10 + [0] * 4, covered=[["src/churn.py", 1]]).value < 0.25


def test_a_suite_that_nobody_could_listen_to_loses_nothing_for_it(tmp_path):
    """Half of the mistakes may be in code that no test calls: pytest suites are not asked about those."""
    grade(tmp_path, [1] * 4 + [0] * 6 + [0] * 4)
    path = tmp_path / "test-mutants" / "trials.jsonl"
    first, rest = path.read_text().split("\n", 1)
    path.write_text(json.dumps({**json.loads(first), "covered": None}) + "\n" + rest)
    evidence = make_evidence(tmp_path, ended=dict.fromkeys(("mutants", "test-mutants"), Ended.FINISHED))
    score = mutation.grade(evidence, AnswerKey(root=tmp_path / "x"), mutation.MutationParams())
    assert score.value == 1.0


def test_few_trials_prove_nothing_either_way(tmp_path):
    assert grade(tmp_path, [1, 1]).value == 0.5


def test_trials_that_left_nothing_are_missing_and_withhold_nothing(tmp_path):
    """Whoever runs the tests can remove the file: it must not spoil a queue."""
    grade(tmp_path, [1] * 14)
    (tmp_path / "test-mutants" / "trials.jsonl").unlink()
    evidence = make_evidence(tmp_path, ended=dict.fromkeys(("mutants", "test-mutants"), Ended.FINISHED))
    score = mutation.grade(evidence, AnswerKey(root=tmp_path / "x"), mutation.MutationParams())
    assert score.verdict is Verdict.MISSING


def test_names_that_are_not_ours_and_second_answers_count_for_nothing(tmp_path):
    score = grade(tmp_path, [0] * 10 + [0] * 4)
    lines = [json.dumps({"id": name, "ended": "exit", "exit": 1}) for name in ("m000", "m001", "x", "../m")]
    path = tmp_path / "test-mutants" / "trials.jsonl"
    path.write_text(path.read_text() + "\n".join(lines))
    evidence = make_evidence(tmp_path, ended=dict.fromkeys(("mutants", "test-mutants"), Ended.FINISHED))
    assert mutation.grade(evidence, AnswerKey(root=tmp_path / "x"), mutation.MutationParams()) == score


def test_our_own_list_of_mutants_is_ours_to_keep(tmp_path):
    grade(tmp_path, [1] * 14)
    (tmp_path / "mutants" / "mutants.json").write_text("[{}]")
    evidence = make_evidence(tmp_path, ended=dict.fromkeys(("mutants", "test-mutants"), Ended.FINISHED))
    with pytest.raises(InfraError, match="list of mutants"):
        mutation.grade(evidence, AnswerKey(root=tmp_path / "x"), mutation.MutationParams())


@given(st.integers(1, 400), st.data())
def test_the_interval_holds_the_rate_and_narrows_with_more_trials(n, data):
    k = data.draw(st.integers(0, n))
    low, high = mutation.wilson(k, n)
    assert 0.0 <= low <= k / n + 1e-9 <= high + 2e-9 <= 1.0 + 2e-9
    wider = mutation.wilson(k * 1, n)
    narrower = mutation.wilson(k * 10, n * 10)
    assert narrower[1] - narrower[0] < wider[1] - wider[0]
