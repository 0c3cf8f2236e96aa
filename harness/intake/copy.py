"""A folder of theirs -> a folder of ours: regular files only, counted while they are read."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from harness.errors import SubmissionError

# never work of the candidate's: made by tools, or history (which is read in a container)
LEFT_OUT = frozenset(
    {
        ".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".ipynb_checkpoints",
        ".mypy_cache", ".pytest_cache", ".ruff_cache", ".tox", ".nox", ".DS_Store", ".idea", ".vscode",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Caps:
    """How much of a submission is taken in; more is refused whole, with the number."""

    files: int = 5_000
    total_bytes: int = 256 * 2**20
    file_bytes: int = 128 * 2**20
    depth: int = 24
    name_bytes: int = 200


@dataclass
class Copied:
    """What was copied, and as sentences what was not."""

    files: int = 0
    size_bytes: int = 0
    notes: tuple[str, ...] = ()


def copy_tree(source: Path, into: Path, caps: Caps) -> Copied:
    """Copy the regular files below ``source`` to ``into``; links and special files stay behind.

    Raises:
        SubmissionError: a cap is exceeded, a file cannot be read, or two names differ only by
            case or Unicode form.
    """
    copied = Copied()
    notes: list[str] = []
    folded: dict[str, Path] = {}
    into.mkdir(parents=True, exist_ok=True)
    for path, relative in _walk(source, Path(), notes, caps):
        same = unicodedata.normalize("NFC", str(relative)).casefold()
        if same in folded:
            raise SubmissionError(
                f"{relative}: differs only by case from {folded[same]}", hint="rename one of the two files"
            )
        folded[same] = relative
        copied.files += 1
        if copied.files > caps.files:
            raise SubmissionError(
                f"more than {caps.files:,} files", hint="leave out environments, caches and generated data"
            )
        copied.size_bytes += _copy_file(path, into / relative, caps, copied.size_bytes)
    copied.notes = tuple(notes)
    return copied


def _walk(folder: Path, below: Path, notes: list[str], caps: Caps) -> Iterator[tuple[Path, Path]]:
    if len(below.parts) > caps.depth:
        raise SubmissionError(f"{below}: folders are nested deeper than {caps.depth}")
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise SubmissionError(f"{below or folder.name}: cannot be listed: {error.strerror}") from error
    for entry in entries:
        relative = below / entry.name
        if entry.name in LEFT_OUT:
            notes.append(f"{relative}: left out (made by a tool, or history)")
            continue
        _check_name(entry.name, relative, caps)
        if entry.is_symlink():
            notes.append(f"{relative}: left out (a symbolic link)")
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), relative, notes, caps)
        elif entry.is_file(follow_symlinks=False):
            yield Path(entry.path), relative
        else:
            notes.append(f"{relative}: left out (neither a file nor a folder)")


def _check_name(name: str, relative: Path, caps: Caps) -> None:
    if len(os.fsencode(name)) > caps.name_bytes:
        raise SubmissionError(f"{str(relative)[:80]}...: a name longer than {caps.name_bytes} bytes")
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raise SubmissionError(f"{relative!r}: a file name that is not UTF-8") from None
    if any(unicodedata.category(ch) == "Cc" for ch in name) or "\\" in name:
        raise SubmissionError(f"{str(relative)!r}: a control character or backslash in a file name")


def _copy_file(path: Path, target: Path, caps: Caps, before: int) -> int:
    """Copy one file, counting bytes as they come: a size that lies, or grows, gains nothing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as theirs, target.open("xb") as ours:
            found = os.fstat(theirs.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise SubmissionError(f"{path.name}: changed into something else while it was read")
            while chunk := theirs.read(2**20):
                count += len(chunk)
                if count > caps.file_bytes:
                    raise SubmissionError(f"{path.name}: larger than {caps.file_bytes // 2**20} MiB")
                if before + count > caps.total_bytes:
                    raise SubmissionError(
                        f"more than {caps.total_bytes // 2**20} MiB in all",
                        hint="leave out data, models and environments: the model is trained here",
                    )
                ours.write(chunk)
            target.chmod(0o755 if found.st_mode & 0o100 else 0o644)
    except OSError as error:
        raise SubmissionError(f"{path.name}: cannot be read: {error.strerror}") from error
    return count
