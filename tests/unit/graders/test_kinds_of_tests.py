"""C4: each kind of code has a test of its own, which fails when that code fails, and asserts."""

from __future__ import annotations

import json

import pytest

from graders.kit.case import junit, make_evidence, some_mutants, static, trials, write
from graders.testing import kinds
from harness.model import AnswerKey, Ended, NoParams, Score, Track, Verdict

KINDS = ("data", "features", "model", "end")
SIX = tuple(f"tests/test_churn.py::test_{n}" for n in range(6))
OWN = {"data": SIX[:1], "features": SIX[1:2], "model": SIX[2:3], "end": SIX[3:4]}


def grade(
    folder,
    red: dict[str, tuple[str, ...] | None],
    *,
    idle=(),
    how="assertion",
    survive=(),
    track=Track.REPO,
    api=False,
    untried=(),
    **report,
) -> Score:
    """``red``: by kind the tests that fail where it does, None where their names are not known.

    "" is the copy in which nothing fails. ``survive``: kinds whose mistakes nobody notices.
    """
    mutants = some_mutants()
    if api:
        part = next(m for m in mutants if m.get("kinds") == ["end"] and m.get("part"))
        mutants.append({**part, "id": "p9", "kinds": ["api"]})
    tables = [m for m in mutants if m.get("tables")]
    for number, mutant in enumerate(tables):
        mutant["kinds"] = [KINDS[number % 2]]  # five each in code for data, and for features
    codes = {m["id"]: int(not m["neutral"]) for m in mutants}
    codes |= {m["id"]: 0 for m in tables if m["kinds"][0] in survive}
    lines = [json.loads(line) for line in trials(codes).splitlines()]
    known = {m["id"]: m for m in mutants}
    kept = lines[:1]
    for line in lines[1:]:
        mutant = known[line["id"]]
        if mutant.get("part"):
            kind = "".join(mutant["kinds"])
            names = red.get(kind, ())
            line |= {"exit": int(names is None or bool(names)), "failed": names, "tests": 6}
            if kind in untried:
                continue
        kept.append(line | {"how": how})
    write(folder, "mutants", "mutants.json", json.dumps(mutants))
    write(folder, "test-mutants", "trials.jsonl", "".join(json.dumps(line) + "\n" for line in kept))
    found = static(**report)
    for function in found["functions"]:
        if function["name"] in idle:
            function["asserts"] = 0
    write(folder, "static", "static.json", json.dumps(found))
    write(folder, "test", "junit.xml", junit({"test_0": ""}))
    evidence = make_evidence(folder, ended=dict.fromkeys(("mutants", "test-mutants"), Ended.FINISHED))
    submission = evidence.submission.model_copy(update={"track": track})
    evidence = evidence.model_copy(update={"submission": submission})
    return kinds.grade(evidence, AnswerKey(root=folder / "x"), NoParams())


def test_a_test_of_each_kind_earns_everything(tmp_path):
    score = grade(tmp_path, OWN)
    assert (score.value, score.interval, score.findings) == (1.0, None, ())


def test_an_absent_kind_costs_its_part_and_its_code_is_named(tmp_path):
    score = grade(tmp_path, OWN | {"model": ()})
    assert score.value == 0.75
    (finding,) = score.findings
    assert (finding.rule, str(finding.place)) == ("no-test-of-model", "src/churn.py:51")
    assert "the model" in score.earn_back


def test_one_long_test_is_one_kind_of_test(tmp_path):
    assert grade(tmp_path, dict.fromkeys(KINDS, SIX[:1])).value == 0.25


def test_tests_are_given_to_kinds_so_that_most_have_one(tmp_path):
    """The first test would do for all, but each other one does for one only."""
    red = {"data": SIX[:1], "features": SIX[:2], "model": (SIX[0], SIX[2]), "end": SIX[:4]}
    assert grade(tmp_path, red).value == 1.0


def test_a_test_that_asserts_nothing_is_none(tmp_path):
    assert grade(tmp_path, OWN, idle=("test_2",)).value == 0.75


def test_copies_of_a_test_are_one(tmp_path):
    functions = static()["functions"]
    own = [f for f in functions if not f["is_test"]]
    copies = [f | {"shape": "the same"} for f in functions if f["is_test"]]
    score = grade(tmp_path, dict.fromkeys(KINDS, SIX[:4]), functions=[*own, *copies], tests=0)
    assert score.value == 0.25


def test_tests_of_one_shape_that_run_different_code_are_different(tmp_path):
    """`assert clean(x) == y` and `assert fit(x) == y` differ in names only."""
    functions = static()["functions"]
    own = [f for f in functions if not f["is_test"]]
    alike = [f | {"shape": "the same"} for f in functions if f["is_test"]]
    assert grade(tmp_path, OWN, functions=[*own, *alike], tests=0).value == 1.0


def test_code_that_is_called_and_may_return_anything_is_half_tested(tmp_path):
    score = grade(tmp_path, OWN, survive=("features",))
    assert score.measures["features"] == 0.5
    assert grade(tmp_path / "b", OWN, how="error").measures["data"] == 0.5


def test_tests_that_only_look_are_left_out(tmp_path):
    """They fail on the copy in which nothing does."""
    assert grade(tmp_path, OWN | {"model": SIX[4:5], "": SIX[4:5]}).measures["model"] == 0.0


def test_who_turns_red_on_whatever_is_not_the_original_earns_nothing(tmp_path):
    assert grade(tmp_path, dict.fromkeys((*KINDS, ""), None)).value == 0.0


def test_a_suite_that_nobody_could_listen_to_loses_nothing_for_it(tmp_path):
    assert grade(tmp_path, dict.fromkeys(KINDS, None)).value == 1.0
    few = grade(tmp_path / "b", dict.fromkeys(KINDS, None), tests=2)
    assert few.value == 0.5  # two tests are of two kinds at most


def test_a_doctest_is_a_test_of_its_own(tmp_path):
    assert grade(tmp_path, OWN | {"data": ("src/churn.py::churn.clean",)}).value == 1.0


def test_a_kind_that_could_not_be_tried_is_half_proved_and_the_interval_says_so(tmp_path):
    score = grade(tmp_path, OWN, untried=("end",))
    assert score.value == 0.875
    assert score.interval == (0.75, 1.0)
    assert score.findings[0].rule == "not-tried-end"


@pytest.mark.parametrize(("track", "value"), [(Track.REPO, 1.0), (Track.SERVICE, 0.8)])
def test_only_a_service_is_asked_for_tests_of_its_routes(tmp_path, track, value):
    assert grade(tmp_path, OWN, track=track, api=True).value == value


def test_a_service_whose_routes_nobody_recognises_is_told_so(tmp_path):
    score = grade(tmp_path, OWN, track=Track.SERVICE)
    assert score.value == 1.0
    assert "No route was recognised" in score.reason


def test_trials_that_left_nothing_are_missing_and_withhold_nothing(tmp_path):
    grade(tmp_path, OWN)
    (tmp_path / "test-mutants" / "trials.jsonl").unlink()
    evidence = make_evidence(tmp_path, ended=dict.fromkeys(("mutants", "test-mutants"), Ended.FINISHED))
    assert kinds.grade(evidence, AnswerKey(root=tmp_path), NoParams()).verdict is Verdict.MISSING
