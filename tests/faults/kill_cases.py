"""The grading process killed at transitions and at random instants, stopped, started twenty times at once."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from harness.sandbox import Engine
from tests.faults.case import Act, Case
from tests.faults.oracle import KILLED, Ideal, contract, final, nothing_left, settled
from tests.faults.proxy import engine_socket
from tests.faults.world import World

Seen = Callable[[World], object]
STAGES = 8  # of the journal; each has two lines
INSTANTS = 50
QUICK_INSTANTS = 5
SEED = 2026
DUPLICATES = 20
DUPLICATES_PATIENCE_S = 600.0

WORK, RUN = "runs/*/.unfinished-*", "runs/*/[!.]*"
FILES = {
    "the arrival folder is made": "runs/*/.arrival-*",
    "the submission is being copied": "runs/*/.arrival-*/submission/*",
    "the folder has its key": WORK,
    "the evidence is whole": f"{WORK}/evidence.json",
    "the card is written": f"{WORK}/scorecard.json",
    "the run is in place": f"{RUN}/run.json",
    "the report is written": f"{RUN}/report.html",
    "the run is sealed": f"{RUN}/seal.json",
    "the grade waits for MLflow": "home/outbox/*.json",
}
FIRST_USE = {
    "the data are being made": "home/editions/.arrival-*",
    "the answer key is being made": "home/keys/.arrival-*",
    "an anchor is training": "home/keys/.arrival-*/.*/evidence/journal.jsonl",
    "the run log is being made": "home/.mlflow.db.new",
}
QUICK_KILLS = ("the run is in place",)


def cases() -> Iterator[Case]:
    """Kills, signals, duplicates."""
    for name, pattern in FILES.items():
        yield Case("kill -9 at a transition", name, killed_when(there(pattern)), quick=name in QUICK_KILLS)
    for number in range(1, 2 * STAGES + 1):
        act = killed_when(journal_has(number))
        yield Case("kill -9 at a transition", f"journal line {number}", act, quick=number == 5)
    yield Case("kill -9 at a transition", "the MLflow run is RUNNING", killed_when(mlflow_runs), quick=True)
    for name, pattern in FIRST_USE.items():
        yield Case("kill -9 at first use", name, killed_when(there(pattern)), empty_home=True)
    chance = random.Random(SEED)
    for number in range(INSTANTS):
        act = killed_at(chance.random())
        yield Case("kill -9 at a random instant", f"{number}", act, quick=number < QUICK_INSTANTS)
    for number in range(5):
        act = killed_at(*(chance.random() for _ in range(3)))
        yield Case("kill -9 three times", f"{number}", act)
    yield from _signals()
    for count in (2, 4, DUPLICATES):
        yield Case("duplicates at once", f"{count}", duplicates(count), quick=count == 4, alone=True)
    yield Case("duplicates at once", "4, the one at work is killed", worker_of_duplicates_is_killed)
    yield Case("duplicates at once", "3 at first use", duplicates(3), empty_home=True, alone=True)


# ---------------------------------------------------------------------------- when


def there(pattern: str) -> Seen:
    """Something of that name is in the world."""
    return lambda world: world.glob(pattern)


def journal_has(lines: int) -> Seen:
    """So many lines stand in the journal of the unfinished run."""
    return lambda world: len(journal(world)) >= lines


def mlflow_runs(world: World) -> bool:
    """MLflow has a run that is under way."""
    connection = sqlite3.connect(f"file:{world.home / 'mlflow.db'}?mode=ro", uri=True, timeout=0.01)
    try:
        query = "SELECT count(*) FROM runs WHERE status = 'RUNNING'"
        return bool(connection.execute(query).fetchone()[0])
    except sqlite3.Error:
        return False  # it is writing at this moment
    finally:
        connection.close()


def journal(world: World, folder: str = WORK) -> list[dict[str, object]]:
    """What the journal says; a torn line is left out."""
    found = []
    for path in world.glob(f"{folder}/journal.jsonl"):
        for line in _lines(path):
            try:
                found.append(json.loads(line))
            except ValueError:
                continue
    return found


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines()
    except OSError:
        return []  # renamed in between


# --------------------------------------------------------------------------- kills


def killed_when(seen: Seen) -> Act:
    """kill -9 as soon as something is seen; then the same command again."""

    def act(world: World, ideal: Ideal) -> list[str]:
        command = world.start()
        if not command.until(lambda: seen(world)):
            return [f"it was never seen: nothing was tried ({command.wait().tail})"]
        command.signal(signal.SIGKILL)
        return _after_kill(command.wait().code, world, ideal)

    return act


def killed_at(*instants: float) -> Act:
    """kill -9 after these fractions of a fault-free grading, one command after the other."""

    def act(world: World, ideal: Ideal) -> list[str]:
        told: list[str] = []
        for instant in instants[:-1]:
            command = world.start()
            time.sleep(instant * ideal.seconds)
            command.signal(signal.SIGKILL)
            command.wait()
        command = world.start()
        time.sleep(instants[-1] * ideal.seconds)
        command.signal(signal.SIGKILL)
        return told + _after_kill(command.wait().code, world, ideal)

    return act


def _after_kill(code: int, world: World, ideal: Ideal) -> list[str]:
    if code not in (KILLED, 0):  # 0: it was faster
        return [f"exit code {code} after a kill"]
    told = settled(world, ideal)
    again = ran_again(journal(world, RUN))
    return told + ([f"stages that had ended ran again: {', '.join(again)}"] if again else [])


def ran_again(entries: list[dict[str, object]]) -> list[str]:
    """Stages that started after they had ended; one that a kill cut off has to start once more."""
    ended: set[object] = set()
    again: set[str] = set()
    for entry in entries:
        if "ended" in entry:
            ended.add(entry["ended"]["stage"])  # type: ignore[index]
        elif entry.get("started") in ended:
            again.add(str(entry["started"]))
    return sorted(again)


# ------------------------------------------------------------------------- signals


def _signals() -> Iterator[Case]:
    moments: dict[str, Seen] = {
        "while it copies": there("runs/*/.arrival-*"),
        "in a stage": journal_has(1),
        "in a later stage": journal_has(9),
        "at the report": there(f"{RUN}/run.json"),
        "at MLflow": there("home/outbox/*.json"),
    }
    for name, seen in moments.items():
        quick = name == "in a stage"
        yield Case("SIGTERM", name, stopped(seen, signal.SIGTERM), quick=quick)
        yield Case("Ctrl-C", name, stopped(seen, signal.SIGINT))
        for gap_ms in (5, 50, 200, 500, 1000):
            act = stopped(seen, signal.SIGINT, gap_s=gap_ms / 1000)
            yield Case("double Ctrl-C", f"{name}, {gap_ms} ms apart", act, quick=quick and gap_ms == 200)
    for fraction in (0.05, 0.15, 0.3):
        yield Case("SIGTERM", f"at {fraction:.0%} of the time", stopped_at(fraction))


def stopped(seen: Seen, number: signal.Signals, *, gap_s: float = 0.0) -> Act:
    """A signal, or two, in the middle: exit code 130 and nothing left but the unfinished run."""

    def act(world: World, ideal: Ideal) -> list[str]:
        command = world.start()
        if not command.until(lambda: seen(world)):
            return [f"it was never seen: nothing was tried ({command.wait().tail})"]
        time.sleep(0.1)  # into the middle of what began
        command.signal(number)
        if gap_s:
            time.sleep(gap_s)
            command.signal(number)
        began = time.monotonic()
        done = command.wait()
        told = contract(done, world, ideal, codes=(130,))
        if time.monotonic() - began > 10:
            told.append(f"it took {time.monotonic() - began:.0f} s to stop")
        left = [s for s in nothing_left(world) if ".unfinished-" not in s]
        return [*told, *(f"after the signal: {s}" for s in left), *settled(world, ideal)]

    return act


def stopped_at(fraction: float) -> Act:
    """SIGTERM at a time when there may be no handler yet: ended by the signal itself, or 130."""

    def act(world: World, ideal: Ideal) -> list[str]:
        command = world.start()
        time.sleep(fraction * ideal.seconds)
        command.signal(signal.SIGTERM)
        done = command.wait()
        told = contract(done, world, ideal, codes=(130, -signal.SIGTERM))
        return [*told, *settled(world, ideal)]

    return act


# ---------------------------------------------------------------------- duplicates


def duplicates(count: int) -> Act:
    """The same command many times at once: one run, one MLflow run, and the same answer to all."""

    def act(world: World, ideal: Ideal) -> list[str]:
        commands = [world.start_another() for _ in range(count)]
        ended = [command.wait(DUPLICATES_PATIENCE_S) for command in commands]
        told = [s for done in ended for s in contract(done, world, ideal, codes=(0,))]
        runs = {done.out.strip() for done in ended}
        if len(runs) != 1:
            told.append(f"{len(runs)} different answers")
        return [*told, *final(world, ideal), *settled(world, ideal)]

    return act


def worker_of_duplicates_is_killed(world: World, ideal: Ideal) -> list[str]:
    """The one that runs containers dies: one of those that wait takes over."""
    commands = [world.start_another() for _ in range(4)]
    engine = Engine(host=f"unix://{engine_socket()}")
    owners = {command.owner: command for command in commands}

    def at_work() -> list[str]:
        found = (c["Labels"].get("takehome.owner", "") for c in engine.containers("takehome=1"))
        return [name for name in found if name in owners]

    if not commands[-1].until(at_work):
        return ["nobody was ever at work"]
    victim = owners[next(iter(at_work()), commands[0].owner)]
    victim.signal(signal.SIGKILL)
    ended = [command.wait(DUPLICATES_PATIENCE_S) for command in commands if command is not victim]
    told = [s for done in ended for s in contract(done, world, ideal, codes=(0,))]
    victim.wait()
    return [*told, *settled(world, ideal)]
