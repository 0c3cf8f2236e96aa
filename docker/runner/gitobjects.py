"""Objects of a git repository by id, out of packs and loose files of one folder; nothing else is obeyed."""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MAX_PACKS = 200


class UnreadableError(ValueError):
    """The repository cannot be read; the message says what is wrong with it."""


@dataclass
class Store:
    """Objects by id, from packs and loose files of this one folder; alternates are not followed."""

    history: Path
    packs: dict[Path, Any] = field(init=False)

    def __post_init__(self) -> None:
        from dulwich.object_format import SHA1
        from dulwich.pack import Pack

        folder = self.history / "objects" / "pack"
        names = sorted(path.with_suffix("") for path in folder.glob("pack-*.idx")) if folder.is_dir() else []
        self.packs = {
            name.with_suffix(".pack"): Pack(
                str(name), object_format=SHA1, resolve_ext_ref=self._no_bases_elsewhere
            )
            for name in names[:MAX_PACKS]
            if is_plain(name.with_suffix(".pack")) and is_plain(name.with_suffix(".idx"))
        }

    def content(self, object_id: bytes, kind: bytes, most: int) -> bytes:
        """An unpacked commit or tree.

        Raises:
            UnreadableError: it is absent, of another kind, or larger than ``most`` bytes.
        """
        size = self.size_of(object_id, default=-1)
        shown = object_id.decode("ascii", "replace")
        if size < 0:
            raise UnreadableError(f"the {kind.decode()} {shown} is absent")
        if size > most:
            raise UnreadableError(f"the {kind.decode()} {shown} has {size:,} bytes")
        header, content = self._loose(object_id, most + 64) or self._packed(object_id)
        if header.split(b" ")[0] != kind or len(content) > most:
            raise UnreadableError(f"{shown} is no {kind.decode()}")
        return content

    def size_of(self, object_id: bytes, *, default: int) -> int:
        """How large an object is when unpacked, by its header alone."""
        if loose := self._loose(object_id, 64):
            words = loose[0].split(b" ")
            return int(words[1]) if len(words) == 2 and words[1].isdigit() and len(words[1]) < 16 else default
        for path, pack in self.packs.items():
            with contextlib.suppress(KeyError, ValueError, OSError, zlib.error, IndexError):
                return packed_size(path, offset_in(pack, object_id))
        return default

    def _loose(self, object_id: bytes, most: int) -> tuple[bytes, bytes] | None:
        text = object_id.decode("ascii")
        path = self.history / "objects" / text[:2] / text[2:]
        if not is_plain(path):
            return None
        with path.open("rb") as packed, contextlib.suppress(zlib.error):
            header, end, content = unpack_start(packed.read(most + 1024), most).partition(b"\0")
            return (header, content) if end else None
        return None

    def _packed(self, object_id: bytes) -> tuple[bytes, bytes]:
        kinds = {1: b"commit", 2: b"tree", 3: b"blob", 4: b"tag"}
        for pack in self.packs.values():
            with contextlib.suppress(KeyError):
                offset_in(pack, object_id)
                number, content = pack.get_raw(bytes.fromhex(object_id.decode()))
                return kinds.get(number, b"unknown"), content
        raise UnreadableError(f"the object {object_id.decode()} is absent")

    @staticmethod
    def _no_bases_elsewhere(object_id: bytes) -> Any:
        raise UnreadableError(f"a packed object builds on {object_id.hex()}, which is in no pack")


def offset_in(pack: Any, object_id: bytes) -> int:
    """Where an object starts in a pack; KeyError when it is in another."""
    return int(pack.index.object_offset(bytes.fromhex(object_id.decode())))


def packed_size(path: Path, offset: int) -> int:
    """The unpacked size from a pack entry's header; of a delta, from the first bytes of the delta."""
    with path.open("rb") as pack:
        pack.seek(offset)
        head = pack.read(1024)
    kind = head[0] >> 4 & 7
    size, at = number_at(head, 0, first_bits=4)
    if kind in (1, 2, 3, 4):
        return size
    if kind == 6:  # how far back the base is
        while head[at] & 0x80:
            at += 1
        at += 1
    elif kind == 7:  # the base's id
        at += 20
    delta = unpack_start(head[at:], 32)
    _, at = number_at(delta, 0)
    return number_at(delta, at)[0]


def number_at(raw: bytes, at: int, first_bits: int = 7) -> tuple[int, int]:
    """Git's little-endian number of seven bits a byte, and where it ends."""
    value, shift = raw[at] & ((1 << first_bits) - 1), first_bits
    while raw[at] & 0x80 and shift < 64:
        at += 1
        value |= (raw[at] & 0x7F) << shift
        shift += 7
    return value, at + 1


def unpack_start(packed: bytes, most: int) -> bytes:
    """At most ``most`` unpacked bytes."""
    return zlib.decompressobj().decompress(packed, most)


def tree_entries(raw: bytes) -> Iterator[tuple[bytes, int, bytes]]:
    """(name, mode, id) of a tree object."""
    from dulwich.objects import parse_tree

    for entry in parse_tree(raw, 20):
        yield entry[0], entry[1], entry[2]


def is_plain(path: Path) -> bool:
    """A regular file, and not through a link."""
    return path.is_file() and not path.is_symlink()
