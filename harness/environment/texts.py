"""A file of theirs -> text and tables, bounded in bytes and in time. Nothing here can run or fetch."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from harness import safe_toml
from harness.model import Finding, Place, Severity

MAX_BYTES = 256 * 2**10
MAX_LOCK_BYTES = 4 * 2**20
MAX_LINES = 20_000
MAX_LINE = 1000  # characters of a line that anything looks at: the parsers behind are not all linear
MAX_FINDINGS = 60


@dataclass
class Notes:
    """The findings so far. A file with a million wrong lines yields sixty and a count."""

    findings: list[Finding] = field(default_factory=list)
    dropped: int = 0

    def add(
        self,
        rule: str,
        what: str,
        *,
        file: str = "",
        line: int | None = None,
        severity: Severity = Severity.MINOR,
        fix: str = "",
    ) -> None:
        """Note one finding; their text inside ``what`` must be cut and quoted by ``shown``."""
        if len(self.findings) >= MAX_FINDINGS:
            self.dropped += 1
            return
        place = Place(file=file[:200], line=line)
        self.findings.append(Finding(what=what[:600], place=place, severity=severity, fix=fix, rule=rule))

    def all(self) -> tuple[Finding, ...]:
        """Every finding, and how many were not kept."""
        if not self.dropped:
            return tuple(self.findings)
        more = Finding(what=f"and {self.dropped:,} more like these", rule="limit.findings")
        return (*self.findings, more)


def shown(text: str) -> str:
    """Their words for a sentence of ours: one line, cut, quoted, in ASCII."""
    return ascii(text if len(text) <= 80 else f"{text[:77]}...")


class Tree:
    """The files of one submission: relative names in, text out. Links and what lies outside are refused."""

    def __init__(self, root: Path, notes: Notes) -> None:
        self.root = root.resolve()
        self.notes = notes
        self.read: list[str] = []

    def has(self, name: str) -> bool:
        """Whether there is a regular file of that name."""
        try:
            return stat.S_ISREG(os.lstat(self.root / name).st_mode)
        except (OSError, ValueError):
            return False

    def names(self, folder: str, pattern: str, *, at_most: int) -> list[str]:
        """The first regular files below ``folder`` that match, in name order."""
        try:
            found = sorted(path.name for path in (self.root / folder).glob(pattern))
        except OSError:
            return []
        return [name for name in (f"{folder}/{n}" for n in found[:at_most]) if self.has(name)]

    def beside(self, name: str, other: str) -> str | None:
        """``other`` as a file beside ``name`` means it; None when that leads out of the submission."""
        pure = PurePosixPath(other.replace("\\", "/"))
        if pure.is_absolute() or ":" in other or "\0" in other:
            return None
        joined = os.path.normpath(PurePosixPath(name).parent / pure)
        inside = not joined.startswith("..") and (self.root / joined).resolve().is_relative_to(self.root)
        return joined if inside else None

    def text(self, name: str, *, max_bytes: int = MAX_BYTES) -> str:
        """The text of a file; "" when there is none, or none that can be read, which is a finding."""
        if not self.has(name):
            return ""
        self.read.append(name)
        try:
            descriptor = os.open(self.root / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(descriptor, "rb") as content:
                raw = content.read(max_bytes + 1)
        except OSError as error:
            self.notes.add("file.unreadable", f"cannot be read: {error.strerror}", file=name)
            return ""
        if len(raw) > max_bytes:
            what = f"larger than {max_bytes // 1024} KiB: not read"
            self.notes.add("file.too-large", what, file=name, severity=Severity.MAJOR)
            return ""
        return _decoded(raw)

    def lines(self, name: str, *, max_bytes: int = MAX_BYTES) -> Iterator[tuple[int, str]]:
        """(number, line), comments still in; lines nobody writes by hand are findings and left out."""
        for number, line in enumerate(self.text(name, max_bytes=max_bytes).split("\n"), 1):
            if number > MAX_LINES:
                self.notes.add(
                    "file.too-large", f"more than {MAX_LINES:,} lines: the rest is not read", file=name
                )
                return
            if len(line) > MAX_LINE:
                what = f"a line of {len(line):,} characters was left out"
                self.notes.add("requirement.too-long", what, file=name, line=number)
                continue
            yield number, line.rstrip("\r")

    def toml(self, name: str) -> dict[str, Any]:
        """A TOML file as a table; {} and a finding when it is none."""
        text = self.text(name)
        try:
            return safe_toml.loads(text)
        except (ValueError, RecursionError) as error:
            self._broken(name, error)
            return {}

    def yaml(self, name: str) -> Any:
        """A YAML file, every scalar a string; None and a finding when it is none."""
        text = self.text(name, max_bytes=MAX_BYTES // 4)
        try:
            return yaml.load(text, Loader=_Plain)  # noqa: S506 - a BaseLoader: strings, lists, tables
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            self._broken(name, error)
            return None

    def _broken(self, name: str, error: Exception) -> None:
        reason = "nested too deeply" if isinstance(error, RecursionError) else " ".join(str(error).split())
        what = f"cannot be read: {shown(reason)}"
        self.notes.add("file.unreadable", what, file=name, severity=Severity.MAJOR)


class _Plain(yaml.BaseLoader):
    """No tags, no types, and no aliases: merged aliases double with every line."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases (*name) are not followed")
        return super().compose_node(parent, index)


def _decoded(raw: bytes) -> str:
    # PowerShell's `pip freeze >` writes UTF-16
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return raw.decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
