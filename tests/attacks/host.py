"""What an attack must not change outside: containers, mounts, sockets, processes, files, the answer key."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from harness.sandbox import Engine, owner
from harness.sandbox.build import BUILD_LABEL
from harness.sandbox.policy import joined_violations, violations
from harness.sandbox.steps import step_violations

LABEL = "takehome"
SENTINEL = "sentinel.txt"
LISTEN, SOCKET_FILES = "0A", ("tcp", "tcp6", "udp", "udp6")


@dataclass(frozen=True)
class Before:
    """The host as it was."""

    state: dict[str, tuple[int, ...]]  # path -> what stat says
    temporary: frozenset[str]


class Watch:
    """Sees every container of this process as it is made, and the host before and after."""

    def __init__(self, engine: Engine, base: Path, home: Path) -> None:
        self.engine, self.base, self.home = engine, base, home
        self.uids: set[int] = set()
        self.containers = 0
        self._weak: list[str] = []
        self._strong: set[str] = set()
        self._found: list[str] = []
        self._searched: set[Path] = set()
        home.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError), (home / SENTINEL).open("x") as file:
            file.write("nobody writes here\n")

    @cached_property
    def canary(self) -> bytes:
        """The string that stands in every sealed file and nowhere else."""
        meta = next((self.home / "editions").glob("*/sealed/meta.json"))
        return str(json.loads(meta.read_text())["canary"]).encode()

    def created(self, inspect: Mapping[str, Any]) -> None:
        """A hook of the sandbox: judge the container's policy and remember its user."""
        self.containers += 1
        step = BUILD_LABEL in inspect["Config"]["Labels"] and not inspect["HostConfig"]["ReadonlyRootfs"]
        if step:  # its user is the Dockerfile's; a server has the label from its image, and is no step
            weak = step_violations(inspect)
        else:
            self.uids.add(int(str(inspect["Config"]["User"]).partition(":")[0]))
            kind, _, server = inspect["HostConfig"]["NetworkMode"].partition(":")
            joins = kind == "container" and server in self._strong
            weak = joined_violations(inspect, server) if joins else violations(inspect)
            if not weak and not joins:
                self._strong.add(str(inspect["Id"]))  # a prober may join it
        self._weak += [f"a container was weaker than the policy: {what}" for what in weak]

    def search(self, stage: str, source: Path) -> None:
        """Look for the key in what goes into a container; the public half once."""
        shared = source.is_relative_to(self.home)
        if (shared and source in self._searched) or not (self.home / "keys").is_dir():
            return
        self._searched.add(source)
        if any((self.home / "keys").glob("[!.]*")):
            self._found += [f"{stage} was given the answer key: {w}" for w in canary_in(source, self.canary)]

    def before(self) -> Before:
        """Remember the host, and let the peak of memory start anew."""
        self.uids.clear()
        self._weak.clear()
        self._found.clear()
        _forget_peak()
        return Before(self._state(), self._temporary())

    def after(self, before: Before) -> list[str]:
        """What is not as it should be, as sentences."""
        now = self._state()
        changed = sorted(p for p in {*before.state, *now} if before.state.get(p) != now.get(p))
        found = [f"changed outside the run folder: {path}" for path in changed[:5]]
        found += [f"a temporary file was left: {name}" for name in self._temporary() - before.temporary]
        return [*found, *self._weak, *self._found, *self._engine_leftovers(), *self._of_their_users()]

    def _engine_leftovers(self) -> list[str]:
        mine = f"{LABEL}.owner={owner.this_process()}"
        found = [f"a container is left: {c['Names'][0]}" for c in self.engine.containers(mine)]
        found += [f"a volume is left: {v['Name']}" for v in self.engine.volumes(mine)]
        mounts = Path("/proc/self/mountinfo")
        if mounts.exists():
            lines = mounts.read_text().splitlines()
            found += [f"a mount is left: {line.split()[4]}" for line in lines if str(self.base) in line]
        return found

    def _of_their_users(self) -> list[str]:
        """Processes and listening sockets on the host that run under a container's user number."""
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            try:
                if path.stat().st_uid in self.uids:
                    found.append(f"a process of theirs is alive: {path.name}")
            except OSError:
                continue
        for name in SOCKET_FILES:
            found += [f"a socket of theirs listens on the host: {line}" for line in self._sockets(name)]
        return found

    def _sockets(self, name: str) -> list[str]:
        path = Path("/proc/net") / name
        if not path.exists():
            return []
        rows = [line.split() for line in path.read_text().splitlines()[1:]]
        return [f"{name} {row[1]}" for row in rows if int(row[7]) in self.uids]

    def _state(self) -> dict[str, tuple[int, ...]]:
        """Editions, keys and the sentinel: mode, owner, size, time of every entry."""
        tops = [self.home / "editions", self.home / "keys", self.home / SENTINEL]
        paths = [p for top in tops for p in (top, *(top.rglob("*") if top.is_dir() else ()))]
        found: dict[str, tuple[int, ...]] = {}
        for path in paths:
            s = path.lstat()
            found[str(path.relative_to(self.home))] = (
                s.st_mode,
                s.st_uid,
                s.st_size,
                s.st_mtime_ns,
                s.st_ino,
            )
        return found

    def _temporary(self) -> frozenset[str]:
        kept = [p for p in (self.base / "scratch").glob("*") if p.name != "environments"]
        return frozenset(p.name for p in (*kept, *(self.base / "tmp").glob("*")))


def canary_in(folder: Path, canary: bytes) -> list[str]:
    """Which files hold it: read in pieces, for a run may hold much."""
    files = (
        [folder] if folder.is_file() else [p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()]
    )
    return [f"the answer key's canary is in {path.name}" for path in files if _holds(path, canary)]


def _holds(path: Path, needle: bytes) -> bool:
    kept = b""
    with path.open("rb") as file:
        while chunk := file.read(1 << 22):
            if needle in kept + chunk:
                return True
            kept = chunk[-len(needle) :]
    return False


def _forget_peak() -> None:
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return


def peak_mb() -> float | None:
    """The most memory this process had since ``before``; None where the system does not tell."""
    status = Path(f"/proc/{os.getpid()}/status")
    if not status.exists():
        return None
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
