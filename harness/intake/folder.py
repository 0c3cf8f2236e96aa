"""A folder of theirs -> entries. Each is opened from its parent's descriptor: no swap is followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from harness.errors import SubmissionError
from harness.intake.arrivals import CHUNK, Arrivals
from harness.intake.history import GIT, is_kept
from harness.intake.names import quoted

O_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
O_FILE = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)
HAS_DESCRIPTORS = os.open in os.supports_dir_fd and os.scandir in os.supports_fd  # not on Windows


@dataclass(frozen=True)
class Here:
    """An open folder of theirs; without a descriptor where the system has none for folders."""

    path: Path
    name: str  # relative to the top, with a slash at its end unless it is the top
    descriptor: int | None

    @classmethod
    def top(cls, path: Path) -> Here:
        """The folder as it was typed: the one place where a link is followed."""
        flags = O_FOLDER & ~getattr(os, "O_NOFOLLOW", 0)
        return cls(path, "", os.open(path, flags) if HAS_DESCRIPTORS else None)

    def below(self, name: str) -> Here:
        """A folder in this one."""
        handle = os.open(name, O_FOLDER, dir_fd=self.descriptor) if HAS_DESCRIPTORS else None
        return Here(self.path / name, f"{self.name}{name}/", handle)

    def open(self, name: str) -> int:
        """A file in this folder; fails on a link, and does not wait for a pipe."""
        if self.descriptor is None:
            return os.open(self.path / name, O_FILE)
        return os.open(name, O_FILE, dir_fd=self.descriptor)

    def close(self) -> None:
        """Give the descriptor back."""
        if self.descriptor is not None:
            os.close(self.descriptor)


def read_folder(source: Path, arrivals: Arrivals) -> None:
    """Offer everything below ``source``.

    Raises:
        SubmissionError: a cap, a name, or something that cannot be read.
    """
    try:
        _walk(Here.top(source), arrivals)
    except OSError as error:
        raise SubmissionError(f"{source.name}: cannot be read: {error.strerror}") from error


def read_history(source: Path, arrivals: Arrivals) -> None:
    """Offer the history files of a ``.git`` or bare repository; the rest of it is not looked at."""
    try:
        _walk_history(Here.top(source), (), arrivals)
    except OSError as error:
        raise SubmissionError(f"{source.name}: cannot be read: {error.strerror}") from error


def _walk(here: Here, arrivals: Arrivals) -> None:
    try:
        for entry in _listed(here, arrivals):
            _offer(here, entry, arrivals)
    finally:
        here.close()


def _listed(here: Here, arrivals: Arrivals) -> list[os.DirEntry[str]]:
    """The entries by name; at most one more than will be taken, however many there are."""
    entries: list[os.DirEntry[str]] = []
    try:
        with os.scandir(here.path if here.descriptor is None else here.descriptor) as listing:
            for entry in listing:
                entries.append(entry)
                if len(entries) > arrivals.caps.entries:
                    break
    except OSError as error:
        raise SubmissionError(f"{quoted(here.name or '.')}: cannot be listed: {error.strerror}") from error
    return sorted(entries, key=lambda entry: entry.name)


def _offer(here: Here, entry: os.DirEntry[str], arrivals: Arrivals) -> None:
    name = here.name + entry.name
    is_folder = entry.is_dir(follow_symlinks=False)
    if is_folder and name == GIT:
        _walk_history(here.below(entry.name), (), arrivals)
        return
    parts = arrivals.entry(name)
    if not parts:
        return
    if entry.is_symlink():
        arrivals.link(parts, os.readlink(entry.name, dir_fd=here.descriptor), refuse_outside=False)
    elif is_folder:
        arrivals.folder(parts)
        _walk(_entered(here, entry.name), arrivals)
    elif entry.is_file(follow_symlinks=False):
        _take(here, entry.name, parts, arrivals)
    else:
        arrivals.leave_out(name, "neither a file nor a folder")


def _walk_history(here: Here, below: tuple[str, ...], arrivals: Arrivals) -> None:
    try:
        for entry in _listed(here, arrivals):
            parts = (*below, entry.name)
            if arrivals.history.dropped:
                return
            if entry.is_dir(follow_symlinks=False) and is_kept((*parts, "")):
                if len(parts) <= arrivals.caps.depth:
                    _walk_history(_entered(here, entry.name), parts, arrivals)
            elif entry.is_file(follow_symlinks=False) and is_kept(parts):
                _take(here, entry.name, (GIT, *parts), arrivals)
    finally:
        here.close()


def _entered(here: Here, name: str) -> Here:
    try:
        return here.below(name)
    except OSError as error:
        raise SubmissionError(f"{quoted(here.name + name)}: cannot be read: {error.strerror}") from error


def _take(here: Here, name: str, parts: tuple[str, ...], arrivals: Arrivals) -> None:
    shown = quoted("/".join(parts))
    try:
        handle = here.open(name)
    except OSError as error:
        raise SubmissionError(f"{shown}: cannot be read: {error.strerror}") from error
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise SubmissionError(f"{shown}: changed into something else while it was read")
        arrivals.file(parts, _chunks(handle, shown), executable=bool(found.st_mode & 0o100))
    finally:
        os.close(handle)


def _chunks(handle: int, shown: str) -> Iterator[bytes]:
    """Bytes as they come. Trouble here is theirs, so it must not look like trouble with our copy."""
    while True:
        try:
            chunk = os.read(handle, CHUNK)
        except OSError as error:
            raise SubmissionError(f"{shown}: cannot be read: {error.strerror}") from error
        if not chunk:
            return
        yield chunk
