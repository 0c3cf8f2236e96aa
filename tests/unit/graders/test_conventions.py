"""B4: what is said beside the code counts, by what it says; padding and taste do not."""

from __future__ import annotations

import json

import pytest

from graders.code import conventions
from graders.kit.case import function, make_evidence, static, write
from harness.errors import InfraError
from harness.model import AnswerKey, NoParams, Score, Verdict

FILE = function("<module>", statements=4)


def grade(tmp_path, *functions, lint=(), **changes) -> Score:
    report = static(functions=list(functions) or None, lint=list(lint), **changes)
    write(tmp_path, "static", "static.json", json.dumps(report))
    return conventions.grade(make_evidence(tmp_path), AnswerKey(root=tmp_path / "no-key"), NoParams())


def bare(name: str, **changes) -> dict[str, object]:
    return function(name, hinted=0, documented=False) | changes


def spaced(rule: str, line: int) -> dict[str, object]:
    return {"path": "src/churn.py", "line": line, "cell": None, "rule": rule, "message": "a space is missing"}


def test_types_docstrings_and_layout_together_are_everything(tmp_path):
    score = grade(tmp_path)
    assert (score.value, score.findings) == (1.0, ())


def test_each_part_costs_its_share_and_names_a_place(tmp_path):
    untyped = grade(tmp_path, FILE, function("f", hinted=0))
    assert untyped.value == 0.65
    assert str(untyped.findings[0].place) == "src/churn.py:1"
    undocumented = grade(tmp_path, FILE | {"documented": False}, function("f", documented=False))
    assert undocumented.value == 0.65
    loose = grade(tmp_path, FILE, function("f"), lint=[spaced("E231", n) for n in range(40)])
    assert loose.value == 0.7
    assert "formatter" in loose.earn_back


def test_four_in_five_types_and_seven_in_ten_docstrings_are_enough(tmp_path):
    many = [function(f"f{n}", hinted=3 if n < 8 else 0, documented=n < 7) for n in range(10)]
    assert grade(tmp_path, *many).value == 1.0


def test_one_line_wrappers_cannot_speak_for_the_rest(tmp_path):
    core = bare("core", statements=15)
    alone = grade(tmp_path, core)
    wrapped = grade(tmp_path, core, *(function(f"w{n}", statements=1, shape=f"{n}") for n in range(3)))
    assert wrapped.value - alone.value < 0.1
    copies = [function(f"w{n}", statements=15, shape="one") for n in range(30)]
    assert grade(tmp_path, core, bare("other", statements=15), *copies).value < 0.7
    assert grade(tmp_path, core, function("idle", statements=15, used=False)).value == alone.value


def test_what_is_private_short_or_a_command_need_not_be_explained(tmp_path):
    kept = [FILE, function("f")]
    excused = [
        bare("_inner", public=False),
        function("tiny", statements=2, documented=False),
        function("main", documented=False),
    ]
    assert grade(tmp_path, *kept, *excused).value == 1.0


def test_a_script_without_functions_is_judged_by_what_it_has(tmp_path):
    assert grade(tmp_path, FILE).value == 1.0
    assert grade(tmp_path, FILE | {"documented": False}).value == pytest.approx(0.30 / 0.65)


def test_cells_of_a_notebook_need_no_types(tmp_path):
    book = [{"path": "a.ipynb", "lines": 90, "kind": "notebook", "parse_error": None}]
    piece = function("f", path="a.ipynb", cell=2, hinted=0)
    assert grade(tmp_path, piece, files=book).value == 1.0


def test_other_lint_is_no_layout(tmp_path):
    assert grade(tmp_path, lint=[spaced("BLE001", n) for n in range(40)]).value == 1.0


def test_an_empty_submission_is_missing(tmp_path):
    assert grade(tmp_path, files=[]).verdict is Verdict.MISSING


def test_an_image_that_did_not_look_at_docstrings_is_ours(tmp_path):
    with pytest.raises(InfraError, match="docstrings"):
        grade(tmp_path, function("f", documented=None))
