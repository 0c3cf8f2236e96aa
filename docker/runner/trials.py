"""The candidate's tests on one mutant after another -> /output/trials.jsonl, a line each as it ends.

`python3 -I trials.py --budget-s N -- ARGV...`; the mutants are /mutants/mutants.json, as mutants.py wrote it.
The first line is `{"covered": [[file, line], ...], "seconds", "exit"}`: the functions that a run on the
unchanged code called (null when nobody listened), and how that run ended. The others are `{"id", "ended",
"exit", "seconds"}`, where `ended` is exit, timeout or signal. Mutants of functions that no test called are
not run and have no line; of the others only the tests that called the function are.

pytest runs in a fork of a process that has imported the usual libraries, which saves seconds a mutant; any
other command is started anew. One thread a numeric library: a fork of one with more hangs. All of it is the
candidate's claim, as their conftest runs here; the mutants' names tell it nothing.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import importlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TextIO

sys.path.insert(0, str(Path(__file__).resolve().parent))  # -I leaves the script's folder out

import syntax
import traces
import workspace

USAGE = "usage: trials.py --budget-s N -- ARGV..."
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
BROKEN = 99  # our own exit code for a run that could not be made
SLACK, LEAST_S = 4.0, 8.0  # a mutant may take this many times what the unchanged code took, and at least this
Mutant = dict[str, Any]


def main(words: list[str], places: workspace.Places, mutants: Path = Path("/mutants/mutants.json")) -> int:
    """Run the unchanged code, then mutants until the budget is spent."""
    if words[:1] != ["--budget-s"] or words[2:3] != ["--"] or not words[3:]:
        workspace.say(USAGE)
        return 2
    deadline = time.monotonic() + float(words[1])
    command = command_of(words[3:])
    try:
        with (places.output / "trials.jsonl").open("w", encoding="utf-8") as out:
            for line in trials(json.loads(mutants.read_text("utf-8")), places, command, deadline):
                _write(line, out)
    except OSError as error:
        workspace.say(f"stopped: {error}")
        return workspace.CANNOT_KEEP
    return 0


def trials(
    mutants: list[Mutant], places: workspace.Places, command: Command, deadline: float
) -> Iterator[dict[str, Any]]:
    """The unchanged code, then each mutant of a function that it called, in the order they were drawn."""
    report = Path(tempfile.mkdtemp()) / "calls.json"
    first = _tried(places, None, lambda tree: command.listen(tree, report), deadline - time.monotonic())
    called = _calls(report) if first["exit"] == 0 else None
    if first["exit"] != 0:  # perhaps for the sake of listening: some tests read the code that they test
        first = _tried(places, None, command.run, deadline - time.monotonic())
    covered = None if called is None else sorted(called)
    yield {"covered": covered, "seconds": first["seconds"], "exit": first["exit"]}
    limit = max(LEAST_S, SLACK * first["seconds"])
    for mutant in mutants:
        place = (mutant["file"], mutant["line"])
        if first["exit"] != 0 or time.monotonic() + min(limit, LEAST_S) > deadline:
            return
        if called is None or place in called:
            tests = called[place] if called else None
            left = min(limit, deadline - time.monotonic())
            yield {"id": mutant["id"], **_tried(places, mutant, partial(command.run, tests=tests), left)}


def _tried(
    places: workspace.Places, mutant: Mutant | None, run: Callable[[Path], object], limit: float
) -> dict[str, Any]:
    """One run where the tests ran before, killed with all that it started when it takes too long.

    In the same place and not beside it: paths that a project or a test has in it must go on to hold.
    """
    _lay_out_anew(places)
    if mutant:
        (places.work / mutant["file"]).write_text(mutant["source"], encoding="utf-8")
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        _in_child(places.work, run)
    ended, status = _waited(child, started + limit)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    seconds = round(time.monotonic() - started, 2)
    if ended and os.WIFEXITED(status):
        return {"ended": "exit", "exit": os.WEXITSTATUS(status), "seconds": seconds}
    return {"ended": "signal" if ended else "timeout", "exit": None, "seconds": seconds}


def _lay_out_anew(places: workspace.Places) -> None:
    """The work folder as a stage finds it; what the run before left is gone."""

    def allowed(_remove: object, name: str, _error: object) -> None:
        path = Path(name)
        with suppress(OSError):
            path.parent.chmod(0o700)
            path.chmod(0o700)
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    for entry in list(places.work.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, onerror=allowed)
        else:
            entry.unlink()
    with contextlib.redirect_stderr(io.StringIO()):  # what is left out was said by the stage `test`
        workspace.prepare(places, os.environ, generated_code=False)


def _in_child(tree: Path, run: Callable[[Path], object]) -> None:
    """Quiet, in a group of its own, and never back into the parent's code."""
    try:
        os.setsid()
        null = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(null, descriptor)
        os.chdir(tree)
        run(tree)
    finally:
        os._exit(BROKEN)


def _waited(child: int, until: float) -> tuple[bool, int]:
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return True, status
        time.sleep(0.01)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False, 0


class Process:
    """Any command, started anew each time. Nobody listens to what it calls."""

    def __init__(self, argv: list[str]) -> None:
        self._argv = argv

    def listen(self, tree: Path, report: Path) -> None:
        """Run it; there is no report."""
        self.run(tree)

    def run(self, tree: Path, *, tests: Collection[str] | None = None) -> None:
        """Run all of it and end this process with its exit code."""
        os._exit(subprocess.run(self._argv, cwd=tree, check=False).returncode & 0xFF)


class Pytest:
    """`pytest ...` or `python -m pytest ...`, in a process that has imported the usual libraries."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._pytest = importlib.import_module("pytest")
        for name in USUAL:
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

    def run(self, tree: Path, *, tests: Collection[str] | None = None) -> None:
        """Run ``tests``, or all, up to the first that fails; end this process with pytest's exit code."""
        self._main(tree, Chosen(tests), "-x")

    def _main(self, tree: Path, plugin: object, *more: str) -> None:
        # what `python -m pytest` would have on its path; `-I` left the variable out
        given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
        sys.path[:0] = [str(tree), *filter(None, given)]
        words = ["-p", "no:cacheprovider", "-o", "addopts=", "-q", *more, *self._words]
        os._exit(int(self._pytest.main(words, plugins=[plugin])))


def command_of(argv: list[str]) -> Command:
    """How to run it."""
    if argv[0] in ("pytest", "py.test"):
        return Pytest(argv[1:])
    if argv[0] in ("python", "python3") and argv[1:3] == ["-m", "pytest"]:
        return Pytest(argv[3:])
    return Process(argv)


Command = Process | Pytest


class Chosen:
    """A plugin of pytest: only these tests; all of them for None."""

    def __init__(self, tests: Collection[str] | None) -> None:
        self._tests = tests

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Leave the others out; a test whose name changed is a test all the same."""
        if self._tests is not None:
            kept = [item for item in items if item.nodeid in self._tests]
            items[:] = kept or items


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


def _calls(report: Path) -> dict[tuple[str, int], list[str] | None] | None:
    with suppress(OSError, ValueError):
        return {(f, int(line)): tests for f, line, tests in json.loads(report.read_text("utf-8"))}
    return None  # a command that was started anew


def _write(line: dict[str, Any], out: TextIO) -> None:
    out.write(json.dumps(line) + "\n")
    out.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], workspace.Places()))
