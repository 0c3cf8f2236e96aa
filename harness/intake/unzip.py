"""A zip -> entries, by its central directory, each byte accounted for once.

Not ``zipfile``: that reads the whole directory into memory, trusts sizes and lets members overlap.
Stored and deflated members only, which is what every zip program makes unless told otherwise.
"""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from harness.errors import SubmissionError
from harness.intake.arrivals import CHUNK, Arrivals, link_target
from harness.intake.names import quoted

END = struct.Struct("<4s4H2LH")
END64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR64 = struct.Struct("<4sLQL")
CENTRAL = struct.Struct("<4s6H3L5H2L")
LOCAL = struct.Struct("<4s5H3L2H")
FULL16, FULL32 = 0xFFFF, 0xFFFFFFFF
ENCRYPTED = 0x1 | 0x40 | 0x2000  # old, strong, and a masked directory
SIZES_FOLLOW, UTF8 = 0x8, 0x800
STORED, DEFLATED = 0, 8
METHODS = {9: "deflate64", 12: "bzip2", 14: "lzma", 93: "zstandard", 95: "xz", 98: "ppmd", 99: "encryption"}
UNIX_HOSTS = (3, 19)  # 19: macOS
ZIP64_EXTRA = 1


@dataclass(frozen=True, slots=True)
class Member:
    """One record of the central directory."""

    name: str
    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    mode: int  # Unix mode, or 0

    @property
    def is_folder(self) -> bool:
        """By the slash at its end, as the format has it."""
        return self.name.endswith("/")


def read_zip(source: BinaryIO, size: int, arrivals: Arrivals) -> None:
    """Offer every member, in the order in which they lie in the file.

    Raises:
        SubmissionError: damaged, encrypted, overlapping, lying about a size, or over a cap.
    """
    start, length, count = _directory(source, size, arrivals)
    members = sorted(_members(source, start, length, count, arrivals), key=lambda member: member.offset)
    end = 0
    for member in members:
        if member.offset < end:
            raise SubmissionError(f"{quoted(member.name)}: overlaps the member before it in the archive")
        data, local_flags = _local(source, member, start)
        end = data + member.packed
        if end > start:
            raise SubmissionError(f"{quoted(member.name)}: reaches beyond the end of the archive's data")
        if (member.flags | local_flags) & ENCRYPTED:
            raise SubmissionError(f"{quoted(member.name)}: encrypted", hint="pack it without a password")
        _offer(source, member, data, arrivals)


def _directory(source: BinaryIO, size: int, arrivals: Arrivals) -> tuple[int, int, int]:
    """Where the central directory starts, how long it is and how many records it has."""
    tail_start = max(0, size - END.size - FULL16)
    source.seek(tail_start)
    tail = source.read(END.size + FULL16)
    at = tail.rfind(b"PK\x05\x06")
    while at >= 0:
        if len(tail) - at >= END.size and at + END.size + END.unpack_from(tail, at)[7] == len(tail):
            break
        at = tail.rfind(b"PK\x05\x06", 0, at)
    if at < 0:
        raise SubmissionError(
            "not a whole zip: it does not end with its end record",
            hint="it was cut off, or something was appended: pack or upload it again",
        )
    _, disk, first_disk, here, count, length, start, _ = END.unpack_from(tail, at)
    end = tail_start + at
    if FULL16 in (disk, here, count) or FULL32 in (length, start):
        disk, first_disk, here, count, length, start, end = _directory64(source, end)
    if disk or first_disk or here != count:
        raise SubmissionError("a zip in several parts", hint="pack it as one file")
    if start + length != end:
        raise SubmissionError(
            f"the zip's directory is not where its end record says: {start:,} + {length:,} is not {end:,}"
        )
    if count > arrivals.caps.entries:
        raise SubmissionError(
            f"{count:,} entries in the zip: more than {arrivals.caps.entries:,}",
            hint="leave out environments, caches and generated data",
        )
    return start, length, count


def _directory64(source: BinaryIO, end: int) -> tuple[int, int, int, int, int, int, int]:
    damaged = SubmissionError("the zip's 64-bit end record is damaged")
    if end < LOCATOR64.size + END64.size:
        raise damaged
    source.seek(end - LOCATOR64.size)
    signature, _, at, disks = LOCATOR64.unpack(source.read(LOCATOR64.size))
    if signature != b"PK\x06\x07" or disks > 1 or at > end - LOCATOR64.size - END64.size:
        raise damaged
    source.seek(at)
    signature, length, _, _, disk, first, here, count, size, start = END64.unpack(source.read(END64.size))
    if signature != b"PK\x06\x06" or at + 12 + length != end - LOCATOR64.size:
        raise damaged
    return disk, first, here, count, size, start, at


def _members(source: BinaryIO, start: int, length: int, count: int, arrivals: Arrivals) -> Iterator[Member]:
    source.seek(start)
    left = length
    for number in range(1, count + 1):
        arrivals.deadline.check("the zip's directory")
        fixed = source.read(CENTRAL.size) if left >= CENTRAL.size else b""
        if fixed[:4] != b"PK\x01\x02":
            raise SubmissionError(f"the zip's directory is damaged at record {number:,} of {count:,}")
        fields = CENTRAL.unpack(fixed)
        name_bytes, extra_bytes, comment_bytes = fields[10:13]
        left -= CENTRAL.size + name_bytes + extra_bytes + comment_bytes
        if left < 0:
            raise SubmissionError(f"the zip's directory is damaged at record {number:,} of {count:,}")
        raw = source.read(name_bytes)
        if name_bytes > arrivals.caps.path_bytes + 1:
            raise SubmissionError(
                f"{quoted(_decoded(raw, UTF8))}: a path longer than {arrivals.caps.path_bytes:,} bytes"
            )
        extra = source.read(extra_bytes)
        source.seek(comment_bytes, 1)
        yield _member(fields, raw, extra)
    if left:
        raise SubmissionError(f"the zip's directory holds {left:,} bytes more than its {count:,} records")


def _member(fields: tuple[int, ...], raw: bytes, extra: bytes) -> Member:
    _, made_by, _, flags, method, _, _, crc, packed, size, _, _, _, _, _, attributes, offset = fields
    name = _decoded(raw, flags)
    if FULL32 in (packed, size, offset):
        size, packed, offset = _zip64(name, extra, size, packed, offset)
    mode = attributes >> 16 if made_by >> 8 in UNIX_HOSTS else 0
    return Member(name, raw, flags, method, crc, packed, size, offset, mode)


def _decoded(raw: bytes, flags: int) -> str:
    """UTF-8, declared or not (macOS does not say so); else the format's own cp437."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "surrogateescape") if flags & UTF8 else raw.decode("cp437")


def _zip64(name: str, extra: bytes, *values: int) -> list[int]:
    """Fill what did not fit 32 bits from the extra field, in the format's fixed order."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        wide = extra[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == ZIP64_EXTRA and len(wide) >= 8 * values.count(FULL32):
            found = iter(struct.unpack(f"<{len(wide) // 8}Q", wide[: len(wide) // 8 * 8]))
            return [next(found) if value == FULL32 else value for value in values]
    raise SubmissionError(f"{quoted(name)}: its sizes are said to be in a field that is not there")


def _local(source: BinaryIO, member: Member, limit: int) -> tuple[int, int]:
    """Where a member's data starts, and its flags there. Both headers must tell the same story."""
    header = b""
    if member.offset + LOCAL.size <= limit:
        source.seek(member.offset)
        header = source.read(LOCAL.size)
    if header[:4] != b"PK\x03\x04" or len(header) < LOCAL.size:
        raise SubmissionError(f"{quoted(member.name)}: there is no member at byte {member.offset:,}")
    _, _, flags, method, _, _, _, packed, size, name_bytes, extra_bytes = LOCAL.unpack(header)
    if source.read(name_bytes) != member.raw_name or method != member.method:
        raise SubmissionError(
            f"{quoted(member.name)}: called otherwise in its own header than in the directory"
        )
    told = (packed, size)
    if not (flags & SIZES_FOLLOW or FULL32 in told or told == (member.packed, member.size)):
        raise SubmissionError(f"{quoted(member.name)}: two headers with different sizes")
    return member.offset + LOCAL.size + name_bytes + extra_bytes, flags


def _offer(source: BinaryIO, member: Member, data: int, arrivals: Arrivals) -> None:
    parts = arrivals.entry(member.name)
    if not parts:
        return None
    kind = stat.S_IFMT(member.mode)
    if member.is_folder:
        if member.size:
            raise SubmissionError(f"{quoted(member.name)}: a folder with {member.size:,} bytes of content")
        return arrivals.folder(parts)
    content = _content(source, member, data)
    if kind == stat.S_IFLNK:
        target = link_target(content, member.name, arrivals.caps)
        return arrivals.link(parts, target, refuse_outside=True)
    if kind not in (0, stat.S_IFREG):
        raise SubmissionError(f"{quoted(member.name)}: neither a file nor a folder (mode {member.mode:o})")
    return arrivals.file(parts, content, executable=bool(member.mode & 0o100))


def _content(source: BinaryIO, member: Member, data: int) -> Iterator[bytes]:
    """A member's bytes; every promise of its headers is checked on the way and at the end."""
    name = quoted(member.name)
    if member.method not in (STORED, DEFLATED):
        method = METHODS.get(member.method, f"method {member.method}")
        raise SubmissionError(f"{name}: packed with {method}", hint="pack it with plain zip (deflate)")
    if member.method == STORED and member.packed != member.size:
        raise SubmissionError(f"{name}: stored, but with two different sizes")
    source.seek(data)
    pieces = _raw(source, member.packed, name)
    count = crc = 0
    for piece in pieces if member.method == STORED else _inflated(pieces, name):
        count += len(piece)
        if count > member.size:
            raise SubmissionError(f"{name}: unpacks to more than the {member.size:,} bytes it declares")
        crc = zlib.crc32(piece, crc)
        yield piece
    if count != member.size:
        raise SubmissionError(f"{name}: unpacks to {count:,} bytes, not the {member.size:,} it declares")
    if crc != member.crc:
        raise SubmissionError(f"{name}: damaged: its checksum is not right", hint="pack or upload it again")


def _raw(source: BinaryIO, left: int, name: str) -> Iterator[bytes]:
    while left:
        piece = source.read(min(CHUNK, left))
        if not piece:
            raise SubmissionError(f"{name}: cut off: {left:,} bytes are missing")
        left -= len(piece)
        yield piece


def _inflated(pieces: Iterator[bytes], name: str) -> Iterator[bytes]:
    """At most CHUNK bytes at a time, however well they were packed."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in pieces:
            packed = piece
            while packed:
                yield inflater.decompress(packed, CHUNK)
                packed = inflater.unconsumed_tail
            if inflater.unused_data:
                raise SubmissionError(f"{name}: bytes after the end of its packed data")
        while not inflater.eof and (rest := inflater.decompress(b"", CHUNK)):
            yield rest
    except zlib.error as error:
        raise SubmissionError(f"{name}: damaged: {error}", hint="pack or upload it again") from error
    if not inflater.eof:
        raise SubmissionError(f"{name}: damaged: its packed data breaks off")
