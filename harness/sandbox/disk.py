"""A running container's own layer -> killed soon after it grows past a cap. The engine has no such limit.

Where the engine is local and we are root its layer is walked, files counted too; elsewhere the engine is
asked, which counts bytes only. What is written between two looks is beyond the cap.
"""

from __future__ import annotations

import os
import stat
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import InfraError
from harness.sandbox.containers import discarded
from harness.sandbox.engine import Engine
from harness.sandbox.images import Images
from harness.sandbox.meter import cgroups_readable

BLOCK_BYTES = 512
TICK_S = 0.1
MAX_FOLDERS_DEEP = 100
O_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True)
class Cap:
    """What one step's layer may hold."""

    size_bytes: int
    files: int

    def broken_by(self, size: int, files: int) -> str:
        """A sentence's end, or nothing."""
        if size > self.size_bytes:
            return f"more than {self.size_bytes >> 20:,} MB of disk"
        return (
            f"more than {self.files:,} files, or folders nested past all sense" if files > self.files else ""
        )


@dataclass
class Watch:
    """``over``: which cap was broken, and so why it was killed."""

    over: str = ""


class Disk:
    """Measures layers of one engine's containers."""

    def __init__(self, engine: Engine, images: Images, info: Mapping[str, Any]) -> None:
        self._engine = engine
        self._images = images
        local = not cgroups_readable(info) and info.get("Driver") == "overlay2"
        self._root = Path(info.get("DockerRootDir", "/")) if local else None

    @property
    def unmeasured(self) -> tuple[str, ...]:
        """What cannot be seen from here."""
        return () if self._root else ("the number of files a build step writes was not measured",)

    def used(self, container: str, cap: Cap) -> tuple[int, int]:
        """Bytes and entries of its own layer; counting ends soon after the cap."""
        if self._root is None:
            return self._images.written_bytes(container), 0
        layer = self._engine.inspect(container)["GraphDriver"]["Data"]["UpperDir"]
        return _count(Path(layer), cap)

    def changed(self, container: str) -> dict[str, bool]:
        """Path -> is it there, for all that its layer says; the engine itself takes seconds to tell."""
        if self._root is None:
            return self._images.changed(container)
        layer = Path(self._engine.inspect(container)["GraphDriver"]["Data"]["UpperDir"])
        return {path: not _is_whiteout(found) for path, found in _walk(layer)}

    @contextmanager
    def watched(self, container: str, cap: Cap) -> Iterator[Watch]:
        """Kill it when its layer grows past the cap."""
        watch, done = Watch(), threading.Event()
        thread = threading.Thread(target=self._look, args=(container, cap, watch, done), daemon=True)
        thread.start()
        try:
            yield watch
        finally:
            done.set()
            thread.join()

    def _look(self, container: str, cap: Cap, watch: Watch, done: threading.Event) -> None:
        """A cheap look at free space every tick; an exact one when that has moved, or in a while."""
        free, last, took = self._free(), time.monotonic(), 0.1
        while not done.wait(TICK_S):
            now, moment = self._free(), time.monotonic()
            moved = free[0] - now[0] > cap.size_bytes // 4 or free[1] - now[1] > cap.files // 4
            if moment - last < max(took * 2, 0.1 if moved else 1.0):
                continue
            try:
                watch.over = cap.broken_by(*self.used(container, cap))
            except (InfraError, OSError):  # it ended while we looked: the last count decides
                watch.over = ""
            if watch.over:
                discarded(_killing(self._engine, container))
                return
            free, last, took = now, time.monotonic(), time.monotonic() - moment

    def _free(self) -> tuple[int, int]:
        if self._root is None:
            return 0, 0
        found = os.statvfs(self._root)
        return found.f_bfree * found.f_frsize, found.f_ffree


def _killing(engine: Engine, container: str) -> Callable[[], None]:
    return lambda: engine.kill(container)


def _count(layer: Path, cap: Cap) -> tuple[int, int]:
    total, entries = 0, 0
    for path, found in _walk(layer):
        total, entries = total + found.st_blocks * BLOCK_BYTES, entries + 1
        if path.count("/") > MAX_FOLDERS_DEEP:
            entries = cap.files + 1
        if cap.broken_by(total, entries):
            break
    return total, entries


def _walk(layer: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Never by a path they could bend: every folder is opened from the one above it, links refused."""
    stack = [("", os.open(layer, O_FOLDER))]
    names = [_names(stack[0][1])]
    try:
        while stack:
            above, folder = stack[-1]
            if not names[-1]:
                names.pop()
                os.close(stack.pop()[1])
                continue
            name = names[-1].pop()
            try:
                found = os.stat(name, dir_fd=folder, follow_symlinks=False)
                if stat.S_ISDIR(found.st_mode):
                    stack.append((f"{above}/{name}", os.open(name, O_FOLDER, dir_fd=folder)))
                    names.append(_names(stack[-1][1]))
            except OSError:  # it went in the meantime
                continue
            yield f"{above}/{name}", found
    finally:
        for _, folder in stack:
            os.close(folder)


def _names(folder: int) -> list[str]:
    with os.scandir(folder) as entries:
        return [entry.name for entry in entries]


def _is_whiteout(found: os.stat_result) -> bool:
    """How an overlay says that a file of the image is gone."""
    return stat.S_ISCHR(found.st_mode) and found.st_rdev == 0
