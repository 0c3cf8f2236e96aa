"""A file, packed or not -> its bytes in order, counted, with never more than two pieces in memory."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from harness.errors import SubmissionError
from harness.intake.arrivals import CHUNK, Arrivals
from harness.intake.caps import mib

GZIP, BZIP2, XZ = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00"
XZ_MEMORY_BYTES = 128 * 2**20
MAX_STREAMS = 40_000  # block-wise gzip makes one each 64 KiB
AGAIN = "pack or upload it again"


@dataclass
class Stream:
    """Unpacked bytes in order, counted. Never holds more than two chunks."""

    source: BinaryIO
    arrivals: Arrivals
    at: int = 0
    member: str = "the archive"
    _piece: bytes = b""
    _taken: int = 0
    _pieces: Iterator[bytes] = field(init=False)

    def __post_init__(self) -> None:
        magic = self.source.read(6)
        self.source.seek(0)
        kind = next((kind for kind in UNPACKERS if magic.startswith(kind)), None)
        self._pieces = self._unpacked(UNPACKERS[kind]) if kind else _plain(self.source)

    def pieces(self, size: int) -> Iterator[bytes]:
        """The next ``size`` bytes."""
        left = size
        while left:
            piece = self._some(left)
            if not piece:
                raise SubmissionError(f"{self.member}: cut off: {left:,} of {size:,} bytes are missing")
            left -= len(piece)
            yield piece

    def read(self, size: int) -> bytes:
        """The next ``size`` bytes at once, or fewer at the very end."""
        found = b""
        while len(found) < size and (piece := self._some(size - len(found))):
            found += piece
        return found

    def expect_padding(self) -> None:
        """Read to the end: nothing but zeros may follow, or another program would see other files."""
        while piece := self._some(CHUNK):
            if piece.count(0) != len(piece):
                raise SubmissionError(f"bytes after the end of the tar, near {self.at:,}")

    def _some(self, most: int) -> bytes:
        if self._taken == len(self._piece):
            self._piece, self._taken = next(self._pieces, b""), 0
        piece = self._piece[self._taken : self._taken + most]
        self._taken += len(piece)
        self.at += len(piece)
        self.arrivals.deadline.check(self.member)
        if self.at > self.arrivals.caps.unpacked_bytes:
            raise SubmissionError(
                f"{self.member}: the archive unpacks to more than {mib(self.arrivals.caps.unpacked_bytes)}",
                hint="leave out data, models and environments",
            )
        self.arrivals.check_ratio(self.member, self.at)
        return piece

    def _unpacked(self, start: Callable[[], Unpacker]) -> Iterator[bytes]:
        """One packed stream after another, as gzip itself reads them; zeros may follow the last."""
        unpacker, packed, streams = start(), b"", 1
        try:
            while streams <= MAX_STREAMS:
                self.arrivals.deadline.check(self.member)
                if unpacker.eof:
                    packed = unpacker.unused_data or self.source.read(CHUNK)
                    if not packed.strip(b"\0"):
                        return _only_zeros(self.source)
                    unpacker, streams = start(), streams + 1
                elif unpacker.needs_input and not (packed := self.source.read(CHUNK)):
                    raise SubmissionError("cut off: its packed data breaks off", hint=AGAIN)
                if piece := unpacker.decompress(packed, CHUNK):
                    yield piece
                packed = b""
        except (zlib.error, lzma.LZMAError, OSError, ValueError, EOFError) as error:
            raise SubmissionError(f"damaged: {error}", hint=AGAIN) from error
        raise SubmissionError(f"more than {MAX_STREAMS:,} packed streams, one after another")


def _plain(source: BinaryIO) -> Iterator[bytes]:
    while piece := source.read(CHUNK):
        yield piece


def _only_zeros(source: BinaryIO) -> None:
    for piece in _plain(source):
        if piece.strip(b"\0"):
            raise SubmissionError("bytes after the end of the packed data")


class Unpacker(Protocol):
    """What bz2 and lzma decompressors share; gzip is fitted to it below."""

    @property
    def eof(self) -> bool: ...  # noqa: D102
    @property
    def needs_input(self) -> bool: ...  # noqa: D102
    @property
    def unused_data(self) -> bytes: ...  # noqa: D102
    def decompress(self, data: bytes, max_length: int) -> bytes: ...  # noqa: D102


class Gunzip:
    """zlib's object under the same three names."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        """At the end of one packed stream."""
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        """What follows it."""
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """At most ``max_length`` bytes, however well they were packed."""
        found = self._inner.decompress(self._inner.unconsumed_tail + data, max_length)
        self.needs_input = not self._inner.unconsumed_tail and len(found) < max_length
        return found


UNPACKERS: dict[bytes, Callable[[], Unpacker]] = {
    GZIP: Gunzip,
    BZIP2: bz2.BZ2Decompressor,
    XZ: lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=XZ_MEMORY_BYTES),
}
