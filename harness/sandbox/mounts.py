"""Mounting on the host: where root on Linux can, with symbolic links switched off by the kernel itself."""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from harness.errors import InfraError

log = logging.getLogger(__name__)
NO_LINKS = "nosymfollow"  # Linux 5.10; without it links are still refused one by one


def mount_tmpfs(folder: Path, options: Sequence[str]) -> None:
    """Mount a tmpfs, links switched off where the kernel knows how.

    Raises:
        InfraError: it cannot be mounted.
    """
    for wanted in ([*options, NO_LINKS], options):
        argv = ["mount", "-t", "tmpfs", "-o", ",".join(wanted), "tmpfs", str(folder)]
        done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=30)
        if done.returncode == 0:
            return
    raise InfraError(
        f"a tmpfs cannot be mounted for a stage's output: {done.stderr.strip()[:300]}",
        hint="takehome doctor shows which kind of output folder works on this machine",
    )


def unmount(folder: Path) -> None:
    """Unmount if mounted; a busy mount is detached and goes when its last user does."""
    if not os.path.ismount(folder):
        return
    for argv in (["umount", str(folder)], ["umount", "-l", str(folder)]):
        done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=30)
        if done.returncode == 0:
            return
    log.warning("a stage's output folder could not be unmounted: %s", done.stderr.strip()[:300])
