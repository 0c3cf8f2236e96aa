"""Which functions are tests, and which of their assertions can fail. For static.py, beside it."""

from __future__ import annotations

import ast
from collections.abc import Collection

import syntax

Function = ast.FunctionDef | ast.AsyncFunctionDef


def is_test(source: syntax.Source, name: str, cases: Collection[str] = ()) -> bool:
    """A function that pytest collects: ``test*`` in a test module, bare, in ``Test*`` or in a TestCase."""
    *outer, last = name.split(".")
    in_class = all(part.startswith("Test") for part in outer) or ".".join(outer) in cases
    return source.is_test and last.startswith("test") and in_class


def test_cases(tree: ast.Module) -> set[str]:
    """The classes of this file that derive, here or elsewhere, from a ``...TestCase``."""
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            bases = [ast.unparse(base) for base in node.bases]
            if any(base.endswith("TestCase") or base in found for base in bases):
                found.add(node.name)
    return found


def asserts(node: Function, checkers: Collection[str] = ()) -> int:
    """Assertions that can fail: assert statements, assert* calls, pytest.raises, warns and fail.

    A call of one of ``checkers``, functions of the same file that assert something, is one too.
    """
    count = 0
    for inner in ast.walk(node):
        if isinstance(inner, ast.Assert):
            count += not is_constant(inner.test)
        elif isinstance(inner, ast.Call):
            count += _is_assertion(inner.func) or _called(inner.func) in checkers
    return count


def _called(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""


def _is_assertion(called: ast.expr) -> bool:
    if isinstance(called, ast.Attribute):
        if isinstance(called.value, ast.Name) and called.value.id == "pytest":
            return called.attr in {"raises", "warns", "fail"}
        return called.attr.startswith("assert")
    return isinstance(called, ast.Name) and called.id.startswith("assert")


def is_constant(test: ast.expr) -> bool:
    """A condition that says nothing: no name in it, or the same thing on both sides."""
    if isinstance(test, ast.Compare) and ast.dump(test.left) == ast.dump(test.comparators[0]):
        # the same question twice may have two answers: that is how one tests that it has not
        return not any(isinstance(p, ast.Call) and (p.args or p.keywords) for p in ast.walk(test.left))
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or):
        return any(is_constant(value) for value in test.values)
    return not any(isinstance(part, ast.Name | ast.Call) for part in ast.walk(test))
