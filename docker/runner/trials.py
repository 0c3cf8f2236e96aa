"""The candidate's tests on one mutant after another -> /output/trials.jsonl, a line each as it ends.

`python3 -I trials.py --most N --budget-s N --parts-s N --limit-s N -- ARGV...`; the mutants are
/mutants/sources.json, as mutants.py wrote it. The first line is `{"covered": [[file, line], ...], "seconds",
"exit"}`: the functions that a run on the unchanged code called (null when nobody listened), and how that run
ended; `exit` is null when it took longer than the limit. The others are `{"id", "ended", "exit", "seconds"}`,
where `ended` is exit, timeout or signal. Mutants of functions that no test called are not run and have no
line; of the others only the tests that called the function are.

The first `--most` that the tests called are tried, in the order they were drawn: which ones says nothing of
how fast a machine is. The budgets are there for slow tests, and far from what others need: of processor time,
so that a busy machine tries no fewer, and of `SLEEPS` times as many seconds.

A mutant that is `whole` is tried with all tests, whatever the budget, and its line has `failed`, the test
functions that did not pass, and `tests`, how many there were. Tests that fail on every such copy look at how
the code is written; they take no part in what follows. Lines with the ids `order-1` to `order-3` are of the
unchanged code with all tests in another order, pytest's alone; `failed` has those that failed so twice.

pytest runs in a fork of a process that has imported those usual libraries that the code names, which saves
seconds a mutant; any other command is started anew. One thread a numeric library: a fork of one with more
hangs. All of it is the candidate's claim, as their conftest runs here; the mutants' names tell it nothing.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import signal
import sys
import tempfile
import time
import tokenize
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))  # -I leaves the script's folder out

import suites
import workspace

FLAGS = ("--most", "--budget-s", "--parts-s", "--limit-s")
USAGE = "usage: trials.py --most N --budget-s N --parts-s N --limit-s N -- ARGV..."
ORDERS, ORDERS_S = (1, 2, 3), 60.0  # the first always, another while so many seconds are not spent
BROKEN = 99  # our own exit code for a run that could not be made
SLEEPS = 5.0  # a suite may wait, and a machine be busy: so many seconds a second of the budget
SLACK, LEAST_S = 4.0, 8.0  # a mutant may take this many times what the unchanged code took, and at least this
Mutant = dict[str, Any]
Line = dict[str, Any]
Calls = dict[tuple[str, int], list[str] | None]  # a function's place -> the tests that called it, or all


def main(words: list[str], places: workspace.Places, mutants: Path = Path("/mutants/sources.json")) -> int:
    """Run the unchanged code, then so many mutants, or until the budget is spent."""
    if tuple(words[0:8:2]) != FLAGS or words[8:9] != ["--"] or not words[9:]:
        workspace.say(USAGE)
        return 2
    most, (budget_s, parts_s, limit_s) = int(words[1]), map(float, words[3:8:2])
    command = suites.command_of(words[9:], places.submission)
    trying = Trying(places, command, most=most, budget_s=budget_s, parts_s=parts_s, limit_s=limit_s)
    try:
        with (places.output / "trials.jsonl").open("w", encoding="utf-8") as out:
            for line in trying.lines(json.loads(mutants.read_text("utf-8"))):
                out.write(json.dumps(line) + "\n")
                out.flush()
    except OSError as error:
        workspace.say(f"stopped: {error}")
        return workspace.CANNOT_KEEP
    return 0


class Trying:
    """One suite on many copies. ``most``: with one small change; ``limit_s``: for a run of all tests."""

    def __init__(
        self,
        places: workspace.Places,
        command: suites.Command,
        *,
        most: int,
        budget_s: float,
        parts_s: float,
        limit_s: float,
    ) -> None:
        self._places, self._command, self._most, self._limit = places, command, most, limit_s
        self._budget, self._parts = budget_s, parts_s
        self._report = Path(tempfile.mkdtemp()) / "report.json"

    def lines(self, mutants: list[Mutant]) -> Iterator[Line]:
        """The unchanged code, the copies with every function changed, then the others as they were drawn."""
        first, called = self._first()
        covered = None if called is None else sorted(called)
        yield {"covered": covered, "seconds": first["seconds"], "exit": first["exit"]}
        if first["exit"] != 0:
            return
        least = max(LEAST_S, SLACK * first["seconds"])
        if isinstance(self._command, suites.Pytest):
            yield from self._orders(first["seconds"], min(least, self._limit))
        failed: list[set[str]] = []
        for mutant in (m for m in mutants if m["whole"]):
            line = self._whole(mutant, min(least, self._limit))
            failed.append(set(line["failed"] or ()))
            yield line
        without = frozenset.intersection(*map(frozenset, failed)) if len(failed) > 1 else frozenset()
        single = [m for m in mutants if not (m["whole"] or m["part"])]
        yield from self._single(single, called, without, least)
        budget = Budget(self._parts)
        for mutant in (m for m in mutants if m["part"]):
            if budget.left_s > 0.0:
                yield self._whole(mutant, min(least, budget.left_s), again=False)

    def _first(self) -> tuple[Line, Calls | None]:
        """On the unchanged code: how it ends, and which functions it calls when somebody could listen."""
        first = _tried(self._places, None, lambda tree: self._command.listen(tree, self._report), self._limit)
        if first["exit"] == 0:
            return first, _calls(self._report)
        # red or slow perhaps for the sake of listening: some tests read the code that they test
        return _tried(self._places, None, self._command.run, self._limit), None

    def _whole(self, mutant: Mutant, limit: float, *, again: bool = True) -> Line:
        self._report.unlink(missing_ok=True)
        run = partial(self._command.run_all, report=self._report)
        ended = _tried(self._places, mutant, run, limit)
        if (
            ended["exit"] is None and again
        ):  # a busy machine, once; a suite that waits for somebody to leave, again
            ended = _tried(self._places, mutant, run, 2 * limit)
        return {"id": mutant["id"], **ended, **_failures(self._report)}

    def _orders(self, before_s: float, limit: float) -> Iterator[Line]:
        started = time.monotonic()
        for order in ORDERS:
            line = self._in_order(order, limit)
            if line["exit"] and line["failed"]:  # perhaps for another reason: what is the order's stays
                again = self._in_order(order, limit)
                both = set(line["failed"]) & set(again["failed"] or ())
                line |= {"exit": again["exit"], "failed": sorted(both)}
            yield {"id": f"order-{order}", **line}
            if time.monotonic() - started + before_s > ORDERS_S:
                return

    def _in_order(self, order: int, limit: float) -> Line:
        self._report.unlink(missing_ok=True)
        run = partial(self._command.run_all, report=self._report, order=order)
        return {**_tried(self._places, None, run, limit), **_failures(self._report)}

    def _single(
        self, mutants: list[Mutant], called: Calls | None, without: frozenset[str], least: float
    ) -> Iterator[Line]:
        budget = Budget(self._budget)
        places = [(mutant["file"], mutant["line"]) for mutant in mutants]
        fit = [each for each in zip(mutants, places, strict=True) if called is None or each[1] in called]
        for mutant, place in fit[: self._most]:
            if budget.left_s <= 0.0:
                return
            self._report.unlink(missing_ok=True)
            tests = called[place] if called else None
            run = partial(self._command.run, tests=tests, without=without, report=self._report)
            ended = _tried(self._places, mutant, run, min(least, budget.left_s))
            yield {"id": mutant["id"], **ended, "how": _how(self._report)}


class Budget:
    """Processor time of what this process has waited for, from now on."""

    def __init__(self, cpu_s: float) -> None:
        self._cpu_s, self._before, self._until = cpu_s, _used_s(), time.monotonic() + SLEEPS * cpu_s

    @property
    def left_s(self) -> float:
        """Seconds until it is spent at the latest; nothing when it is."""
        return self._until - time.monotonic() if _used_s() - self._before < self._cpu_s else 0.0


def _used_s() -> float:
    used = os.times()
    return used.children_user + used.children_system


def _tried(
    places: workspace.Places, mutant: Mutant | None, run: Callable[[Path], object], limit: float
) -> dict[str, Any]:
    """One run where the tests ran before, killed with all that it started when it takes too long.

    In the same place and not beside it: paths that a project or a test has in it must go on to hold.
    """
    _lay_out_anew(places)
    for name, text in mutant["sources"].items() if mutant else ():
        encoding, _ = tokenize.detect_encoding(
            io.BytesIO(text.encode()).readline
        )  # a cookie may be left in it
        (places.work / name).write_bytes(text.encode(encoding, "replace"))
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


def _calls(report: Path) -> Calls | None:
    with suppress(OSError, ValueError):
        return {(f, int(line)): tests for f, line, tests in json.loads(report.read_text("utf-8"))}
    return None  # a command that was started anew


def _how(report: Path) -> str | None:
    with suppress(OSError, ValueError):
        return report.read_text("utf-8")[:20]
    return None


def _failures(report: Path) -> dict[str, Any]:
    """Which tests did not pass, of how many; null where nobody took it down."""
    with suppress(OSError, ValueError, TypeError):
        found = json.loads(report.read_text("utf-8"))
        return {"failed": [str(name) for name in found["failed"]], "tests": int(found["tests"])}
    return {"failed": None, "tests": None}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], workspace.Places()))
