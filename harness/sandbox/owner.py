"""Process -> a name that outlives it, so that what a dead one left behind can be told from live work."""

from __future__ import annotations

import os
import platform
import subprocess
from functools import cache
from pathlib import Path


@cache
def _of_process(pid: int) -> str:
    return "/".join([platform.node(), _boot(), str(pid), _started(pid)])


def this_process() -> str:
    """``host/boot/pid/start``: unique over reboots and reused process numbers."""
    return _of_process(os.getpid())


def is_dead(owner: str) -> bool:
    """True only when that process surely ended: never for another machine's, or a name not made here."""
    try:
        host, boot, pid_text, started = owner.rsplit("/", 3)
        pid = int(pid_text)
    except ValueError:
        return False
    if host != platform.node():
        return False
    return boot != _boot() or _started(pid) != started


@cache
def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return "-"


def _started(pid: int) -> str:
    """When a process started, in whatever unit the system tells; empty when there is none."""
    if Path("/proc/self/stat").exists():
        try:
            # The second field is the program's name, in parentheses, and may hold anything.
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
        except (OSError, IndexError):
            return ""
    shown = subprocess.run(
        ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return "-".join(shown.stdout.split()).replace("/", "-")
