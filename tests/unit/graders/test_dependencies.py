"""B5: what can be installed, what is declared and bounded, and what should not be in a file."""

from __future__ import annotations

import json

import pytest

from graders.code import dependencies
from graders.kit.case import environment, imported, make_evidence, static, write
from harness.errors import InfraError
from harness.model import AnswerKey, Ended, NoParams, Score, Severity, Verdict


def grade(
    tmp_path, *, room=None, lint=None, imports=("pandas", "sklearn"), leaked=(), report=None, before=None
) -> Score:
    entries = [imported(module) if isinstance(module, str) else module for module in imports]
    found = report or (static(lint=lint) | {"imported": entries, "leaked": list(leaked)})
    write(tmp_path, "static", "static.json", json.dumps(found))
    write(tmp_path, "environment", "environment.json", json.dumps(room or environment()))
    key = AnswerKey(root=tmp_path / "no-key-is-needed")
    if before is not None:
        write(tmp_path, "history", "history.json", json.dumps({"commits": 2, "leaked": before}))
    ended = {} if before is None else {"history": Ended.FINISHED}
    return dependencies.grade(make_evidence(tmp_path, ended=ended), key, NoParams())


def rules(score: Score) -> list[str]:
    return [finding.rule for finding in score.findings]


def test_declared_bounded_installed_and_without_secrets_earns_everything(tmp_path):
    score = grade(tmp_path)
    assert (score.value, score.findings) == (1.0, ())


def test_an_import_that_nobody_declared_is_named_with_its_place(tmp_path):
    score = grade(tmp_path, imports=("pandas", "sklearn", "lightgbm"))
    assert rules(score) == ["undeclared"]
    assert str(score.findings[0].place) == "src/churn.py:3"


@pytest.mark.parametrize("module", ["numpy", "scipy", "joblib"])
def test_what_comes_with_a_declared_package_is_declared(tmp_path, module):
    assert grade(tmp_path, imports=("pandas", "sklearn", module)).value == 1.0


def test_what_was_installed_along_with_something_is_declared(tmp_path):
    room = environment("mlflow<4", "pandas<4")
    room["installed"] += [{"name": "scikit-learn", "version": "1", "origin": "added"}]
    assert grade(tmp_path, room=room, imports=("mlflow", "pandas", "sklearn")).value == 1.0


def test_tests_optional_imports_and_unknown_modules_are_let_off(tmp_path):
    others = [imported("flask", tests=True), imported("shap", optional=True), imported("acme_tools")]
    assert grade(tmp_path, imports=("pandas", "sklearn", *others)).value == 1.0


def test_another_package_with_the_same_module_will_do(tmp_path):
    room = environment("opencv-python<6", "xgboost-cpu<4")
    assert grade(tmp_path, room=room, imports=("cv2", "xgboost")).value == 1.0


@pytest.mark.parametrize("text", ["pandas==2.2.1", "pandas<4", "pandas>=2,<4", "pandas~=2.2", "pandas==2.*"])
def test_a_version_with_an_upper_end_is_bounded(tmp_path, text):
    assert grade(tmp_path, room=environment(text), imports=("pandas",)).value == 1.0


def test_a_lower_end_alone_is_less_and_no_version_is_least(tmp_path):
    below, none = (grade(tmp_path, room=environment(t), imports=("pandas",)) for t in ("pandas>=2", "pandas"))
    assert none.value < below.value < 1.0
    assert rules(none) == ["unbounded"]
    assert str(none.findings[0].place) == "requirements.txt:1"


def test_a_lock_file_bounds_everything(tmp_path):
    assert grade(tmp_path, room=environment("pandas", lock_file="uv.lock"), imports=("pandas",)).value == 1.0


def test_without_any_declaration_the_image_is_what_it_hangs_on(tmp_path):
    nothing = environment(declared=[], installed=[], sources=[], outcome="nothing asked")
    score = grade(tmp_path, room=nothing)
    assert score.value < 0.65
    assert {"undeclared", "no-versions"} == set(rules(score))


def test_code_without_packages_is_judged_by_what_it_has(tmp_path):
    nothing = environment(declared=[], installed=[], sources=[], outcome="nothing asked")
    assert grade(tmp_path, room=nothing, imports=()).value == 1.0


def test_a_package_that_nothing_imports_is_named(tmp_path):
    score = grade(tmp_path, room=environment("pandas<4", "torch<3", "gunicorn<24"), imports=("pandas",))
    assert rules(score) == ["unused-package"]


def test_what_is_used_without_an_import_is_not_unused(tmp_path):
    room = environment("pandas<4", "uvicorn<1", "pyarrow<30", "joblib<2", "black<30")
    assert grade(tmp_path, room=room, imports=("pandas",)).value == 1.0


def test_what_cannot_be_had_costs_only_where_it_is_imported(tmp_path):
    gone = [{"name": "Scikit_Learn", "why": "no such version", "file": "requirements.txt", "line": 2}]
    room = environment(left_out=gone, outcome="partial")
    assert rules(grade(tmp_path, room=room)) == ["not-installable"]
    idle = [{"name": "pywin32", "why": "another system", "file": "requirements.txt", "line": 3}]
    assert grade(tmp_path, room=environment(left_out=idle, outcome="partial")).value == 1.0


def test_a_failed_install_is_named_with_its_reason(tmp_path):
    score = grade(tmp_path, room=environment(outcome="failed", reason="pandas==99 does not exist"))
    assert "pandas==99" in score.findings[0].what
    assert score.value < 0.8


@pytest.mark.parametrize("rule", dependencies.CALLS)
def test_a_dangerous_call_costs(tmp_path, rule):
    hit = {"path": "src/churn.py", "line": 9, "cell": None, "rule": rule, "message": "dangerous"}
    assert rules(grade(tmp_path, lint=[hit])) == [rule]
    assert grade(tmp_path, lint=[hit | {"path": "tests/test_churn.py"}]).value == 1.0


def test_a_credential_costs_most_and_is_critical(tmp_path):
    leak = {"path": ".env", "line": 1, "kind": "a GitHub token", "shown": "ghp_abc..."}
    score = grade(tmp_path, leaked=[leak])
    assert score.value == pytest.approx(0.8)
    assert score.findings[0].severity is Severity.CRITICAL
    assert str(score.findings[0].place) == ".env:1"


BEFORE = {
    "commit": "0a1b2c3d4e5f",
    "path": "conf/aws.py",
    "line": 4,
    "kind": "a GitHub token",
    "shown": "ghp_abc...",
}


def test_a_credential_that_only_the_history_has_costs_what_one_in_a_file_does(tmp_path):
    score = grade(tmp_path, before=[BEFORE])
    assert score.value == pytest.approx(0.8)
    assert rules(score) == ["credential-in-history"]
    assert "0a1b2c3d4e5f" in score.findings[0].what
    assert str(score.findings[0].place) == "conf/aws.py:4 (stage history)"


def test_a_credential_in_a_file_and_in_the_history_is_told_and_charged_once(tmp_path):
    leak = {"path": ".env", "line": 1, "kind": "a GitHub token", "shown": "ghp_abc..."}
    score = grade(tmp_path, leaked=[leak], before=[BEFORE, BEFORE | {"path": ".env"}])
    assert (score.value, rules(score)) == (pytest.approx(0.8), ["credential"])


def test_a_history_without_credentials_costs_nothing(tmp_path):
    assert grade(tmp_path, before=[]).value == 1.0


def test_the_notebook_track_is_judged_alike(tmp_path):
    cell = imported("sklearn", path="a.ipynb", cell=2)
    assert (
        str(grade(tmp_path, room=environment("pandas<4"), imports=("pandas", cell)).findings[0].place)
        == "a.ipynb:3 cell 2"
    )


def test_no_code_is_missing_and_what_is_ours_is_ours(tmp_path):
    assert grade(tmp_path, report=static() | {"files": []}).verdict is Verdict.MISSING
    old = static()
    del old["imported"]
    with pytest.raises(InfraError, match="did not look at"):
        grade(tmp_path, report=old)
    (tmp_path / "environment" / "environment.json").write_text("{}")
    with pytest.raises(InfraError, match="could be installed"):
        dependencies.grade(
            make_evidence(tmp_path, ended={"environment": Ended.FAILED}), AnswerKey(root=tmp_path), NoParams()
        )
