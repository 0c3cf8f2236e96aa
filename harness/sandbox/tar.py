"""A tar stream of an output folder -> the files that may leave it, member by member. Nothing is extracted."""

from __future__ import annotations

import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, cast

from harness.errors import InfraError
from harness.model import Stage
from harness.sandbox.collection import Collected, Collection, OverQuotaError

PAGE_BYTES = 4096
FRAMING_BYTES = 8192  # a member's headers, long names included


def collect_tar(chunks: Iterator[bytes], stage: Stage, into: Path) -> Collected:
    """Copy what the stage keeps; links, pipes and devices stay behind.

    Raises:
        InfraError: the engine's stream is not a tar stream, or broke off.
    """
    collection = Collection(stage, into)
    reader = cast("IO[bytes]", _Reader(chunks, _most_bytes(stage)))
    usage = _Usage()
    try:
        with tarfile.open(fileobj=reader, mode="r|") as tar:
            for member in _below_the_top(tar):
                usage.add(member)
                _offer(tar, member, collection)
        return collection.finished(full=usage.full(stage))
    except OverQuotaError as cap:
        return collection.over(str(cap))
    except (tarfile.TarError, EOFError) as error:
        raise InfraError(f"the engine's copy of an output folder is damaged: {error}") from error


def _most_bytes(stage: Stage) -> int:
    """What an honest full folder takes as a tar: sparse files beyond that are a bomb."""
    return (stage.limits.output_mb << 20) * 2 + (stage.limits.output_files + 1024) * FRAMING_BYTES


def _below_the_top(tar: tarfile.TarFile) -> Iterable[tuple[str, tarfile.TarInfo]]:
    """Members by their path in the folder; the folder itself is the first part of every name."""
    for member in tar:
        _, _, name = member.name.partition("/")
        if name:
            yield name, member


def _offer(tar: tarfile.TarFile, named: tuple[str, tarfile.TarInfo], collection: Collection) -> None:
    name, member = named
    if not collection.is_expected(name, folder=member.isdir()) or member.isdir():
        return None
    source = tar.extractfile(member) if member.type == tarfile.REGTYPE else None
    if source is None:
        return collection.refuse(name, "it is not a regular file")
    return collection.add(name, size=member.size, on_disk=0, read=source.read)


class _Usage:
    """How much of the folder its members take, page by page as a tmpfs counts."""

    def __init__(self) -> None:
        self._bytes = 0
        self._entries = 1

    def add(self, named: tuple[str, tarfile.TarInfo]) -> None:
        self._entries += 1
        self._bytes += -(-named[1].size // PAGE_BYTES) * PAGE_BYTES

    def full(self, stage: Stage) -> str:
        if self._bytes >= (stage.limits.output_mb << 20) - PAGE_BYTES:
            return f"the output folder is full: {stage.limits.output_mb:,} MB"
        if self._entries >= stage.limits.output_files:
            return f"the output folder is full: {stage.limits.output_files:,} files"
        return ""


class _Reader:
    """The least of a file that a streamed tar needs: ``read(n)``, and a cap on all of it."""

    def __init__(self, chunks: Iterator[bytes], most: int) -> None:
        self._chunks = chunks
        self._buffer = bytearray()
        self._left = most

    def read(self, size: int = -1) -> bytes:
        while len(self._buffer) < size and (chunk := next(self._chunks, b"")):
            self._left -= len(chunk)
            if self._left < 0:
                raise OverQuotaError("more output, sparse files counted in full, than a stage may leave")
            self._buffer += chunk
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken
