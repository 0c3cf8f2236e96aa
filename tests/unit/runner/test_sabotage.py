"""sabotage.py, twins.py: everything but the tests fails, or nothing does; the rest is as it was."""

from __future__ import annotations

import ast
import random

import pytest
import sabotage
import syntax
import twins

TEXTS = [
    "def f(a, b=1):\n    '''Doc.'''\n    return a\n",
    "def f():\n    '''Doc.'''\n",
    "def f(): 'Doc.'\n",
    "def f(): return 1\n",
    "def f(): return 'é'; x = 1  # é\n",
    "async def f():\n    yield 1\n",
    "class A:\n    @property\n    def f(self):\n        return 1\n\n    @x\n    def g(): pass\n",
    "def f():\n    @deco\n    def g():\n        return 1\n    return g\n",
    "def f():\n\tfor a in b:\n\t\treturn a\n",
    "def f():\n    'Doc.'\n    with a:\n        return 1\n",
    "def f():\n    return '''\n  text\n'''\n\nx = f\n",
    "if True:\n    def f():\n        return (\n            1\n        )\nelse:\n    def f(): pass\n",
    "def f(\n    a,\n    b,\n):\n    # why\n    return a\n",
]
FORMS = list(twins.FORMS.items())


def outcome(text: str) -> object:
    space: dict[str, object] = {}
    exec(text, space)
    return space["f"](3), space["g"](2)  # type: ignore[operator]


@pytest.mark.parametrize("fails", [True, False])
@pytest.mark.parametrize("text", TEXTS)
def test_every_function_gets_one_statement_and_everything_else_stays(text, fails):
    changed, count = twins.spread(text, twins.FORMS["OverflowError"], random.Random(3), fails=fails)
    before, after = ast.parse(text), ast.parse(changed)
    assert count == len(list(syntax.functions(before)))
    for (name, old), (_, new) in zip(syntax.functions(before), syntax.functions(after), strict=True):
        assert ast.get_docstring(old) == ast.get_docstring(new), name
        added = new.body.pop(1 if ast.get_docstring(new) else 0)
        assert isinstance(added, ast.Expr), name
    assert ast.dump(before) == ast.dump(after)


@pytest.mark.parametrize(("error", "form"), FORMS)
@pytest.mark.parametrize("seed", range(20))
def test_one_twin_fails_wherever_it_stands_and_the_other_does_nothing(error, form, seed):
    text = "def f(a):\n    'Doc.'\n    return a + 1\ndef g(a):\n    for n in range(a): a += n\n    return a\n"
    broken, _ = twins.spread(text, form, random.Random(seed), fails=True)
    harmless, _ = twins.spread(text, form, random.Random(seed + 1), fails=False)
    with pytest.raises(ArithmeticError) as raised:
        outcome(broken)
    assert type(raised.value).__name__ == error
    assert outcome(harmless) == outcome(text) == (4, 3)


def test_what_fails_is_nothing_that_a_test_expects():
    """`with pytest.raises(ZeroDivisionError)` would stay green on code that fails so everywhere."""
    assert twins.form_for(["pytest.raises(ZeroDivisionError)"]) is twins.FORMS["OverflowError"]
    assert twins.form_for(["pytest.raises(OverflowError)"]) is twins.FORMS["ZeroDivisionError"]


def test_a_file_without_functions_is_not_touched_beside_one_that_has_some(tmp_path):
    (tmp_path / "settings.py").write_text("import os\nX = os.sep\n")
    (tmp_path / "model.py").write_text("def f(): pass\n")
    changed, left = sabotage.broken(syntax.sources(tmp_path), random.Random(1), fails=True)
    assert ([source.name for source in changed], left) == (["model.py"], {})


def test_scripts_without_any_function_fail_when_they_are_run(tmp_path):
    """A test that runs the script would stay green otherwise, and an honest author would have nothing."""
    script = (
        '"""A script."""\nfrom __future__ import annotations\nimport os\n\nif os.sep:\n    print("ran")\n'
    )
    (tmp_path / "train.py").write_text(script)
    changed, _ = sabotage.broken(syntax.sources(tmp_path), random.Random(1), fails=True)
    (text,) = changed.values()
    with pytest.raises(ZeroDivisionError):
        exec(compile(text, "train.py", "exec"), {})
    harmless, _ = sabotage.broken(syntax.sources(tmp_path), random.Random(1), fails=False)
    exec(compile(next(iter(harmless.values())), "train.py", "exec"), {})


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("churn/model.py", True),
        ("setup.py", True),
        ("tests/test_model.py", False),
        ("test_model.py", False),
        ("churn/model_test.py", False),
        ("conftest.py", False),
        ("tests/factories.py", False),
        ("nb.ipynb", False),
        ("contest.py", True),
    ],
)
def test_tests_and_what_they_are_made_of_stay_as_they_are(name, target, tmp_path):
    assert sabotage.is_target(syntax.Source(name, tmp_path)) is target


def test_the_tree_is_the_submission_with_its_functions_raising(places):
    (places.submission / "tests").mkdir()
    (places.submission / "model.py").write_text(
        "# coding: latin-1\ndef f():\n    return 'é'\n", encoding="latin-1"
    )
    (places.submission / "model.py").chmod(0o755)
    (places.submission / "broken.py").write_text("def f(:\n")
    (places.submission / "tests" / "test_model.py").write_text("def test_f():\n    assert True\n")
    assert sabotage.main(["--seed", "1"], places) == 0
    tree = places.output / "tree"
    text = (tree / "model.py").read_text(encoding="latin-1")
    assert text.startswith("# coding: latin-1\ndef f():\n    ")
    assert text.endswith("; return 'é'\n")
    assert (tree / "model.py").stat().st_mode & 0o777 == 0o755
    assert (tree / "broken.py").read_text() == "def f(:\n"
    assert (tree / "tests" / "test_model.py").read_text() == "def test_f():\n    assert True\n"


def test_forty_thousand_functions_take_seconds_not_minutes():
    text = "".join(f"def f{n}(): return 1\n" for n in range(40_000))
    _, count = twins.spread(text, twins.FORMS["OverflowError"], random.Random(1), fails=True)
    assert count == 40_000
