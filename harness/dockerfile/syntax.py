"""Dockerfile bytes -> instructions with line numbers. Our own parser: no frontend of anybody's is ever run.

Tolerant where Docker is (continuations, comments within them, blank lines, any case of keyword), and it
raises ValueError, blaming nobody, where Docker would refuse the file too.
"""

from __future__ import annotations

import json
import re

from pydantic import Field

from harness.dockerfile.lexer import shown
from harness.model import Frozen

MAX_BYTES = 256 * 2**10
MAX_INSTRUCTIONS = 200
KEYWORDS = frozenset(
    (
        "ADD",
        "ARG",
        "CMD",
        "COPY",
        "ENTRYPOINT",
        "ENV",
        "EXPOSE",
        "FROM",
        "HEALTHCHECK",
        "LABEL",
        "MAINTAINER",
        "ONBUILD",
        "RUN",
        "SHELL",
        "STOPSIGNAL",
        "USER",
        "VOLUME",
        "WORKDIR",
    )
)
WITH_FLAGS = frozenset(("ADD", "COPY", "FROM", "HEALTHCHECK", "RUN"))
WITH_HEREDOCS = frozenset(("ADD", "COPY", "RUN"))
DIRECTIVE = re.compile(r"#[ \t]*([A-Za-z][\w-]*)[ \t]*=[ \t]*(\S.*?)[ \t]*")
FLAG = re.compile(r"--([a-z][a-z-]*)(?:=(\S*))?(?:\s+|$)")
HEREDOC = re.compile(r"(?:^|(?<=\s))\d?<<(-?)([\"']?)([A-Za-z_][\w.]*)\2(?=[\s;|&>)]|$)")


class SyntaxFaultError(ValueError):
    """Not a Dockerfile, and where it stops being one."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class Heredoc(Frozen):
    """``<<NAME``; ``expand`` is false when the name is quoted."""

    name: str
    body: str
    expand: bool = True


class Instruction(Frozen):
    """One logical line. ``text`` is what follows the keyword and its flags; ``items`` a JSON form."""

    keyword: str
    line: int
    text: str = ""
    flags: tuple[tuple[str, str], ...] = ()
    items: tuple[str, ...] | None = None
    heredocs: tuple[Heredoc, ...] = ()

    def flag(self, name: str) -> str:
        """The last value of a flag, or nothing."""
        return dict(self.flags).get(name, "")


class Dockerfile(Frozen):
    """``directives`` are the ``# name=value`` lines at the very top; ``remarks`` what was mended."""

    directives: dict[str, str] = Field(default_factory=dict)
    instructions: tuple[Instruction, ...] = ()
    remarks: tuple[str, ...] = ()
    escape: str = "\\"


def parse(raw: bytes) -> Dockerfile:
    """Read a Dockerfile.

    Raises:
        SyntaxFaultError: it is not one; with the line.
    """
    if len(raw) > MAX_BYTES:
        raise SyntaxFaultError(1, f"it is larger than {MAX_BYTES // 1024} KiB")
    if b"\0" in raw:
        raise SyntaxFaultError(1, "it holds NUL bytes, so it is not a text file")
    text, remarks = _decoded(raw)
    lines = text.replace("\r\n", "\n").split("\n")
    directives = _directives(lines)
    escape = directives.get("escape", "\\")
    if escape not in ("\\", "`"):
        raise SyntaxFaultError(1, "its escape directive names neither a backslash nor a backtick")
    found = tuple(_Reader(lines, escape).instructions())
    return Dockerfile(directives=directives, instructions=found, remarks=remarks, escape=escape)


def _decoded(raw: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return raw.decode("utf-8-sig", "replace"), ("it is not UTF-8; what could not be read was replaced",)


def _directives(lines: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        match = DIRECTIVE.fullmatch(line.strip())
        if match is None or match[1].lower() in found:
            break
        found[match[1].lower()] = match[2]
    return found


class _Reader:
    def __init__(self, lines: list[str], escape: str) -> None:
        self._lines = lines
        self._continued = re.compile(re.escape(escape) + r"[ \t]*$")
        self._at = 0

    def instructions(self) -> list[Instruction]:
        found: list[Instruction] = []
        while self._at < len(self._lines):
            line = self._lines[self._at].strip()
            if not line or line.startswith("#"):
                self._at += 1
                continue
            found.append(self._instruction())
            if len(found) > MAX_INSTRUCTIONS:
                raise SyntaxFaultError(found[-1].line, f"it has more than {MAX_INSTRUCTIONS} instructions")
        return found

    def _instruction(self) -> Instruction:
        number = self._at + 1
        keyword, rest = [*self._logical_line().strip().split(maxsplit=1), "", ""][:2]
        keyword = keyword.upper()
        if keyword not in KEYWORDS:
            raise SyntaxFaultError(number, f"{shown(keyword, 40)!r} is not a Dockerfile instruction")
        flags: list[tuple[str, str]] = []
        while keyword in WITH_FLAGS and (match := FLAG.match(rest)):
            flags.append((match[1], match[2] or ""))
            rest = rest[match.end() :]
        return Instruction(
            keyword=keyword,
            line=number,
            text=rest,
            flags=tuple(flags),
            items=_json_form(rest, number),
            heredocs=tuple(self._heredocs(rest, number)) if keyword in WITH_HEREDOCS else (),
        )

    def _logical_line(self) -> str:
        """Joined over continuations; comments and blank lines in between are dropped, as Docker does."""
        parts: list[str] = []
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            if parts and (not line.strip() or line.lstrip().startswith("#")):
                continue
            match = self._continued.search(line)
            parts.append(line[: match.start()] if match else line)
            if not match:
                break
        return "".join(parts)

    def _heredocs(self, rest: str, number: int) -> list[Heredoc]:
        if rest.startswith("["):
            return []
        return [
            self._heredoc(match[3], strip=bool(match[1]), expand=not match[2], number=number)
            for match in HEREDOC.finditer(rest)
        ]

    def _heredoc(self, name: str, *, strip: bool, expand: bool, number: int) -> Heredoc:
        body: list[str] = []
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            line = line.lstrip("\t") if strip else line
            if line == name:
                return Heredoc(name=name, body="".join(f"{each}\n" for each in body), expand=expand)
            body.append(line)
        raise SyntaxFaultError(number, f"the text begun with <<{name} is never ended")


def _json_form(text: str, number: int) -> tuple[str, ...] | None:
    if not text.startswith("["):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None  # Docker takes it for a shell command, too
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        return None
    try:
        "".join(found).encode()
    except UnicodeEncodeError:
        raise SyntaxFaultError(number, "its list holds half a character") from None
    if any("\0" in item for item in found):
        raise SyntaxFaultError(number, "its list holds a NUL character")
    return tuple(found)
