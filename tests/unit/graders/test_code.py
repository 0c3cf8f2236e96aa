"""B1 and B3 on what the analysers say: harm costs, padding and pragmas do not help."""

from __future__ import annotations

import json

import pytest

from graders.code import defects, structure
from graders.code.rules import RULES, rule_for
from graders.kit.case import function, make_evidence, static, write
from harness.errors import InfraError
from harness.model import AnswerKey, Score, Severity, Verdict


def grade(module, tmp_path, report, **params) -> Score:
    write(
        tmp_path, "static", "static.json", report if isinstance(report, str | bytes) else json.dumps(report)
    )
    key = AnswerKey(root=tmp_path / "no-key-is-needed")
    return module.grade(make_evidence(tmp_path), key, module.GRADER.params(**params))


def file(path="src/churn.py", lines=260, kind="python", parse_error=None):
    return {"path": path, "lines": lines, "kind": kind, "parse_error": parse_error}


def lint(rule, line=1, path="src/churn.py", cell=None):
    return {"path": path, "line": line, "cell": cell, "rule": rule, "message": f"{rule} was seen"}


CLEAN = [function(f"f{n}", line=n * 25 + 1) for n in range(10)]


# ------------------------------------------------------------------------------------- B1


def test_small_flat_functions_earn_everything(tmp_path):
    score = grade(structure, tmp_path, static())
    assert score.value == 1.0
    assert not score.findings


PLANTED = {
    "120-line function": [function("train", length=120, cognitive=20)],
    "seven-deep nesting": [function("clean", length=60, nesting=7, cognitive=45)],
    "one complex function": [function("main", length=50, cognitive=60)],
}


@pytest.mark.parametrize("defect", PLANTED)
def test_planted_structure_defects_cost_and_are_named_with_file_and_line(tmp_path, defect):
    score = grade(structure, tmp_path, static(functions=CLEAN[:5] + PLANTED[defect]))
    assert score.value < 0.9
    assert score.findings[0].what.startswith(PLANTED[defect][0]["name"])
    assert str(score.findings[0].place) == "src/churn.py:1"


def test_a_file_of_900_lines_costs(tmp_path):
    score = grade(structure, tmp_path, static(files=[file(lines=900)]))
    assert score.value == pytest.approx(0.9)
    assert score.findings[0].rule == "large-file"


def repeats(statements: int, of: int = 200) -> dict[str, object]:
    origin = {"path": "src/churn.py", "line": 3}
    place = {"path": "src/north.py", "line": 9, "cell": None, "function": "build", "of": origin}
    return static() | {"repeated": {"statements": of, "places": [place | {"statements": statements}]}}


def test_a_quarter_that_was_pasted_costs_and_says_from_where(tmp_path):
    score = grade(structure, tmp_path, repeats(50))
    assert score.value == pytest.approx(1 - 0.4 * 0.8)
    assert score.findings[0].what == "50 statements that stand in src/churn.py:3 too"
    assert str(score.findings[0].place) == "src/north.py:9"
    assert "stands there once more" in score.reason


def test_the_options_of_two_commands_may_be_alike(tmp_path):
    score = grade(structure, tmp_path, repeats(10))
    assert (score.value, score.findings) == (1.0, ())


def test_a_function_under_other_names_is_a_copy_and_a_small_one_is_not(tmp_path):
    same = [function(f"f{n}", shape="one", line=n * 25 + 1) for n in range(10)]
    assert grade(structure, tmp_path, static(functions=same)).value == pytest.approx(0.6)
    small = [f | {"length": 4} for f in same]
    assert grade(structure, tmp_path, static(functions=small)).value == 1.0


def test_a_hundred_one_line_wrappers_do_not_hide_a_bad_function(tmp_path):
    bad = [function("train", length=300, cognitive=60, nesting=6)]
    wrappers = [function(f"get_{n}", length=2, cognitive=0, nesting=0) for n in range(100)]
    assert grade(structure, tmp_path, static(functions=bad)).value < 0.2
    assert grade(structure, tmp_path, static(functions=bad + wrappers)).value < 0.25


def test_tests_are_left_out(tmp_path):
    long_test = [function("test_all", path="tests/test_x.py", length=300, cognitive=50, is_test=True)]
    assert grade(structure, tmp_path, static(functions=CLEAN + long_test)).value == 1.0


@pytest.mark.parametrize("path", ["tests/any.py", "test_churn.py", "src/churn_test.py", "src/conftest.py"])
def test_what_belongs_to_the_tests_goes_by_its_folder_or_its_name(tmp_path, path):
    files = [file(), file(path, 900)]
    assert grade(structure, tmp_path, static(files=files)).value == 1.0
    assert grade(structure, tmp_path, static(files=[file(), file("src/contest.py", 900)])).value < 1.0


def cell(number, length, **rest):
    return function("<module>", path="solution.ipynb", cell=number, length=length, **rest)


def test_a_notebook_of_short_cells_without_functions_is_not_bad(tmp_path):
    notebook = [file("solution.ipynb", 300, "notebook")]
    cells = [cell(n, 15, cognitive=2) for n in range(20)]
    assert grade(structure, tmp_path, static(files=notebook, functions=cells)).value == 1.0


def test_a_notebook_in_one_endless_cell_is_bad(tmp_path):
    notebook = [file("solution.ipynb", 300, "notebook")]
    score = grade(
        structure, tmp_path, static(files=notebook, functions=[cell(3, 280, cognitive=50, nesting=6)])
    )
    assert score.value < 0.2
    assert score.findings[0].place.cell == 3


def test_a_script_without_functions_is_bad_and_an_opening_of_constants_is_not(tmp_path):
    script = [function("<module>", length=250, cognitive=30)]
    assert grade(structure, tmp_path, static(functions=script)).value < 0.6
    opening = [function("<module>", length=60, cognitive=0, nesting=0)]
    assert grade(structure, tmp_path, static(functions=CLEAN + opening)).value == 1.0


def test_code_that_cannot_be_parsed_earns_nothing_for_its_share(tmp_path):
    files = [file(lines=300), file("src/broken.py", 100, parse_error="invalid syntax")]
    score = grade(structure, tmp_path, static(files=files))
    assert score.value == pytest.approx(0.75)
    assert score.findings[0].place.file == "src/broken.py"


@pytest.mark.parametrize("module", [structure, defects])
def test_no_code_is_missing_with_a_finding(tmp_path, module):
    score = grade(module, tmp_path, static(files=[], functions=[]))
    assert score.verdict is Verdict.MISSING
    assert score.findings


def test_a_few_lines_are_not_enough_to_show_structure(tmp_path):
    score = grade(structure, tmp_path, static(files=[file(lines=20)], functions=CLEAN[:1]))
    assert score.value == pytest.approx(0.5)
    assert score.findings


# ------------------------------------------------------------------------------------- B3


def test_clean_code_has_no_defects(tmp_path):
    score = grade(defects, tmp_path, static())
    assert (score.value, score.findings, score.charts) == (1.0, (), ())


HARMS = {
    "bare except": "E722",
    "blind except": "BLE001",
    "except, pass": "S110",
    "mutable default": "B006",
    "undefined name": "F821",
    "eval": "S307",
    "exec": "S102",
    "shell": "S602",
    "comparison with NaN": "PLW0177",
    "hard-coded password": "S105",
}


@pytest.mark.parametrize("harm", HARMS)
def test_planted_defects_cost_and_are_named_with_file_and_line(tmp_path, harm):
    score = grade(defects, tmp_path, static(lint=[lint(HARMS[harm], line=42)]))
    assert score.value <= 0.9
    assert str(score.findings[0].place) == "src/churn.py:42"
    assert score.findings[0].severity in (Severity.MAJOR, Severity.CRITICAL)
    assert score.findings[0].fix


def test_a_minor_defect_costs_little_and_a_critical_one_more_than_a_major_one(tmp_path):
    values = [grade(defects, tmp_path, static(lint=[lint(code)])).value for code in ("F401", "E722", "F821")]
    assert values == sorted(values, reverse=True)
    assert values[0] > 0.97


def test_one_habit_is_charged_a_few_times_only(tmp_path):
    few = grade(defects, tmp_path, static(lint=[lint("BLE001", n) for n in range(4)]))
    many = grade(defects, tmp_path, static(lint=[lint("BLE001", n) for n in range(400)]))
    assert few.value == many.value
    assert "one of 400" in many.findings[0].what


def test_every_kind_that_costs_has_a_finding(tmp_path):
    codes = [code for code, rule in RULES.items() if rule.severity is not Severity.INFO and len(code) > 3]
    score = grade(defects, tmp_path, static(lint=[lint(code) for code in codes for _ in range(5)]))
    assert {f.rule for f in score.findings} == set(codes)
    assert score.value == 0.0


def test_style_and_unknown_rules_cost_nothing(tmp_path):
    seen = [lint(code) for code in ("E501", "E741", "X999", "S101", "D100", "S311", "S403", None)]
    assert grade(defects, tmp_path, static(lint=seen)).value == 1.0


def test_printing_is_fine_where_printing_is_the_interface(tmp_path):
    files = [file(), file("src/cli.py", 50), file("solution.ipynb", 50, "notebook")]
    fine = [lint("T201", path="src/cli.py"), lint("T201", path="solution.ipynb", cell=2)]
    assert grade(defects, tmp_path, static(files=files, lint=fine)).value == 1.0
    assert grade(defects, tmp_path, static(files=files, lint=[lint("T201")])).value < 1.0


def test_defects_in_tests_belong_to_another_section(tmp_path):
    assert grade(defects, tmp_path, static(lint=[lint("E722", path="tests/test_churn.py")])).value == 1.0


def test_the_same_defect_weighs_less_in_more_code(tmp_path):
    short = grade(defects, tmp_path, static(functions=CLEAN[:5], lint=[lint("E722")]))
    long = grade(defects, tmp_path, static(functions=CLEAN, lint=[lint("E722")]))
    assert short.value < long.value


@pytest.mark.parametrize(
    ("code", "severity"),
    [
        ("F821", "critical"),
        ("F541", "minor"),
        ("F502", "critical"),
        ("PLE1205", "critical"),
        ("NPY201", "minor"),
    ],
)
def test_the_longest_entry_decides(code, severity):
    assert rule_for(code).severity == severity


@pytest.mark.parametrize("module", [structure, defects])
@pytest.mark.parametrize("report", ["", "{", "[]", '{"files": 3, "functions": [], "lint": []}', b"\xff\xfe"])
def test_a_malformed_report_of_our_tool_is_our_fault(tmp_path, module, report):
    with pytest.raises(InfraError, match="static"):
        grade(module, tmp_path, report)


def test_what_our_tool_may_say_one_day_is_ignored_today(tmp_path):
    report = static() | {"seconds": 3}
    report["files"][0]["sha"] = "abc"
    assert grade(structure, tmp_path, report).value == 1.0


# ------------------------------------------------------------------------------------- padding


SLOPPY = function("clean", path="src/sloppy.py", length=150, nesting=9, cognitive=200, statements=60)


@pytest.mark.parametrize(
    "padding",
    [
        [function(f"add_{n}", used=False, length=5) for n in range(800)],
        [function(f"add_{n}", shape="one", length=5) for n in range(800)],
    ],
    ids=["nothing calls it", "one function many times"],
)
@pytest.mark.parametrize("module", [structure, defects])
def test_padding_buys_nothing(tmp_path, module, padding):
    found = [lint("S307"), lint("BLE001"), lint("E722")]
    plain = grade(module, tmp_path, static(functions=[*CLEAN, SLOPPY], lint=found))
    padded = grade(module, tmp_path, static(functions=[*CLEAN, SLOPPY, *padding], lint=found))
    assert padded.value <= plain.value + 0.05


def test_code_that_nothing_uses_costs_no_more_than_code_that_is_used(tmp_path):
    dead = [{**f, "used": False, "shape": f"dead {f['name']}"} for f in CLEAN]
    assert grade(structure, tmp_path, static(functions=[*CLEAN, *dead])).value == 1.0


def test_code_that_runs_and_cannot_be_read_is_as_bad_as_the_worst(tmp_path):
    hidden = file("src/left.py", lines=150, parse_error="line 1: invalid syntax") | {"hidden": True}
    report = static(files=[file(), hidden], functions=CLEAN)
    assert grade(structure, tmp_path, report).value < 0.3
    assert grade(defects, tmp_path, report).value == 0.0


def test_the_pattern_of_a_tokenizer_is_no_password(tmp_path):
    told = 'Possible hardcoded password assigned to argument: "token_pattern"'
    assert grade(defects, tmp_path, static(lint=[{**lint("S106"), "message": told}])).value == 1.0
