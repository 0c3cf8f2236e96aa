"""A submission's folder -> what COPY may take: counted, .dockerignore obeyed, no links, no history."""

from __future__ import annotations

import os
import posixpath
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from harness.sandbox.collection import MAX_DEPTH, shown

NEVER = (".git", ".hg", ".svn")
MAX_PATTERNS = 200
SEARCH_S = 20.0  # for all matching of names in one build: patterns can be made to be slow
MAX_PATTERN = 300
MAX_IGNORE_BYTES = 64 * 2**10
O_FILE = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class ContextTooLargeError(Exception):
    """More than a build is given."""


@dataclass
class Context:
    """Relative names -> is it executable, for files; folders apart. ``left_out`` are sentences."""

    root: Path
    files: dict[str, bool] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    size_bytes: int = 0
    searched_s: float = 0.0

    def below(self, pattern: str) -> dict[str, str]:
        """Name -> name below what the pattern matched, for all a COPY source means; empty: nothing matched.

        A folder gives what is in it, its own name left away; a file gives itself.
        """
        pattern = posixpath.normpath("/" + pattern).strip("/")
        if not pattern:
            return {name: name for name in (*self.folders, *self.files)}
        wanted = pattern.split("/")
        found: dict[str, str] = {}
        with self.searching():
            for name in (*self.folders, *self.files):
                parts = name.split("/")
                if len(parts) < len(wanted) or not all(map(glob_matches, wanted, parts)):
                    continue
                if len(parts) > len(wanted):
                    found[name] = "/".join(parts[len(wanted) :])
                else:
                    found[name] = parts[-1] if name in self.files else ""
        return found

    @contextmanager
    def searching(self) -> Iterator[None]:
        """Counts the time, and refuses more when it is used up."""
        if self.searched_s > SEARCH_S:
            raise ContextTooLargeError("matching names against its patterns takes too long")
        began = time.monotonic()
        yield
        self.searched_s += time.monotonic() - began

    def read(self, name: str) -> bytes:
        """A file's bytes. ValueError when it is not the regular file it was."""
        handle = os.open(self.root / name, O_FILE)
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise ValueError(f"{name} changed while it was read")
            return file.read(found.st_size)


def survey(root: Path, dockerfile: str, *, max_bytes: int, max_files: int) -> Context:
    """Look at all of it, and copy nothing yet.

    Raises:
        ContextTooLargeError: over a cap.
    """
    context = Context(root)
    ignored = Ignore(_patterns(root, dockerfile))
    for name, found in _walk(root, "", context):
        with context.searching():
            leave = ignored(name)
        if leave:
            continue
        if stat.S_ISDIR(found.st_mode):
            context.folders.append(name)
            continue
        context.files[name] = bool(found.st_mode & 0o111)
        context.size_bytes += found.st_size
        if len(context.files) > max_files:
            raise ContextTooLargeError(f"the build context has more than {max_files:,} files")
        if context.size_bytes > max_bytes:
            raise ContextTooLargeError(f"the build context is larger than {max_bytes >> 20:,} MB")
    return context


def _walk(folder: Path, below: str, context: Context) -> Iterator[tuple[str, os.stat_result]]:
    for entry in sorted(os.scandir(folder), key=lambda e: e.name):
        name = f"{below}{entry.name}"
        found = entry.stat(follow_symlinks=False)
        if entry.name in NEVER:
            context.left_out.append(f"{shown(name)}: history is never copied into an image")
        elif not _is_text(entry.name):
            context.left_out.append(f"{shown(name)}: its name cannot be copied")
        elif stat.S_ISDIR(found.st_mode):
            yield name, found
            if name.count("/") < MAX_DEPTH:
                yield from _walk(Path(entry.path), f"{name}/", context)
        elif stat.S_ISREG(found.st_mode):
            yield name, found
        else:
            context.left_out.append(f"{shown(name)}: neither a file nor a folder")


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\n" not in name


# ------------------------------------------------------------------------ .dockerignore


class Ignore:
    """The last pattern that matches a name, or a folder above it, decides; ``!`` brings back."""

    def __init__(self, patterns: list[str]) -> None:
        self._rules = [
            (p.startswith("!"), posixpath.normpath(p.lstrip("!").strip()).strip("/").split("/"))
            for p in patterns
        ]
        self._matched: dict[str, set[int]] = {"": set()}  # folder -> rules that match it or one above it

    def __call__(self, name: str) -> bool:
        """Names come with their folder before them."""
        parts = name.split("/")
        matched = set(self._matched.get(name.rpartition("/")[0], ()))
        matched |= {n for n, (_, pattern) in enumerate(self._rules) if path_matches(pattern, parts)}
        self._matched[name] = matched
        return bool(matched) and not self._rules[max(matched)][0]


def _patterns(root: Path, dockerfile: str) -> list[str]:
    for name in (f"{dockerfile}.dockerignore", ".dockerignore"):
        path = root / name
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                lines = file.read(MAX_IGNORE_BYTES).decode("utf-8-sig", "replace").splitlines()
            found = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
            return [p for p in found if len(p) <= MAX_PATTERN][:MAX_PATTERNS]
    return []


def path_matches(pattern: list[str], parts: list[str]) -> bool:
    """``**`` stands for any number of folders. Time is the product of both lengths, whatever they are."""
    reached = {0}  # how many pattern parts may be used up
    for part in [*parts, None]:
        # "**" may stand for nothing
        for at in sorted(reached):
            while at < len(pattern) and pattern[at] == "**":
                at += 1
                reached.add(at)
        if part is None:
            break
        reached = {at for at in reached if at < len(pattern) and pattern[at] == "**"} | {
            at + 1
            for at in reached
            if at < len(pattern) and pattern[at] != "**" and glob_matches(pattern[at], part)
        }
    return len(pattern) in reached


def glob_matches(pattern: str, text: str) -> bool:
    """``*``, ``?`` and ``[a-z]`` within one name; without backtracking further than the last star."""
    at = here = 0
    star, mark = -1, 0
    units = _units(pattern)
    while here < len(text):
        if at < len(units) and units[at] == "*":
            star, mark = at, here
            at += 1
        elif at < len(units) and _one(units[at], text[here]):
            at, here = at + 1, here + 1
        elif star >= 0:
            mark += 1
            at, here = star + 1, mark
        else:
            return False
    return all(unit == "*" for unit in units[at:])


def _units(pattern: str) -> list[str]:
    units: list[str] = []
    at = 0
    while at < len(pattern):
        end = pattern.find("]", at + 2) if pattern[at] == "[" else -1
        size = end - at + 1 if end > 0 else (2 if pattern[at] == "\\" and at + 1 < len(pattern) else 1)
        units.append(pattern[at : at + size])
        at += size
    return units


def _one(unit: str, char: str) -> bool:
    if unit == "?":
        return True
    if len(unit) == 2:  # an escaped character
        return unit[1] == char
    if len(unit) < 3:
        return unit == char
    inside = unit[1:-1]
    negated = inside[0] in "^!"
    inside = inside[1:] if negated else inside
    found, at = False, 0
    while at < len(inside):
        last = inside[at + 2] if inside[at + 1 : at + 2] == "-" and at + 2 < len(inside) else inside[at]
        found = found or inside[at] <= char <= last
        at += 3 if last is not inside[at] else 1
    return found is not negated
