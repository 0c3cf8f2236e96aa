"""A tar, packed or not -> entries, read once from front to back in bounded memory.

Not ``tarfile``: that reads extended headers of any size into memory, and its filters were escaped.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import BinaryIO

from harness.errors import SubmissionError
from harness.intake.arrivals import Arrivals
from harness.intake.names import parts_of, quoted
from harness.intake.stream import Stream

BLOCK = 512
HEADER = struct.Struct("100s8s8s8s12s12s8sc100s6s2s32s32s8s8s155s12s")
NUMBER = re.compile(rb"[ ]*([0-7]{1,12})[ \0]*\Z")
PAX_RECORD = re.compile(rb"([1-9][0-9]{0,7}) ([^=]{1,200})=")

FILE, HARD_LINK, SYMBOLIC_LINK, FOLDER = b"0\x007", b"1", b"2", b"5"
LONG_NAME, LONG_LINK, PAX, PAX_GLOBAL = b"L", b"K", b"x", b"g"
REFUSED = {b"3": "a device", b"4": "a device", b"6": "a pipe", b"S": "a sparse file"}
SPARSE = "GNU.sparse."


def read_tar(source: BinaryIO, arrivals: Arrivals) -> None:
    """Offer every member of a .tar, .tar.gz, .tar.bz2 or .tar.xz.

    Raises:
        SubmissionError: damaged, cut off, sparse, with a device, or over a cap.
    """
    stream = Stream(source, arrivals)
    told = Told()
    while header := _header(stream):
        if header.kind in (LONG_NAME, LONG_LINK, PAX, PAX_GLOBAL):
            told.read(header, stream, arrivals)
            continue
        _offer(told.applied(header), stream, arrivals)
        told = Told()
    if told.headers:
        raise SubmissionError("the tar ends with a header that belongs to no member")
    stream.expect_padding()


@dataclass(frozen=True, slots=True)
class Header:
    """One block that says what follows."""

    name: str
    kind: bytes
    size: int
    mode: int
    target: str
    at: int


def _header(stream: Stream) -> Header | None:
    """The next header, or None at the end-of-archive block."""
    at = stream.at
    block = stream.read(BLOCK)
    if len(block) < BLOCK:
        raise SubmissionError(
            f"cut off: the tar ends at byte {at:,} without its end mark", hint="pack or upload it again"
        )
    if not block.strip(b"\0"):
        return None
    fields = HEADER.unpack(block)
    name, mode, size, checksum, kind, target, magic, prefix = (
        fields[0], fields[1], fields[4], fields[6], fields[7], fields[8], fields[9], fields[15],
    )  # fmt: skip
    if not _is_sum(_number(checksum, "checksum", at), block, checksum):
        raise SubmissionError(f"not a tar header at byte {at:,}: its checksum is not right")
    path = _text(name)
    if magic == b"ustar\0" and prefix[0]:
        path = f"{_text(prefix)}/{path}"
    return Header(path, kind, _number(size, "size", at), _number(mode, "mode", at), _text(target), at)


def _is_sum(told: int, block: bytes, checksum: bytes) -> bool:
    plain = sum(block) - sum(checksum) + 8 * ord(" ")
    if told == plain:
        return True
    # some old programs added signed bytes
    return told == plain - 256 * (sum(b > 127 for b in block) - sum(b > 127 for b in checksum))


def _number(raw: bytes, what: str, at: int) -> int:
    if raw[0] == 0x80:  # GNU: base 256, for what does not fit
        return int.from_bytes(raw[1:], "big")
    found = NUMBER.match(raw)
    if not found and raw.strip(b" \0"):
        raise SubmissionError(f"not a tar header at byte {at:,}: its {what} is no number")
    return int(found[1], 8) if found else 0


def _text(raw: bytes) -> str:
    return raw.partition(b"\0")[0].decode("utf-8", "surrogateescape")


@dataclass
class Told:
    """What extended headers say about the one member that follows them."""

    headers: int = 0
    name: str | None = None
    target: str | None = None
    size: int | None = None

    def read(self, header: Header, stream: Stream, arrivals: Arrivals) -> None:
        """Take one extended header in, if it is of an honest size."""
        self.headers += 1
        if self.headers > 8:  # a chain of them is no member at all
            raise SubmissionError(f"{self.headers} extended headers in a row at byte {header.at:,}")
        if header.size > arrivals.caps.header_bytes:
            raise SubmissionError(
                f"an extended header of {header.size:,} bytes at byte {header.at:,}: "
                f"at most {arrivals.caps.header_bytes:,} are read"
            )
        content = b"".join(stream.pieces(header.size))
        _skip_padding(header.size, stream)
        if header.kind == LONG_NAME:
            self.name = _text(content)
        elif header.kind == LONG_LINK:
            self.target = _text(content)
        else:
            self._records(content, header)

    def applied(self, header: Header) -> Header:
        """The member's header as it is meant."""
        return Header(
            header.name if self.name is None else self.name,
            header.kind,
            header.size if self.size is None else self.size,
            header.mode,
            header.target if self.target is None else self.target,
            header.at,
        )

    def _records(self, content: bytes, header: Header) -> None:
        at = 0
        while at < len(content):
            found = PAX_RECORD.match(content, at)
            end = at + int(found[1]) if found else 0
            if not found or end > len(content) or content[end - 1 : end] != b"\n" or end <= found.end():
                raise SubmissionError(f"a damaged extended header at byte {header.at:,}")
            key = found[2].decode("utf-8", "replace")
            self._record(key, content[found.end() : end - 1], header)
            at = end

    def _record(self, key: str, value: bytes, header: Header) -> None:
        if key.startswith(SPARSE):
            raise SubmissionError(f"a sparse file at byte {header.at:,}", hint="pack it without --sparse")
        if header.kind == PAX_GLOBAL:
            if key in ("path", "linkpath", "size"):
                raise SubmissionError(f"one {key} for all members, at byte {header.at:,}")
        elif key == "path":
            self.name = value.decode("utf-8", "surrogateescape")
        elif key == "linkpath":
            self.target = value.decode("utf-8", "surrogateescape")
        elif key == "size":
            if not value.isdigit() or len(value) > 15:
                raise SubmissionError(
                    f"a damaged extended header at byte {header.at:,}: its size is no number"
                )
            self.size = int(value)


def _offer(header: Header, stream: Stream, arrivals: Arrivals) -> None:
    stream.member = quoted(header.name)
    parts = arrivals.entry(header.name)
    is_old_folder = header.kind in (b"0", b"\0") and header.name.endswith("/")
    if header.kind in (HARD_LINK, SYMBOLIC_LINK, FOLDER) or is_old_folder:
        if header.size:
            raise SubmissionError(
                f"{stream.member}: {header.size:,} bytes of content where there can be none"
            )
        if parts:
            _offer_empty(header, parts, arrivals)
        return
    if header.kind not in FILE:
        what = REFUSED.get(header.kind, f"of the unknown kind {header.kind!r}")
        raise SubmissionError(f"{stream.member}: {what}: only files and folders are taken")
    content = stream.pieces(header.size)
    if parts:
        arrivals.file(parts, content, executable=bool(header.mode & 0o100))
    for _ in content:  # what nobody wanted
        pass
    _skip_padding(header.size, stream)


def _offer_empty(header: Header, parts: tuple[str, ...], arrivals: Arrivals) -> None:
    if header.kind == SYMBOLIC_LINK:
        arrivals.link(parts, header.target, refuse_outside=True)
    elif header.kind == HARD_LINK:
        target = "/".join(parts_of(header.target, arrivals.caps))
        arrivals.link(parts, target, base=(), refuse_outside=True)
    else:
        arrivals.folder(parts)


def _skip_padding(size: int, stream: Stream) -> None:
    for _ in stream.pieces(-size % BLOCK):
        pass
