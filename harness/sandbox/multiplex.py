"""The engine's framed log stream -> the bytes that were written. Frames: kind, 3 zeros, length, payload."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

HEADER_BYTES = 8


class BrokenOffError(Exception):
    """The stream ended within a frame."""


def without_frames(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Payloads only, of standard output and standard error in the order the engine sent them.

    Raises:
        BrokenOffError: after the last whole or half payload, when more was announced.
    """
    header, left = b"", 0
    for chunk in chunks:
        view = chunk
        while view:
            if left:
                yield view[:left]
                view, left = view[left:], max(0, left - len(view))
                continue
            missing = HEADER_BYTES - len(header)
            header, view = header + view[:missing], view[missing:]
            if len(header) == HEADER_BYTES:
                header, left = b"", int.from_bytes(header[4:], "big")
    if header or left:
        raise BrokenOffError
