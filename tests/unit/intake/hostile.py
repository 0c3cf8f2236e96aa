"""Archives byte by byte, so that they can lie: the formats as specified, and nothing checked."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True)
class Entry:
    """One zip member. What is None is told truthfully."""

    name: str | bytes = "a.txt"
    content: bytes = b"hello"
    method: int = 8
    mode: int = 0o100644
    flags: int = 0
    size: int | None = None  # declared in both headers
    packed: bytes | None = None
    crc: int | None = None
    local_name: str | bytes | None = None
    local_size: int | None = None
    local_flags: int | None = None
    offset: int | None = None
    extra: bytes = b""


def raw(name: str | bytes) -> bytes:
    return name.encode() if isinstance(name, str) else name


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def packed_of(entry: Entry) -> bytes:
    if entry.packed is not None:
        return entry.packed
    return deflated(entry.content) if entry.method == 8 else entry.content


def local_header(entry: Entry, packed: int) -> bytes:
    name = raw(entry.name if entry.local_name is None else entry.local_name)
    size = len(entry.content) if entry.size is None else entry.size
    size = size if entry.local_size is None else entry.local_size
    flags = entry.flags if entry.local_flags is None else entry.local_flags
    crc = zlib.crc32(entry.content) if entry.crc is None else entry.crc
    return (
        struct.pack("<4s5H3L2H", b"PK\3\4", 20, flags, entry.method, 0, 33, crc, packed, size, len(name), 0)
        + name
    )


def central_header(entry: Entry, packed: int, offset: int) -> bytes:
    name = raw(entry.name)
    size = len(entry.content) if entry.size is None else entry.size
    crc = zlib.crc32(entry.content) if entry.crc is None else entry.crc
    fixed = struct.pack(
        "<4s6H3L5H2L",
        b"PK\1\2", 3 << 8 | 20, 20, entry.flags, entry.method, 0, 33, crc, packed, size,
        len(name), len(entry.extra), 0, 0, 0, entry.mode << 16,
        offset if entry.offset is None else entry.offset,
    )  # fmt: skip
    return fixed + name + entry.extra


def end_record(count: int, length: int, start: int, comment: bytes = b"") -> bytes:
    return struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, length, start, len(comment)) + comment


def end_record64(count: int, length: int, start: int) -> bytes:
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, length, start)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, start + length, 1)
    return record + locator + end_record(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)


def zipped(
    entries: Iterable[Entry], *, comment: bytes = b"", count: int | None = None, tail: bytes = b""
) -> bytes:
    data, directory, number = b"", b"", 0
    for entry in entries:
        packed = packed_of(entry)
        directory += central_header(entry, len(packed), len(data))
        data += local_header(entry, len(packed)) + packed
        number += 1
    return (
        data
        + directory
        + end_record(number if count is None else count, len(directory), len(data), comment)
        + tail
    )


def overlapping(members: int, kernel_bytes: int) -> bytes:
    """Every member claims the same packed bytes: quadratic unpacking out of a small file."""
    packed = deflated(b"\0" * kernel_bytes)
    whole = Entry("f0", b"", packed=packed, size=kernel_bytes, crc=zlib.crc32(b"\0" * kernel_bytes))
    data = local_header(whole, len(packed)) + packed
    directory = b"".join(central_header(replace(whole, name=f"f{i}"), len(packed), 0) for i in range(members))
    return data + directory + end_record(members, len(directory), len(data))


def write_million_entries(path: Path, count: int = 1_000_000) -> None:
    """That many empty members, each an honest one."""
    with path.open("wb") as out:
        for i in range(count):
            out.write(local_header(Entry(f"{i:07}", b"", method=0), 0))
        start, length = out.tell(), 0
        for i in range(count):
            length += out.write(central_header(Entry(f"{i:07}", b"", method=0), 0, i * 37))
        out.write(end_record64(count, length, start))


@dataclass(frozen=True)
class Member:
    """One tar header and what follows it; a size that is not told is the content's."""

    name: str | bytes = "a.txt"
    content: bytes = b""
    kind: bytes = b"0"
    size: int | None = None
    target: str = ""
    mode: int = 0o644
    magic: bytes = b"ustar\x0000"
    checksum: int | None = None


def header(member: Member) -> bytes:
    size = len(member.content) if member.size is None else member.size
    told = b"%011o\0" % size if size < 8**11 else b"\x80" + size.to_bytes(11, "big")
    block = struct.pack(
        "100s8s8s8s12s12s8sc100s8s32s32s8s8s155s12x",
        raw(member.name), b"%07o\0" % member.mode, b"0000000\0", b"0000000\0", told, b"00000000000\0",
        b" " * 8,
        member.kind, member.target.encode(), member.magic, b"", b"", b"", b"", b"",
    )  # fmt: skip
    checksum = sum(block) if member.checksum is None else member.checksum
    return block[:148] + b"%06o\0 " % checksum + block[156:]


def tarred(members: Iterable[Member], *, end: bytes = b"\0" * 1024) -> bytes:
    data = b"".join(header(m) + m.content + b"\0" * (-len(m.content) % 512) for m in members)
    return data + end


def pax(records: dict[str, str], kind: bytes = b"x") -> Member:
    content = b""
    for key, value in records.items():
        line = f" {key}={value}\n".encode()
        length = len(line) + len(str(len(line) + 3))
        content += str(length).encode() + line
    return Member("PaxHeaders/x", content, kind)


def write_zeros(
    path: Path, gibibytes: int, opener: Callable[[Path], io.BufferedIOBase], before: bytes = b""
) -> None:
    with opener(path) as out:
        out.write(before)
        for _ in range(gibibytes * 64):
            out.write(b"\0" * 2**24)


def write_bomb_zip(path: Path, gibibytes: int) -> None:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out,
        out.open("zeros", "w", force_zip64=True) as member,
    ):
        for _ in range(gibibytes * 64):
            member.write(b"\0" * 2**24)


def gz(path: Path) -> io.BufferedIOBase:
    return gzip.open(path, "wb", compresslevel=1)


def bz(path: Path) -> io.BufferedIOBase:
    return bz2.open(path, "wb")


def xz(path: Path) -> io.BufferedIOBase:
    return lzma.open(path, "wb", preset=0)


def one_file_header(gibibytes: int, name: str = "zeros") -> bytes:
    return header(Member(name, size=gibibytes << 30))


def write_many_members(path: Path, count: int) -> None:
    with gz(path) as out:
        for i in range(count):
            out.write(header(Member(f"{i:07}")))
        out.write(b"\0" * 1024)


def write_environment(path: Path, mebibytes: int) -> None:
    """A tar.gz of a ``.venv`` that packs about a hundred to one: under the ratio, over the size."""
    block = os.urandom(2_600) * 400
    with gz(path) as out:
        out.write(header(Member("work/.venv/lib/big.so", size=mebibytes << 20)))
        for _ in range(mebibytes):
            out.write(block[:1].ljust(8, b"x") + block[: 2**20 - 8])
        out.write(header(Member("work/predict.py", b"x", size=1)) + b"x".ljust(512, b"\0") + b"\0" * 1024)


def with_tarfile(files: dict[str, bytes], mode: str) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return packed.getvalue()


def with_zipfile(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name, content)
    return packed.getvalue()


def flips(data: bytes, positions: Iterable[tuple[int, int]]) -> Iterator[bytes]:
    for at, bit in positions:
        changed = bytearray(data)
        changed[at % len(data)] ^= 1 << bit
        yield bytes(changed)
