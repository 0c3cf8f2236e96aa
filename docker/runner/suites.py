"""A test command -> runs of it that say what called what, or which tests failed. Beside trials.py.

pytest runs within this process, which was forked for it; any other command is started anew, and nobody
listens to it. Whatever is reported runs beside the candidate's conftest and is their claim.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Any

import syntax
import traces

USUAL = (
    "numpy",
    "pandas",
    "sklearn",
    "sklearn.linear_model",
    "sklearn.ensemble",
    "sklearn.pipeline",
    "scipy.stats",
)
CALLED = "_takehome_called"
MOST_NAMES, LONGEST_NAME = 20_000, 300
MOST_FILES, MOST_BYTES = 500, 200_000  # that are looked through for libraries


class Process:
    """Any command, started anew each time. Nobody listens to what it calls."""

    def __init__(self, argv: list[str]) -> None:
        self._argv = argv

    def listen(self, tree: Path, report: Path) -> None:
        """Run it; there is no report."""
        self.run(tree)

    def run_all(self, tree: Path, report: Path, order: int = 0) -> None:
        """Run it; there is no report, and its order is its own."""
        self.run(tree)

    def run(
        self,
        tree: Path,
        *,
        tests: Collection[str] | None = None,
        without: Collection[str] = (),
        report: Path | None = None,
    ) -> None:
        """Run all of it and end this process with its exit code; there is no report."""
        os._exit(subprocess.run(self._argv, cwd=tree, check=False).returncode & 0xFF)


class Pytest:
    """`pytest ...` or `python -m pytest ...`, in a process that has imported what they use of USUAL."""

    def __init__(self, words: list[str], tree: Path) -> None:
        self._words = words
        self._pytest = importlib.import_module("pytest")
        used = _mentioned(tree)
        for name in (name for name in USUAL if name.partition(".")[0] in used):
            with suppress(ImportError):
                importlib.import_module(name)

    def listen(self, tree: Path, report: Path) -> None:
        """Run all tests, with which function each of them called written to ``report``."""
        listener = Listener(report)
        setattr(builtins, CALLED, listener.heard)
        for path in sorted(tree.rglob("*.py")):
            name = path.relative_to(tree).as_posix()
            if not traces.named_test(name):
                with suppress(OSError, SyntaxError, ValueError, RecursionError):
                    announce(path, name)
        self._main(tree, listener)

    def run_all(self, tree: Path, report: Path, order: int = 0) -> None:
        """Run all tests to the end, with those that do not pass written to ``report``; as `ordered`."""
        self._main(tree, Outcomes(report, order))

    def run(
        self,
        tree: Path,
        *,
        tests: Collection[str] | None = None,
        without: Collection[str] = (),
        report: Path | None = None,
    ) -> None:
        """Run ``tests``, or all, up to the first that fails, with how it did written to ``report``.

        Ends this process with pytest's exit code.
        """
        self._main(tree, Chosen(tests, without, report), "-x")

    def _main(self, tree: Path, plugin: object, *more: str) -> None:
        # what `python -m pytest` would have on its path; `-I` left the variable out
        given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
        sys.path[:0] = [str(tree), *filter(None, given)]
        words = ["-p", "no:cacheprovider", "-o", "addopts=", "-q", *more, *self._words]
        os._exit(int(self._pytest.main(words, plugins=[plugin])))


def command_of(argv: list[str], tree: Path) -> Command:
    """How to run it on copies of ``tree``."""
    if argv[0] in ("pytest", "py.test"):
        return Pytest(argv[1:], tree)
    if argv[0] in ("python", "python3") and argv[1:3] == ["-m", "pytest"]:
        return Pytest(argv[3:], tree)
    return Process(argv)


def _mentioned(tree: Path) -> set[str]:
    """The usual libraries that some file names: the others would be imported for nothing, seconds of them."""
    roots = {name.partition(".")[0] for name in USUAL}
    found: set[str] = set()
    for path in sorted(path for path in tree.rglob("*.py") if path.is_file())[:MOST_FILES]:
        with suppress(OSError), path.open("rb") as file:
            text = file.read(MOST_BYTES)
            found |= {root for root in roots if root.encode() in text}
    return found


Command = Process | Pytest


class Chosen:
    """A plugin of pytest: only these tests, or all for None, and none of those functions."""

    def __init__(
        self, tests: Collection[str] | None, without: Collection[str], report: Path | None = None
    ) -> None:
        self._tests, self._without, self._report = tests, without, report

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Leave the others out; a test whose name changed is a test all the same."""
        items[:] = [item for item in items if _function(item.nodeid) not in self._without]
        if self._tests is not None:
            kept = [item for item in items if item.nodeid in self._tests]
            items[:] = kept or items

    def pytest_exception_interact(self, call: Any) -> None:
        """A test failed: because something did not hold, or because something went wrong before."""
        kinds = {each.__name__ for each in call.excinfo.type.__mro__}
        if self._report is not None:
            # `Failed` is pytest's own: pytest.fail, or nothing was raised where something should have been
            self._report.write_text("assertion" if kinds & {"AssertionError", "Failed"} else "error", "utf-8")


class Outcomes:
    """A plugin of pytest: how many test functions there were, and of which not every case passed."""

    def __init__(self, report: Path, order: int = 0) -> None:
        self._report, self._order = report, order
        self._tests, self._failed = 0, set[str]()

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """They were found, and are put into another order where that is asked."""
        self._tests = len({_function(item.nodeid) for item in items})
        items[:] = ordered(items, self._order)

    def pytest_runtest_logreport(self, report: Any) -> None:
        """A test was set up, ran, or was cleaned up after."""
        if report.failed and len(self._failed) < MOST_NAMES:
            self._failed.add(_function(report.nodeid))

    def pytest_sessionfinish(self) -> None:
        """All are over."""
        found = {"tests": self._tests, "failed": sorted(self._failed)}
        self._report.write_text(json.dumps(found), encoding="utf-8")


def ordered(items: list[Any], order: int) -> list[Any]:
    """0: as they are; 1: the last first; any other: at random, the same each time.

    What is set up once for a file or a class is set up once all the same: these stay together.
    """
    if order <= 1:
        return items[::-1] if order else list(items)
    chance = random.Random(order)  # noqa: S311 - a draw, no secret
    ranks: dict[str, float] = {}
    for item in items:
        file, *inner = item.nodeid.partition("[")[0].split("::")
        for depth in range(len(inner) + 1):
            ranks.setdefault("::".join([file, *inner[:depth]]), chance.random())
        ranks.setdefault(item.nodeid, chance.random())

    def key(item: Any) -> list[float]:
        file, *inner = item.nodeid.partition("[")[0].split("::")
        places = ["::".join([file, *inner[:depth]]) for depth in range(len(inner) + 1)]
        return [ranks[place] for place in (*places, item.nodeid)]

    return sorted(items, key=key)


def _function(nodeid: str) -> str:
    """The test function of a parametrised case."""
    return nodeid.partition("[")[0][:LONGEST_NAME]


class Listener:
    """A plugin of pytest: which of the repository's functions is called by which test.

    What is called before any test, or while one is set up, may serve every test: those have None.
    """

    def __init__(self, report: Path) -> None:
        self._report = report
        self._now: str | None = None
        self._called: dict[tuple[str, int], set[str] | None] = {}

    def heard(self, file: str, line: int) -> None:
        """The function that begins there was called."""
        place = (file, line)
        tests = self._called.setdefault(place, set())
        if self._now is None:
            self._called[place] = None
        elif tests is not None:
            tests.add(self._now)

    def pytest_runtest_call(self, item: Any) -> None:
        """A test begins."""
        self._now = item.nodeid

    def pytest_runtest_teardown(self) -> None:
        """A test is over."""
        self._now = None

    def pytest_sessionfinish(self) -> None:
        """All are over."""
        found = [[*place, None if t is None else sorted(t)] for place, t in self._called.items()]
        self._report.write_text(json.dumps(found), encoding="utf-8")


def announce(path: Path, name: str) -> None:
    """Rewrite a file so that each of its outermost functions says that it was called.

    A profile function would hear every call in pandas too, and took ten times as long.
    """
    tree = ast.parse(path.read_bytes())
    for _, node in syntax.functions(tree):
        said = ast.parse(f"{CALLED}({name!r}, {node.lineno})").body
        has_docstring = ast.get_docstring(node, clean=False) is not None
        node.body[has_docstring:has_docstring] = said
    path.write_text(ast.unparse(ast.fix_missing_locations(tree)), encoding="utf-8")
