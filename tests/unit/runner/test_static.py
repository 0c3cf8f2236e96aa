"""static.py and syntax.py: measures of the files, and files that are made to break them."""

from __future__ import annotations

import ast
import json
import os
import signal
from pathlib import Path

import assertions
import pytest
import static
import syntax


def measured(text: str, *, name: str = "churn/model.py") -> dict[str, dict[str, object]]:
    source = syntax.Source(name, Path(name))
    return {f["name"]: f for f in static.measure(source, text, lambda _code: {})}


def analysed(top: Path) -> dict[str, object]:
    return static.analyse(top, cognitive=lambda _code: {}, lint=lambda _sources: [])


def errors(top: Path) -> dict[str, object]:
    return {f["path"]: f["parse_error"] for f in analysed(top)["files"]}


def test_comments_blank_lines_and_docstrings_do_not_make_a_function_longer():
    bare = "def f(x):\n    y = x\n    return y\n"
    dressed = 'def f(x):\n    """What.\n\n    More.\n    """\n    # why\n\n    y = x  # how\n    return y\n'
    assert measured(bare)["f"]["length"] == measured(dressed)["f"]["length"] == 3


def test_elif_is_as_deep_as_if_and_with_counts():
    assert (
        measured("def f(x):\n if x: pass\n elif x: pass\n elif x:\n  for y in x: pass\n")["f"]["nesting"] == 2
    )
    assert measured("def f(x):\n with x:\n  try:\n   pass\n  except E:\n   if x: pass\n")["f"]["nesting"] == 3


def test_methods_are_named_by_their_class_and_inner_functions_belong_to_the_outer_one():
    found = measured(
        "class A:\n class B:\n  def m(self): pass\ndef f():\n def g():\n  pass\nif 1:\n def h(): pass\n"
    )
    assert list(found) == ["<module>", "A.B.m", "f", "h"]


def test_code_outside_functions_is_one_entry_a_file_or_cell():
    text = '"""What."""\nimport a\n\n@a.b\ndef f():\n    return 1\n\nfor x in a:\n    if x:\n        a.c(x)\n'
    found = measured(text)["<module>"]
    assert (found["length"], found["nesting"]) == (4, 2)
    assert "<module>" not in measured("def f():\n    for x in y:\n        if x: pass\n")


def test_the_complexity_of_code_outside_functions_is_found():
    source = syntax.Source("a.py", Path("a.py"))
    (found,) = static.measure(source, "if a:\n    b()\n", lambda _code: {0: 1}, cell=3)
    assert (found["name"], found["cognitive"], found["cell"]) == ("<module>", 1, 3)


def test_cognitive_complexity_is_found_at_the_first_decorator():
    source = syntax.Source("a.py", Path("a.py"))
    (found,) = static.measure(source, "@a\n@b\ndef f(): pass\n", lambda _code: {1: 9})
    assert (found["line"], found["cognitive"]) == (3, 9)


@pytest.mark.parametrize(
    ("name", "text", "function", "expected"),
    [
        ("tests/test_a.py", "def test_x(): pass", "test_x", True),
        ("tests/a_test.py", "class TestA:\n def test_x(self): pass", "TestA.test_x", True),
        ("tests/test_a.py", "class Helper:\n def test_x(self): pass", "Helper.test_x", False),
        (
            "tests/test_a.py",
            "class AThing(unittest.TestCase):\n def test_x(self): pass",
            "AThing.test_x",
            True,
        ),
        ("tests/test_a.py", "class B(TestCase): pass\nclass A(B):\n def test_x(s): pass", "A.test_x", True),
        ("tests/test_a.py", "def helper(): pass", "helper", False),
        ("churn/model.py", "def test_x(): pass", "test_x", False),
    ],
)
def test_a_test_is_what_pytest_would_collect(name, text, function, expected):
    assert measured(text, name=name)[function]["is_test"] is expected


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("assert f(1) == 1", 1),
        ("assert result", 1),
        ("np.testing.assert_allclose(a, b)", 1),
        ("assert_frame_equal(a, b)", 1),
        ("self.assertEqual(a, b)", 1),
        ("with pytest.raises(E): f()", 1),
        ("assert True", 0),
        ("assert 1 == 1", 0),
        ("assert x == x", 0),
        ("assert f(1) or True", 0),
        ("f(1)", 0),
    ],
)
def test_only_assertions_that_can_fail_are_counted(line, count):
    assert measured(f"def test_x():\n    {line}\n", name="test_a.py")["test_x"]["asserts"] == count


def test_public_functions_have_no_underscore_on_the_way():
    found = measured("def a(): pass\ndef _b(): pass\nclass _C:\n def d(self): pass\n")
    public = {name: f["public"] for name, f in found.items()}
    assert public == {"<module>": False, "a": True, "_b": False, "_C.d": False}


def test_a_notebook_cell_that_is_no_python_hides_no_other_cell(tmp_path):
    cells = ["%%bash\nls", "def f(:", "!pip install x\ndef g():\n    pass"]
    document = {"cells": [{"cell_type": "code", "source": code} for code in cells]}
    (tmp_path / "a.ipynb").write_text(json.dumps(document))
    report = analysed(tmp_path)
    (file,) = report["files"]
    assert (file["lines"], file["kind"], file["parse_error"]) == (4, "notebook", None)
    assert [(f["name"], f["line"]) for f in report["functions"]] == [("g", 2)]


@pytest.mark.parametrize(
    "content",
    [
        b"x = 1\0",
        b"x = '\xe9'\n",
        b"# coding: hex\nx = 1\n",
        b"# coding: utf-7\nx = '+2AA-'\n",
        b"def f(:\n",
        b"x = " + b"(" * 5000 + b")" * 5000,
        b"x = " + b"-" * 100_000 + b"1",
        b"x = a" + b".b()" * 20_000,
        b"x = 1\n" * 200_000,
        b"def f(x):\n  if x: pass\n" + b"  elif x: pass\n" * 4000,
    ],
    ids=[
        "nul",
        "not utf-8",
        "odd codec",
        "surrogates",
        "syntax",
        "parentheses",
        "minus",
        "chain",
        "large",
        "elif",
    ],
)
def test_a_hostile_file_is_recorded_and_costs_only_itself(tmp_path, content):
    (tmp_path / "bad.py").write_bytes(content)
    (tmp_path / "good.py").write_text("def f(): return 1\n")
    report = analysed(tmp_path)
    problems = {f["path"]: f["parse_error"] for f in report["files"]}
    assert problems["good.py"] is None
    assert isinstance(problems["bad.py"], str)
    assert [f["path"] for f in report["functions"]] == ["good.py"]


@pytest.mark.parametrize(
    "content", ["not json", "[" * 100_000, '{"cells": 5}', '{"cells": [{"cell_type": "code"}]}', "5"]
)
def test_a_notebook_that_is_none_is_recorded(tmp_path, content):
    (tmp_path / "a.ipynb").write_text(content)
    assert str(errors(tmp_path)["a.ipynb"]).startswith("not a notebook")


def test_a_crash_of_the_analyser_is_charged_to_the_file_it_was_at(tmp_path):
    for name in ("a.py", "b.py", "c.py"):
        (tmp_path / name).write_text("x = 1\n")

    def work(source: syntax.Source) -> dict[str, object]:
        if source.name == "b.py":
            os.kill(os.getpid(), signal.SIGKILL)
        return {"name": source.name}

    answers = syntax.each(syntax.sources(tmp_path), work)
    assert answers == [
        {"name": "a.py"},
        f"the analyser died (signal {signal.SIGKILL.value})",
        {"name": "c.py"},
    ]


def test_a_file_that_takes_too_long_is_given_up(tmp_path):
    (tmp_path / "a.py").write_text("")

    def work(_source: syntax.Source) -> dict[str, object]:
        while True:
            pass

    assert syntax.each(syntax.sources(tmp_path), work, seconds=1) == ["took more than 1 s"]


def test_links_pipes_and_vendored_code_are_not_read(tmp_path):
    (tmp_path / "real.py").write_text("")
    (tmp_path / "link.py").symlink_to("real.py")
    os.mkfifo(tmp_path / "pipe.py")
    vendored = tmp_path / "env" / "lib" / "site-packages"
    vendored.mkdir(parents=True)
    (vendored / "numpy.py").write_text("")
    assert [s.name for s in syntax.sources(tmp_path)] == ["real.py"]


def test_a_name_that_is_not_utf8_still_makes_a_report_every_reader_takes(tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/no\xff.py")).write_text("")
    text = json.dumps(analysed(tmp_path))
    assert json.loads(text)["files"][0]["path"].encode("utf-8") == b"no\\udcff.py"


def test_their_configuration_and_comments_mute_nothing(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[tool.ruff]\nexclude = ["*"]\nlint.select = []\n')
    (tmp_path / "ruff.toml").write_text("this is not toml !!!")
    (tmp_path / "a.py").write_text(
        "# ruff: noqa\nimport os  # noqa\n\n\ndef f(x=[]):  # noqa\n    return x\n"
    )
    found = static.ruff(syntax.sources(tmp_path))
    assert [(f["path"], f["line"], f["rule"]) for f in found] == [("a.py", 2, "F401"), ("a.py", 5, "B006")]


def test_lint_of_a_notebook_names_the_cell_counted_over_all_cells(tmp_path):
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "# t"},
        {
            "cell_type": "code",
            "metadata": {},
            "source": "x = 1\nprint(undefined)",
            "outputs": [],
            "execution_count": 1,
        },
    ]
    document = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "a.ipynb").write_text(json.dumps(document))
    found = static.ruff(syntax.sources(tmp_path))
    assert ("F821", 2, 2) in [(f["rule"], f["cell"], f["line"]) for f in found]


def test_a_name_that_looks_like_an_option_is_a_file(tmp_path):
    (tmp_path / "--exit-zero.py").write_text("import os\n")
    assert [f["path"] for f in static.ruff(syntax.sources(tmp_path))] == ["--exit-zero.py"]


def test_when_ruff_dies_on_one_file_the_others_keep_their_findings(tmp_path, capsys):
    for name in ("a.py", "poison.py"):
        (tmp_path / name).write_text("import os\n")

    def dies_on_poison(sources):
        if any(s.name == "poison.py" for s in sources):
            raise static.subprocess.CalledProcessError(-11, "ruff")
        return static.run_ruff(sources)

    assert [f["path"] for f in static.ruff(syntax.sources(tmp_path), dies_on_poison)] == ["a.py"]
    assert "ruff gave up on poison.py" in capsys.readouterr().err


def test_every_rule_of_the_list_is_known_to_ruff(tmp_path):
    (tmp_path / "a.py").write_text("")
    done = static.subprocess.run(
        ["ruff", "check", "--isolated", "--preview", "--select", static.RULES, str(tmp_path)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "warning" not in done.stderr


def test_a_constant_is_told_from_a_condition():
    for text, constant in (
        ("1", True),
        ("'x' == 'x'", True),
        ("f() == f()", True),
        ("a == b", False),
        ("[]", True),
    ):
        assert assertions.is_constant(ast.parse(text, mode="eval").body) is constant, text


def test_an_assertion_made_by_a_function_of_the_same_file_counts():
    found = measured("def check(x):\n    assert x\ndef test_a():\n    check(f())\n", name="tests/test_a.py")
    assert found["test_a"]["asserts"] == 1


# ---------------------------------------------------------------------- what refers to what


def written(top: Path, **files: str) -> dict[str, object]:
    for name, text in files.items():
        path = top / name.replace("__", "/").replace("_py", ".py").replace("_txt", ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return analysed(top)


def used(report: dict[str, object]) -> dict[str, bool]:
    return {f["name"]: f["used"] for f in report["functions"] if f["name"] != static.TOP_LEVEL}


def test_a_function_is_used_when_something_but_itself_and_the_tests_mentions_it(tmp_path):
    report = written(
        tmp_path,
        app_py="from steps import a\n\na()\nROWS = {'rows': 'registered'}\n",
        steps_py="def a(): return b\ndef b(): pass\n"
        "def lost(n): return lost(n - 1)\ndef registered(): pass\ndef tested(): pass\n",
        tests__test_steps_py="from steps import tested\ndef test_it(): assert tested()\n",
    )
    found = used(report)
    assert {name: found[name] for name in ("a", "b", "lost", "registered", "tested")} == {
        "a": True,
        "b": True,
        "lost": False,
        "registered": True,
        "tested": False,
    }


def test_what_a_decorator_or_a_framework_calls_is_used(tmp_path):
    text = "@app.get('/')\ndef home(): pass\nclass Steps(Base):\n"
    text += " def __init__(self): pass\n def transform(self, X): pass\nmake(Steps())\n"
    assert all(used(written(tmp_path, serve_py=text)).values())


def test_copies_have_one_shape_and_statements_that_repeat_count_once(tmp_path):
    padding = "".join(f"def add_{n}(x):\n    y = x + {n}\n    return y\n" for n in range(9))
    report = written(tmp_path, padding_py=padding, other_py="def f(x):\n" + "    x = x + 1\n" * 50)
    by_name = {f["name"]: f for f in report["functions"]}
    assert len({by_name[f"add_{n}"]["shape"] for n in range(9)}) == 1
    assert by_name["f"]["shape"] != by_name["add_0"]["shape"]
    assert by_name["f"]["statements"] == 1


def test_formatting_does_not_change_how_many_statements_there_are(tmp_path):
    short, long = (
        "x = f(a, b)\nif x: g(x)\n",
        "x = f(\n    a,\n    b,\n)\n\n# why\nif x:\n    g(\n        x\n    )\n",
    )
    assert measured(short)["<module>"]["statements"] == measured(long)["<module>"]["statements"] == 3


def test_what_the_code_imports_is_code_wherever_it_lies(tmp_path):
    report = written(tmp_path, app_py="import hidden\n", tests__hidden_py="x = 1\n", tests__kept_py="x = 2\n")
    assert {f["path"]: f["imported"] for f in report["files"]} == {
        "app.py": False,
        "tests/hidden.py": True,
        "tests/kept.py": False,
    }


@pytest.mark.parametrize(
    "runs", ["exec(open('sloppy.txt').read())", "import runpy\nrunpy.run_path('sloppy.txt')"]
)
def test_code_that_is_run_as_text_is_code_whatever_its_file_is_called(tmp_path, runs):
    report = written(
        tmp_path, app_py=runs + "\n", sloppy_txt="def f(a):\n    return a\n", notes_txt="Some words.\n"
    )
    assert [f["path"] for f in report["files"]] == ["app.py", "sloppy.txt"]


def test_a_text_that_looks_like_code_is_no_code_when_nothing_runs_text(tmp_path):
    report = written(
        tmp_path, app_py="df.eval('a + b')\nexec('x = 1')\n", sloppy_txt="def f(a):\n    return a\n"
    )
    assert [f["path"] for f in report["files"]] == ["app.py"]


def test_a_file_that_no_import_takes_is_hidden_where_text_is_run(tmp_path):
    report = written(tmp_path, app_py="exec(text)\n", left_py="print 'two'\n")
    assert {f["path"]: f["hidden"] for f in report["files"]} == {"app.py": False, "left.py": True}


def test_a_flood_of_one_rule_hides_no_other(tmp_path):
    flood = [
        {"path": f"a{n}.py", "cell": None, "line": 1, "rule": "A001", "message": ""} for n in range(9_000)
    ]
    late = {"path": "z.py", "cell": None, "line": 1, "rule": "S307", "message": ""}
    (tmp_path / "a.py").write_text("x = 1\n")
    report = static.analyse(tmp_path, cognitive=lambda _code: {}, lint=lambda _sources: [*flood, late])
    assert late in report["lint"]
    assert len(report["lint"]) <= static.A_RULE + 1
