"""sabotage.py: everything but the tests raises, and the rest is as it was."""

from __future__ import annotations

import ast

import pytest
import sabotage
import syntax


@pytest.mark.parametrize(
    "text",
    [
        "def f(a, b=1):\n    '''Doc.'''\n    return a\n",
        "def f(): return 1\n",
        "def f(): return 'é'; x = 1  # é\n",
        "async def f():\n    yield 1\n",
        "class A:\n    @property\n    def f(self):\n        return 1\n\n    @x\n    def g(): pass\n",
        "def f():\n    @deco\n    def g():\n        return 1\n    return g\n",
        "def f():\n    return '''\n  text\n'''\n\nx = f\n",
        "if True:\n    def f():\n        return (\n            1\n        )\nelse:\n    def f(): pass\n",
        "def f(\n    a,\n    b,\n):\n    # why\n    return a\n",
    ],
)
def test_every_body_raises_and_everything_else_stays(text):
    changed, count = sabotage.sabotage(text)
    before, after = ast.parse(text), ast.parse(changed)
    assert count == len(list(syntax.functions(before)))
    for name, node in syntax.functions(after):
        assert ast.unparse(node.body) == "raise RuntimeError('sabotaged')", name
    for tree in (before, after):
        for _, node in syntax.functions(tree):
            node.body = []
    assert ast.dump(before) == ast.dump(after)


def test_a_file_without_functions_is_not_touched():
    assert sabotage.sabotage("x = 1\n") == ("x = 1\n", 0)


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
    assert sabotage.main(places) == 0
    tree = places.output / "tree"
    raised = '# coding: latin-1\ndef f():\n    raise RuntimeError("sabotaged")\n'
    assert (tree / "model.py").read_text(encoding="latin-1") == raised
    assert (tree / "model.py").stat().st_mode & 0o777 == 0o755
    assert (tree / "broken.py").read_text() == "def f(:\n"
    assert (tree / "tests" / "test_model.py").read_text() == "def test_f():\n    assert True\n"


def test_forty_thousand_functions_take_seconds_not_minutes():
    text = "".join(f"def f{n}(): return 1\n" for n in range(40_000))
    _, count = sabotage.sabotage(text)
    assert count == 40_000
