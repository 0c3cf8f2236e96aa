"""One at a time, between threads and processes; the system frees the lock of whoever was killed."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from harness.errors import InfraError


@contextlib.contextmanager
def turn(lock: Path, *, wait_s: float) -> Iterator[None]:
    """One process, or thread, at a time; the system frees the lock of a killed one.

    Raises:
        TimeoutError: somebody else has had it for ``wait_s``.
        InfraError: the lock cannot be written.
    """
    deadline = time.monotonic() + wait_s
    with _opened(lock) as handle:
        while not _try_lock(handle.fileno()):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{lock.name}: somebody else has had it for {wait_s:.0f} s")
            time.sleep(0.02)
        try:
            yield
        finally:
            _unlock(handle.fileno())


def _opened(lock: Path) -> BinaryIO:
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        return lock.open("ab")
    except OSError as error:
        hint = "make room or the folder writable, or set TAKEHOME_HOME to another"
        raise InfraError(f"{lock}: cannot be written: {error.strerror}", hint=hint) from error


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
