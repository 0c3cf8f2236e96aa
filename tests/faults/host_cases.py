"""Clocks that jump, a renderer that crashes, files that change as they are copied, thirty gradings."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from harness.store import digest_of_folder
from tests.faults.case import Act, Case
from tests.faults.kill_cases import journal_has
from tests.faults.oracle import Ideal, contract, nothing_left, settled, temporary_files
from tests.faults.world import ASSIGNMENT, World

DAY_S = 86_400
GRADINGS = 30
# loaded by every Python that finds it first: the clock is the machine's fault, not a hook of ours
CLOCK = """
import time
_real, _real_ns, _calls = time.time, time.time_ns, [0]
def _shift():
    _calls[0] += 1
    return {shift}
time.time = lambda: _real() + _shift()
time.time_ns = lambda: _real_ns() + int(_shift() * 1e9)
"""
BROKEN = "raise RuntimeError('a fault that a test made: no fonts')\n"


def cases() -> Iterator[Case]:
    """What the machine and the process itself may do."""
    day = f"({DAY_S} * 30)"
    clocks = {
        "30 days ahead": day,
        "30 days back": f"-{day}",
        "to and fro at each look": f"(-1) ** _calls[0] * {day}",
    }
    for name, shift in clocks.items():
        yield Case("clock jumps", name, clock(shift), quick="fro" in name)
    yield Case("clock jumps", "ahead, in a neighbour while a grading is under way", neighbours_clock(day))
    yield Case("renderer crashes", "matplotlib cannot be imported", renderer, quick=True)
    for number in range(4):
        yield Case("files change during the copy", f"{number}", changing(number), quick=number == 0)
    yield Case("thirty gradings in one process", "files and threads stay flat", thirty, alone=True)


def clock(shift: str) -> Act:
    """The wall clock jumps; deadlines and grades do not care."""

    def act(world: World, ideal: Ideal) -> list[str]:
        done = world.grade(env=_with(world, {"sitecustomize.py": CLOCK.format(shift=shift)}))
        return [*contract(done, world, ideal, codes=(0,)), *settled(world, ideal)]

    return act


def neighbours_clock(shift: str) -> Act:
    """Another process with a wrong clock sweeps while this one works."""

    def act(world: World, ideal: Ideal) -> list[str]:
        patched = _with(world, {"sitecustomize.py": CLOCK.format(shift=shift)})
        other = world.folder / "other"
        shutil.copytree(world.source, other)
        (other / "NOTES.md").write_text("Somebody else's.\n")
        command = world.start()
        if not command.until(lambda: journal_has(1)(world)):
            return ["nothing was ever under way"]
        neighbour = world.start_another(source=other, env=patched)
        done = [command.wait(), neighbour.wait()]
        told = contract(done[0], world, ideal, codes=(0,))
        if done[1].code != 0:
            told.append(f"the neighbour: exit code {done[1].code}: {done[1].tail}")
        return [*told, *settled(world, ideal)]

    return act


def renderer(world: World, ideal: Ideal) -> list[str]:
    """The page is lost, the card is not; the next run writes the page."""
    done = world.grade(env=_with(world, {"matplotlib/__init__.py": BROKEN}))
    told = [] if done.code in (0, 1, 3, 4) else [f"exit code {done.code}: {done.tail}"]
    cards = [p.read_bytes() for p in world.slug_runs.glob("[!.]*/scorecard.json")]
    if cards != [ideal.card]:
        told.append(
            f"{len(cards)} cards after the crash, equal to the fault-free one: {cards[:1] == [ideal.card]}"
        )
    return [*told, *settled(world, ideal)]


def changing(number: int) -> Act:
    """A writer appends, replaces, adds and removes while the submission is copied."""

    def act(world: World, ideal: Ideal) -> list[str]:
        source = world.folder / "moving"
        shutil.copytree(world.source, source)
        (source / "big.bin").write_bytes(os.urandom(2**20) * 24)
        stop = threading.Event()
        writer = threading.Thread(target=_write, args=(source, stop, number))
        writer.start()
        try:
            done = world.grade(source=source)
        finally:
            stop.set()
            writer.join()
        if done.code == 2:  # refused whole, with the file's name
            told = [] if "error:" in done.err and "Traceback" not in done.err else [f"refused: {done.tail}"]
        else:
            told = _is_one_snapshot(done.code, done.run, world)
        return [*told, *temporary_files(world), *settled(world, ideal)]

    return act


def _is_one_snapshot(code: int, run: Path | None, world: World) -> list[str]:
    """What was graded is the frozen copy: named by its digest, and found again by it."""
    if code != 0 or run is None:
        return [f"exit code {code}"]
    told = []
    if not run.name.startswith(digest_of_folder(run / "submission", skip=())[:12]):
        told.append("the frozen copy has another digest than the run's name")
    again = world.grade(source=run / "submission")
    if again.run != run:
        told.append(f"the frozen copy was graded again as {again.run} (exit code {again.code})")
    return told


def _write(source: Path, stop: threading.Event, number: int) -> None:
    turn = 0
    while not stop.is_set():
        turn += 1
        with (source / "big.bin").open("ab") as file:
            file.write(b"x" * 4096)
        (source / ".new").write_text(f"# {turn}\n" + (source / "churn.py").read_text().split("\n", 1)[1])
        (source / ".new").replace(source / "churn.py")
        (source / f"note{turn % 7}.txt").write_text("here\n")
        (source / f"note{(turn + 3) % 7}.txt").unlink(missing_ok=True)
        time.sleep(0.001 * (number + 1))


def thirty(world: World, ideal: Ideal) -> list[str]:
    """File descriptors and threads after thirty gradings are those after three."""
    from graders import REGISTRY
    from harness import pipeline
    from harness.assignment import load
    from harness.exam import Bench
    from harness.store import Places

    folder = world.root / "assignments" / ASSIGNMENT
    places = Places(root=world.root, home=world.home, runs=world.runs)
    bench = Bench(assignment=load(folder, REGISTRY), folder=folder, graders=REGISTRY, places=places)
    before = dict(os.environ)
    os.environ.update({"TAKEHOME_SCRATCH": str(world.folder / "scratch"), "DOCKER_HOST": world.proxy.url})
    counts = []
    try:
        for _ in range(GRADINGS):
            with pipeline.sandbox_of() as sandbox:
                graded = pipeline.grade(world.source, bench, sandbox, _Silent(), fresh=True)
            shutil.rmtree(graded.run)
            counts.append((sum(1 for _ in Path("/proc/self/fd").iterdir()), threading.active_count()))
    finally:
        os.environ.clear()
        os.environ.update(before)
    told = []
    for what, place in (("file descriptors", 0), ("threads", 1)):
        early, late = counts[2][place], counts[-1][place]
        if late > early + 2:
            told.append(f"{what}: {early} after 3 gradings, {late} after {GRADINGS}")
    return [*told, *nothing_left(world), *settled(world, ideal)]


class _Silent:
    def started(self, stage: str) -> None:
        """Nobody watches."""

    def ended(self, result: object) -> None:
        """Nobody watches."""


def _with(world: World, files: dict[str, str]) -> dict[str, str]:
    """An environment in which these modules are found before all others."""
    folder = world.folder / "patches"
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return {"PYTHONPATH": str(folder)}
