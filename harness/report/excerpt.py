"""A finding's file and line -> the lines around it. Reads one regular file below the submission, or nothing.

The file is the candidate's: absolute names, ``..``, links, devices and files beyond a megabyte are
not opened. Whoever asks gets no excerpt, and the finding stands without it.
"""

from __future__ import annotations

import json
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from harness.model import Place

MAX_FILE_BYTES = 2**20
AROUND = 2


@dataclass(frozen=True)
class SourceLine:
    """A line as it stands in the file; ``hit`` is the one the finding is about."""

    number: int
    text: str
    hit: bool


def excerpt(root: Path, place: Place) -> tuple[SourceLine, ...]:
    """The line of ``place`` and two on either side, less blank ends; empty when there is nothing to show."""
    if not place.file or place.line is None or place.line < 1:
        return ()
    source = _read(root, place.file)
    if source is not None and place.file.endswith(".ipynb"):
        source = _cell(source, place.cell)
    if source is None:
        return ()
    lines = re.split(r"\r\n|\r|\n", source)
    if place.line > len(lines):
        return ()
    first = max(1, place.line - AROUND)
    around = [
        SourceLine(n, text, n == place.line)
        for n, text in enumerate(lines[first - 1 : place.line + AROUND], first)
    ]
    while around and not around[0].hit and not around[0].text.strip():
        around.pop(0)
    while around and not around[-1].hit and not around[-1].text.strip():
        around.pop()
    return tuple(around)


def _read(root: Path, name: str) -> str | None:
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or "\0" in name:
        return None
    path = root / pure
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            return None
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except (OSError, RuntimeError, ValueError):  # absent, a link, a loop of links, an impossible name
        return None
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_FILE_BYTES:
            return None
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(MAX_FILE_BYTES).decode("utf-8", errors="replace")
    finally:
        os.close(handle)


def _cell(notebook: str, cell: int | None) -> str | None:
    """The source of a cell, counted from 1 over all cells as the linter counts them."""
    if cell is None or cell < 1:
        return None
    try:
        source = json.loads(notebook)["cells"][cell - 1]["source"]
        return source if isinstance(source, str) else "".join(source)
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return None
