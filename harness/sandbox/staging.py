"""Mounts -> copies under names that mean nothing, readable by anybody, the same to the last time stamp.

A container can read where its mounts come from (`/proc/self/mountinfo`), so a run store's path would
tell the assignment's name and whose submission it is. A source that already lies below the scratch
folder (a shared environment, named by a digest) is mounted as it is: its maker chose the name.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Sequence
from pathlib import Path

from harness.errors import InfraError
from harness.model import Mount

LONG_AGO_S = 1_577_836_800  # 2020-01-01: when a file was made says nothing here


def stage_mounts(mounts: Sequence[Mount], into: Path, scratch: Path) -> list[tuple[str, str]]:
    """``(source, target)`` of read-only binds. Originals are never changed.

    Raises:
        InfraError: a source is absent, or holds a link or another thing that is no file or folder.
    """
    staged = []
    for number, mount in enumerate(mounts):
        if not os.path.lexists(mount.source):
            raise InfraError(f"what should be mounted at {mount.target} is absent: {mount.source}")
        if mount.source.resolve().is_relative_to(scratch):
            staged.append((str(mount.source.resolve()), mount.target))
            continue
        copy = into / f"m{number}"
        _copy(mount.source, copy)
        staged.append((str(copy), mount.target))
    return staged


def _copy(source: Path, target: Path) -> None:
    kind = source.lstat().st_mode
    if stat.S_ISDIR(kind):
        target.mkdir()
        for entry in os.scandir(source):
            _copy(Path(entry.path), target / entry.name)
        target.chmod(0o755)
    elif stat.S_ISREG(kind):
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(source, flags), "rb") as original, target.open("xb") as copy:
            shutil.copyfileobj(original, copy, 1024 * 1024)
        target.chmod(0o755 if kind & 0o111 else 0o644)
    else:
        raise InfraError(f"a mount's source holds something that is no file or folder: {source}")
    os.utime(target, (LONG_AGO_S, LONG_AGO_S))


def hosts_file(folder: Path) -> tuple[str, str]:
    """With no network the engine writes no /etc/hosts, and "localhost" would mean nothing."""
    path = folder / "hosts"
    path.write_text("127.0.0.1\tlocalhost\n::1\tlocalhost\n")
    path.chmod(0o644)
    return str(path), "/etc/hosts"
