"""A run's own control group -> its peak memory and processor time, read after the last process is gone."""

from __future__ import annotations

import logging
import os
import secrets
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.sandbox import owner

log = logging.getLogger(__name__)
CGROUPS = Path("/sys/fs/cgroup")
PREFIX = "takehome_"
BUSY_S = 1.0


@dataclass(frozen=True)
class Usage:
    """Counters of the kernel's. Memory includes file pages and what was written to tmpfs."""

    peak_memory_mb: float | None = None
    cpu_seconds: float | None = None
    oom_kills: int = 0
    unmeasured: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """A control group that holds one run's container; no ``parent``: nothing can be read here."""

    parent: str = ""
    unmeasured: tuple[str, ...] = ()

    def read(self) -> Usage:
        """What the kernel counted. A counter that is absent is None, with a sentence."""
        if not self.parent:
            return Usage(unmeasured=self.unmeasured)
        peak = _first_number(_files(self.parent, "memory.peak", "memory/*/memory.max_usage_in_bytes"))
        cpu = _cpu_seconds(self.parent)
        missing = ["peak memory"] if peak is None else []
        missing += ["processor time"] if cpu is None else []
        return Usage(
            None if peak is None else round(peak / 2**20, 1),
            cpu,
            _oom_kills(self.parent),
            tuple(f"{what} was not measured: this kernel keeps no such counter" for what in missing),
        )


def cgroups_readable(info: Mapping[str, Any]) -> str:
    """Empty when counters can be read here, else why not. ``info`` is the engine's own account."""
    if not CGROUPS.is_dir() or getattr(os, "geteuid", lambda: -1)() != 0:
        return "needs root on Linux"
    if info.get("CgroupDriver") not in ("cgroupfs", "systemd"):
        return f"the engine's cgroup driver is {info.get('CgroupDriver')!r}"
    if info.get("Name") != os.uname().nodename:
        return "the engine runs on another machine"
    return ""


@contextmanager
def metered(info: Mapping[str, Any]) -> Iterator[Group]:
    """A control group for one run, removed on leaving."""
    if why := cgroups_readable(info):
        yield Group(unmeasured=(f"peak memory and processor time were not measured: {why}",))
        return
    # Who made it is part of the name, as a control group carries no label. No dash: systemd nests at it.
    _, _, pid, started = owner.this_process().rsplit("/", 3)
    name = f"{PREFIX}{pid}_{started}_{secrets.token_hex(6)}"
    if info["CgroupDriver"] == "systemd":
        name += ".slice"
    try:
        yield Group(parent=name if name.endswith(".slice") else f"/{name}")
    finally:
        remove_group(name)


def leftover_groups() -> list[str]:
    """Groups of ours whose maker is dead."""
    found = {path.name for path in _folders(f"{PREFIX}*")}
    return sorted(name for name in found if _maker_is_dead(name))


def remove_group(name: str) -> None:
    """Remove an empty group from every hierarchy."""
    if name.endswith(".slice"):
        subprocess.run(["systemctl", "stop", name], capture_output=True, check=False, timeout=30)
    deadline = time.monotonic() + BUSY_S  # one for all: a container that is still alive keeps them all busy
    left = [p for folder in _folders(name) for p in (*folder.glob("*/"), folder) if not _removed(p, deadline)]
    if left:
        log.warning("a control group stays behind, for the reaper: %s", name)


def _removed(path: Path, deadline: float) -> bool:
    """A group whose last process has just died is busy for a moment."""
    while True:
        try:
            path.rmdir()
        except FileNotFoundError:
            return True
        except OSError:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        else:
            return True


def _folders(pattern: str) -> list[Path]:
    """cgroup v2 has one hierarchy, v1 one a controller, each below a folder of its own."""
    return [*CGROUPS.glob(pattern), *CGROUPS.glob(f"*/{pattern}")]


def _files(parent: str, v2: str, v1: str) -> list[Path]:
    name = parent.lstrip("/")
    return [CGROUPS / name / v2, *CGROUPS.glob(v1.replace("*", name))]


def _first_number(paths: list[Path]) -> int | None:
    for path in paths:
        try:
            return int(path.read_text())
        except (OSError, ValueError):
            continue
    return None


def _cpu_seconds(parent: str) -> float | None:
    nanoseconds = _first_number(_files(parent, "-", "cpuacct/*/cpuacct.usage"))
    if nanoseconds is None:
        nanoseconds = _first_number(_files(parent, "-", "cpu,cpuacct/*/cpuacct.usage"))
    if nanoseconds is not None:
        return round(nanoseconds / 1e9, 3)
    microseconds = _field(CGROUPS / parent.lstrip("/") / "cpu.stat", "usage_usec")
    return None if microseconds is None else round(microseconds / 1e6, 3)


def _oom_kills(parent: str) -> int:
    """cgroup v2 only: on v1 the count stays in the container's own group and goes with it."""
    return _field(CGROUPS / parent.lstrip("/") / "memory.events", "oom_kill") or 0


def _field(path: Path, name: str) -> int | None:
    try:
        lines = path.read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name} ")), None)


def _maker_is_dead(name: str) -> bool:
    parts = name.removesuffix(".slice").split("_")
    if len(parts) != 4:
        return False
    host, boot, _, _ = owner.this_process().rsplit("/", 3)
    return owner.is_dead(f"{host}/{boot}/{parts[1]}/{parts[2]}")
