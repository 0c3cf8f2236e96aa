"""What may leave an output folder: named regular files within the caps, and a sentence for the rest."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from harness.model import Limits, Stage

MAX_DEPTH = 24
MAX_NAME_BYTES = 1024
MAX_SENTENCES = 8
CHUNK_BYTES = 256 * 1024


@dataclass(frozen=True)
class Collected:
    """What came out. ``over`` says which cap was broken (then nothing is kept), ``full`` what ran out."""

    files: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    over: str = ""
    full: str = ""


class OverQuotaError(Exception):
    """A cap was broken; collecting more would only cost us."""


class Collection:
    """Copies what a stage may keep into a folder. Names are relative, with forward slashes."""

    def __init__(self, stage: Stage, into: Path) -> None:
        self._keep = stage.keep
        self._limits: Limits = stage.limits
        self._into = into
        self._bytes = 0
        self._files: dict[str, str] = {}  # by folded name: two names may be one on another machine
        self._refused: list[str] = []

    def wants(self, name: str) -> bool:
        """True when ``keep`` names this file."""
        return any(
            name.startswith(k.removesuffix("**")) if k.endswith("/**") else name == k for k in self._keep
        )

    def may_hold(self, folder: str) -> bool:
        """True when something that ``keep`` names may lie in this folder or below it."""
        return any(k.startswith(folder + "/") for k in self._keep) or self.wants(folder + "/")

    def is_expected(self, name: str, *, folder: bool) -> bool:
        """True when it should be looked at; a folder in a kept file's place, or the reverse, is refused."""
        file_here, folder_here = self.wants(name), self.may_hold(name)
        if folder and file_here and not folder_here:
            self.refuse(name, "it is a folder, and a file was expected")
        if not folder and folder_here and not file_here:
            self.refuse(name, "it is not a folder, and a folder was expected")
        return folder_here if folder else file_here

    def refuse(self, name: str, why: str) -> None:
        """Leave it behind, and say so."""
        self._refused.append(f"{shown(name)} was left out: {why}")

    def add(self, name: str, *, size: int, on_disk: int, read: Callable[[int], bytes]) -> None:
        """Copy one regular file whose name ``wants``.

        Raises:
            OverQuotaError: it breaks a cap on the number of files or on bytes, apparent or on disk.
        """
        if why := _bad_name(name):
            return self.refuse(name, why)
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in self._files:
            return self.refuse(name, "another name differs from it only in case or accents")
        if len(self._files) >= self._limits.output_files:
            raise OverQuotaError(f"more than {self._limits.output_files:,} output files")
        self._charge(max(size, on_disk))
        self._copy(name, size, read)
        self._files[folded] = name
        return None

    def finished(self, *, full: str = "") -> Collected:
        """All within the caps."""
        return Collected(tuple(sorted(self._files.values())), self._sentences(), full=full)

    def over(self, cap: str) -> Collected:
        """A cap was broken: what was copied so far is taken back."""
        for name in self._files.values():
            (self._into / name).unlink(missing_ok=True)
        return Collected(refused=self._sentences(), over=cap)

    def _charge(self, size: int) -> None:
        self._bytes += size
        if self._bytes > self._limits.output_mb << 20:
            raise OverQuotaError(f"more than {self._limits.output_mb:,} MB of output files")

    def _copy(self, name: str, size: int, read: Callable[[int], bytes]) -> None:
        target = self._into / PurePosixPath(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        left = size
        with os.fdopen(os.open(target, flags, 0o644), "wb") as file:
            # Never more than was announced: the size was charged, what follows it was not.
            while left and (chunk := read(min(CHUNK_BYTES, left))):
                file.write(chunk)
                left -= len(chunk)

    def _sentences(self) -> tuple[str, ...]:
        more = len(self._refused) - MAX_SENTENCES
        listed = self._refused[:MAX_SENTENCES]
        return tuple([*listed, f"{more:,} more were left out"] if more > 0 else listed)


def shown(name: str) -> str:
    """A name of theirs, fit for a sentence of ours: printable ASCII, short."""
    text = name.encode("ascii", "backslashreplace").decode()
    text = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
    return text if len(text) <= 80 else f"{text[:60]}... ({len(name):,} characters)"


def _bad_name(name: str) -> str:
    if len(name.encode("utf-8", "surrogateescape")) > MAX_NAME_BYTES:
        return f"its path has more than {MAX_NAME_BYTES:,} bytes"
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") or c == "\\" for c in name):
        return "its name holds control, formatting or undecodable characters, or a backslash"
    parts = name.split("/")
    if len(parts) > MAX_DEPTH:
        return f"it lies more than {MAX_DEPTH} folders deep"
    if any(part in ("", ".", "..") for part in parts):
        return "its name is not a plain relative path"
    return ""
