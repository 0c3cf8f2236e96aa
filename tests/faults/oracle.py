"""A world after a fault -> what is wrong with it, as sentences; none is what every case must end with.

The same questions after each fault: one finished run a key, its card equal to the fault-free one byte for
byte, one finished MLflow run, nothing of ours left in the engine or on the machine, no blame, no traceback.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from harness.sandbox import Engine
from harness.sandbox.meter import CGROUPS, PREFIX
from harness.seal import verify
from tests.faults.proxy import engine_socket
from tests.faults.world import HUNG, Done, World

BY_CONTRACT = (0, 3, 4)
KILLED, INTERRUPTED = -9, 130


@dataclass(frozen=True)
class Ideal:
    """What a grading is when nothing goes wrong."""

    card: bytes
    key: str
    seconds: float


def contract(done: Done, world: World, ideal: Ideal, *, codes: Iterable[int] = BY_CONTRACT) -> list[str]:
    """What the command that met the fault must hold: an honest exit code, no wrong grade, no traceback."""
    told = []
    if done.code == HUNG:
        return [f"hung: given up after {done.seconds:.0f} s"]
    if done.code not in codes:
        told.append(f"exit code {done.code}, not one of {sorted(codes)}: {done.tail}")
    if "Traceback" in done.err:
        told.append(f"a traceback: {done.tail}")
    if done.code == 3 and "error:" not in done.err:
        told.append("exit code 3 without a word")
    if done.code == 0 and done.run and (done.run / "scorecard.json").read_bytes() != ideal.card:
        told.append("exit code 0 with another card than without the fault")
    if done.code == 4 and done.run and json.loads((done.run / "scorecard.json").read_bytes())["total"]:
        told.append("exit code 4 with a total")
    return told


def told_of(done: Done, words: Iterable[str]) -> list[str]:
    """The fault is in the run's log, or on stderr."""
    log = ""
    if done.run and (done.run / "log.jsonl").is_file():
        log = (done.run / "log.jsonl").read_text("utf-8")
    if any(word in done.err + log for word in words):
        return []
    return [f"neither stderr nor the run's log tells of the fault (exit code {done.code})"]


def settled(world: World, ideal: Ideal, *, env: dict[str, str] | None = None) -> list[str]:
    """The same command once more, without the fault: it must end as if there had been none."""
    done = world.grade(env=env)
    told = contract(done, world, ideal, codes=(0,))
    return [*(f"rerun: {sentence}" for sentence in told), *final(world, ideal)]


def final(world: World, ideal: Ideal) -> list[str]:
    """One run, one card, one MLflow run, nothing left."""
    return [*one_run(world, ideal), *mirrored_once(world, ideal), *nothing_left(world)]


def one_run(world: World, ideal: Ideal) -> list[str]:
    """Exactly one finished run of the key, whole and sealed, with the fault-free card."""
    found = []
    for facts in sorted(world.slug_runs.glob("[!.]*/run.json")):
        if json.loads(facts.read_text())["key"] == ideal.key:
            found.append(facts.parent)
    if len(found) != 1:
        return [f"{len(found)} run folders of the key"]
    told = []
    if (found[0] / "scorecard.json").read_bytes() != ideal.card:
        told.append("the card differs from the fault-free one")
    if not (found[0] / "report.html").is_file():
        told.append("there is no report")
    elif differences := verify(found[0]):
        told.append(f"its seal is broken: {differences[0]}")
    return told


def mirrored_once(world: World, ideal: Ideal) -> list[str]:
    """One active finished MLflow run of the key; none RUNNING; nothing waits."""
    query = """SELECT t.value, r.status FROM runs r JOIN tags t ON t.run_uuid = r.run_uuid
               WHERE r.lifecycle_stage = 'active' AND t.key = 'grade.key'"""
    connection = sqlite3.connect(world.home / "mlflow.db")
    try:
        found = connection.execute(query).fetchall()
    except sqlite3.Error as error:
        return [f"the MLflow database cannot be read: {error}"]
    finally:
        connection.close()
    ours = [status for key, status in found if key == ideal.key]
    told = [] if ours == ["FINISHED"] else [f"MLflow runs of the key: {ours}"]
    if running := [key for key, status in found if status == "RUNNING"]:
        told.append(f"{len(running)} MLflow runs RUNNING")
    waiting = world.glob("home/outbox/*.json")
    return [*told, *([f"{len(waiting)} grades wait in the outbox"] if waiting else [])]


def nothing_left(world: World) -> list[str]:
    """No container, volume, mount, control group or temporary file of what was started here."""
    engine = Engine(host=f"unix://{engine_socket()}")
    told = []
    for command in world.commands:
        label = f"takehome.owner={command.owner}"
        told += [f"a container is left: {c['State']}" for c in engine.containers(label)]
        told += ["a volume is left" for _ in engine.volumes(label)]
        _, _, pid, started = command.owner.rsplit("/", 3)
        name = f"{PREFIX}{pid}_{started}_*"
        if groups := [*CGROUPS.glob(f"*/{name}"), *CGROUPS.glob(name)]:
            told.append(f"{len(groups)} control groups are left")
    mounts = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    told += [f"a mount is left: {m}" for m in mounts if m.startswith(f"{world.folder}/scratch/")]
    return [*told, *temporary_files(world)]


def temporary_files(world: World) -> list[str]:
    """Half-made folders and files anywhere below this world."""
    expected = {"environments"}
    left = [p for p in world.glob("scratch/*") if p.name not in expected] + world.glob("tmp/*")
    for top in ("home", "runs"):
        left += [p for p in (world.folder / top).rglob(".*") if p.name not in (".lock",)]
    names = [p.relative_to(world.folder).as_posix() for p in left if "candidate" not in p.parts]
    return [f"{len(names)} temporary files are left: {', '.join(names[:3])}"] if names else []
