"""Smells of tests: what passes whatever the code does, or depends on more than the code. Beside static.py.

    no-assert      nothing in it can fail: no assertion, no checking call, no expected exception
    tautology      an assertion that holds for any code
    presence-only  all that it asserts is that something is there
    mocked-unit    it replaces the very function that it then calls
    network        it asks a host that is not this one
    sleep          it waits for a fixed time, and not in a loop that looks whether it may go on

Only functions that pytest collects are looked at; each rule names a test once.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

import assertions
import syntax
from view import Cells, View, is_constant, keyword, method, strings_in, view

Function = ast.FunctionDef | ast.AsyncFunctionDef
# what raises when it is not as it should be: helpers of other files, and the library's own
CHECKS = re.compile(r"^_*(check|verify|expect|validate|ensure|should|must|assert|raise_for_status|fail)")
HTTP = ("requests", "httpx", "urllib3", "aiohttp")
URLS = re.compile(r"^(?:https?|ftp)://(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]+)", re.IGNORECASE)
HERE = re.compile(
    r"^(localhost|127\.|0\.0\.0\.0|\[::1\]|test|.*\.(test|example|invalid|localhost)$|example\.)",
    re.IGNORECASE,
)
FAKES = (
    "responses",
    "requests_mock",
    "respx",
    "httpretty",
    "vcr",
    "pytest_httpx",
    "aioresponses",
    "httpserver",
)
LONG_S = 0.05


def of_file(source: syntax.Source, cells: Cells) -> list[dict[str, Any]]:
    """The hits of a test module, as plain data."""
    seen = view(source, cells)
    found: list[dict[str, Any]] = []
    for _, tree in cells:
        cases = assertions.test_cases(tree)
        checkers = {name for name, node in syntax.functions(tree) if assertions.asserts(node)}
        faked = any(word in strings_in(tree) | _words(tree) for word in FAKES)
        for name, node in syntax.functions(tree):
            if not assertions.is_test(source, name, cases):
                continue
            try:
                said = list(_of_test(seen, node, checkers, faked=faked))
            except RecursionError:  # an expression too deep to be read as text says nothing of the others
                said = []
            for rule, line, message in said:
                place = {"path": source.name, "line": line, "function": name}
                found.append(place | {"rule": rule, "message": message})
    return found


def _of_test(
    view: View, node: Function, checkers: set[str], *, faked: bool
) -> Iterator[tuple[str, int, str]]:
    name = node.name[:100]
    constants = [inner for inner in ast.walk(node) if _says_nothing(inner)]
    if constants:
        yield "tautology", constants[0].lineno, f"{name}: `{_short(constants[0])}` holds for any code"  # type: ignore[attr-defined]
    can_fail = assertions.asserts(node, checkers) or any(_checks(view, inner) for inner in ast.walk(node))
    if not can_fail and not constants:
        yield "no-assert", node.lineno, f"{name} asserts nothing"
    if can_fail and _presence_only(node, checkers):
        yield "presence-only", node.lineno, f"{name} asserts only that something is there"
    yield from _first(_mocked(view, node), "mocked-unit", f"{name} replaces what it tests")
    if not faked:
        yield from _first(_network(view, node), "network", f"{name} asks a host on the network")
    yield from _first(_sleeps(view, node), "sleep", f"{name} waits for a fixed time")


def _first(found: Iterator[ast.AST], rule: str, told: str) -> Iterator[tuple[str, int, str]]:
    for node in found:
        yield rule, getattr(node, "lineno", 1), f"{told}: `{_short(node)}`"
        return


def _says_nothing(node: ast.AST) -> bool:
    """``assert True``, ``assert x == x``, ``self.assertTrue(True)``, ``self.assertEqual(x, x)``."""
    if isinstance(node, ast.Assert):
        return assertions.is_constant(node.test) and not is_constant(node.test, False, 0)
    if not isinstance(node, ast.Call) or not node.args:
        return False
    if method(node) in ("assertTrue", "assertIsNotNone"):
        return isinstance(node.args[0], ast.Constant)
    if method(node) in ("assertEqual", "assertIs") and len(node.args) > 1:
        return assertions.is_constant(ast.Compare(node.args[0], [ast.Eq()], [node.args[1]]))
    return False


def _checks(view: View, node: ast.AST) -> bool:
    if isinstance(node, ast.Raise):
        return True
    if not isinstance(node, ast.Call):
        return False
    name = method(node) or view.dotted(node.func).rpartition(".")[2]
    return bool(CHECKS.match(name)) or is_constant(keyword(node, "check"), True)


def _presence_only(node: Function, checkers: set[str]) -> bool:
    """Every assertion is ``x is not None``, and there is nothing else that can fail."""
    bare = [n for n in ast.walk(node) if isinstance(n, ast.Assert) and not assertions.is_constant(n.test)]
    return (
        bool(bare)
        and len(bare) == assertions.asserts(node, checkers)
        and all(_is_there(n.test) for n in bare)
    )


def _is_there(test: ast.expr) -> bool:
    return (
        isinstance(test, ast.Compare)
        and isinstance(test.ops[0], ast.IsNot | ast.NotEq)
        and is_constant(test.comparators[0], None)
    )


def _mocked(view: View, node: Function) -> Iterator[ast.AST]:
    """``patch("pkg.model.predict")`` in a test that calls ``predict`` or ``model.predict`` itself."""
    called = {view.dotted(n.func) for n in ast.walk(node) if isinstance(n, ast.Call)} - {""}
    for call in (n for n in ast.walk(node) if isinstance(n, ast.Call)):
        target = _replaced(view, call)
        if target and any(name == target or _same_end(name, target) for name in called):
            yield call


def _replaced(view: View, call: ast.Call) -> str:
    """What a patch replaces, by its full name; "" for what is no patch."""
    name = view.dotted(call.func)
    texts = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if name.rpartition(".")[2] == "patch" and len(call.args) >= 1 and texts and call.args[0] is not None:
        return texts[0] if isinstance(call.args[0], ast.Constant) else ""
    if name.endswith((".setattr", "patch.object")) and len(call.args) >= 2 and texts:
        if isinstance(call.args[0], ast.Constant):
            return texts[0]
        owner = view.dotted(call.args[0])
        return f"{owner}.{texts[0]}" if owner else ""
    return ""


def _same_end(name: str, target: str) -> bool:
    """``model.predict`` and ``churn.model.predict``: the same module and function, by whatever path."""
    ours, theirs = name.split("."), target.split(".")
    return len(ours) >= 2 and len(theirs) >= 2 and ours[-2:] == theirs[-2:]


def _network(view: View, node: Function) -> Iterator[ast.AST]:
    for call in (n for n in ast.walk(node) if isinstance(n, ast.Call)):
        asks = view.library(call, *HTTP) in ("get", "post", "put", "delete", "head", "request", "patch")
        opens = view.dotted(call.func) in ("urllib.request.urlopen", "urllib.request.urlretrieve")
        reads = view.library(call, "pandas").startswith("read_")
        urls = [
            URLS.match(a.value) for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
        ]
        if (asks or opens or reads) and any(u and not HERE.match(u[1]) for u in urls):
            yield call


def _sleeps(view: View, node: Function) -> Iterator[ast.AST]:
    loops = [n for n in ast.walk(node) if isinstance(n, ast.For | ast.While | ast.AsyncFor)]
    waiting = {id(inner) for loop in loops for inner in ast.walk(loop)}
    for call in (n for n in ast.walk(node) if isinstance(n, ast.Call)):
        if (
            view.dotted(call.func) in ("time.sleep", "asyncio.sleep")
            and id(call) not in waiting
            and call.args
        ):
            seconds = call.args[0]
            if (
                isinstance(seconds, ast.Constant)
                and isinstance(seconds.value, int | float)
                and seconds.value >= LONG_S
            ):
                yield call


def _words(tree: ast.AST) -> set[str]:
    """Names, arguments and imports of a module."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.alias):
            found.add(node.name.partition(".")[0])
    return found


def _short(node: ast.AST) -> str:
    return ast.unparse(node).replace("\n", " ")[:80]
