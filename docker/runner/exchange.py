"""One HTTP/1.1 request to a server that may be hostile -> a Reply, bounded in bytes and in seconds.

Standard library only. A connection a request; the clock runs over the whole exchange, so that a server that
sends a byte now and then is ended like one that sends none. Loopback is all that is ever asked.
"""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

HOST = "127.0.0.1"
HEAD_BYTES = 32 * 1024
HEADERS = 100
CHUNK_BYTES = 64 * 1024
SECONDS_PLACES = 5
INTERIM = 5  # 1xx answers before the one that counts
STATUS = re.compile(rb"HTTP/1\.[01] ([1-5]\d\d)(?: [^\r\n]*)?\Z")
LENGTH = re.compile(rb"\d{1,12}\Z")
HEXADECIMAL = re.compile(rb"[0-9A-Fa-f]{1,8}\Z")


@dataclass(frozen=True)
class Reply:
    """What came back. ``fault``: why it is no whole answer, in our words; ``status`` 0: there was none."""

    status: int = 0
    body: bytes = b""
    kind: str = ""  # the content type
    seconds: float = 0.0
    fault: str = ""
    headers: Mapping[str, str] = field(
        default_factory=dict
    )  # names in lower case, as far as they are bounded


class _FaultError(Exception):
    """The exchange cannot go on; the message is for people."""


def ask(
    port: int,
    method: str,
    path: str,
    body: bytes | None = None,
    *,
    kind: str = "application/json",
    timeout_s: float = 10.0,
    most_bytes: int = 4 << 20,
) -> Reply:
    """Send one request and read one answer. Never raises for what the server does."""
    started = time.monotonic()
    wire = _Wire(started + timeout_s, HEAD_BYTES + most_bytes)
    status, content, fault = 0, b"", ""
    headers: dict[bytes, bytes] = {}
    try:
        wire.connect(port)
        wire.send(_request(port, method, path, body, kind))
        status, headers = _head(wire)
        content = _content(wire, status, headers, most_bytes)
    except _FaultError as error:
        fault = str(error)
    finally:
        wire.close()
    told = {name.decode("latin-1"): value[:200].decode("latin-1") for name, value in headers.items()}
    seconds = round(time.monotonic() - started, SECONDS_PLACES)
    return Reply(status, content, told.get("content-type", "")[:100], seconds, fault, told)


def _request(port: int, method: str, path: str, body: bytes | None, kind: str) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{port}", "Accept: application/json"]
    if body is not None:
        lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1") + (body or b"")


def _head(wire: _Wire) -> tuple[int, dict[bytes, bytes]]:
    for _ in range(INTERIM):
        first, *lines = wire.until(b"\r\n\r\n", HEAD_BYTES, "headers").split(b"\r\n")
        found = STATUS.match(first)
        if not found:
            raise _FaultError("the answer is not HTTP/1.1")
        if len(lines) > HEADERS:
            raise _FaultError(f"more than {HEADERS} headers")
        if (status := int(found[1])) >= 200:
            pairs = (line.partition(b":") for line in lines)
            return status, {name.strip().lower(): value.strip() for name, _, value in pairs}
    raise _FaultError("one interim answer after another")


def _content(wire: _Wire, status: int, headers: dict[bytes, bytes], most_bytes: int) -> bytes:
    if status in (204, 304):
        return b""
    if b"chunked" in headers.get(b"transfer-encoding", b"").lower():
        return _chunked(wire, most_bytes)
    length = headers.get(b"content-length")
    if length is None:
        return wire.rest()
    if not LENGTH.match(length):
        raise _FaultError("its Content-Length is no number")
    if int(length) > most_bytes:
        raise _FaultError(f"its Content-Length is over {most_bytes:,} bytes")
    return wire.exactly(int(length))


def _chunked(wire: _Wire, most_bytes: int) -> bytes:
    parts: list[bytes] = []
    total = 0
    while True:
        size = wire.until(b"\r\n", 1024, "a chunk's size").partition(b";")[0].strip()
        if not HEXADECIMAL.match(size):
            raise _FaultError("a chunk has no size")
        if (count := int(size, 16)) == 0:
            return b"".join(parts)
        if (total := total + count) > most_bytes:
            raise _FaultError(f"a body of more than {most_bytes:,} bytes")
        parts.append(wire.exactly(count))
        wire.exactly(2)


class _Wire:
    """A connection with a deadline and a number of bytes that may be read from it."""

    def __init__(self, deadline: float, most_bytes: int) -> None:
        self._deadline, self._left_bytes = deadline, most_bytes
        self._most_bytes = most_bytes
        self._socket: socket.socket | None = None
        self._buffer = bytearray()
        self._unsent = ""

    def connect(self, port: int) -> None:
        """Open it."""
        try:
            self._socket = socket.create_connection((HOST, port), timeout=self._left())
        except TimeoutError:
            raise _FaultError("no connection in time") from None
        except OSError:
            raise _FaultError("nobody listens") from None

    def send(self, data: bytes) -> None:
        """All of it; a server that answers and hangs up before it has read everything may do so."""
        assert self._socket is not None
        self._socket.settimeout(self._left())
        try:
            self._socket.sendall(data)
        except TimeoutError:
            raise _FaultError("the request was not read in time") from None
        except OSError:
            self._unsent = " after it hung up on the request"

    def until(self, mark: bytes, most: int, what: str) -> bytes:
        """What comes before ``mark``, which is taken away with it."""
        searched = 0
        while (at := self._buffer.find(mark, searched)) < 0:
            if len(self._buffer) > most:
                raise _FaultError(f"{what} of more than {most:,} bytes")
            searched = max(0, len(self._buffer) - len(mark))
            if not self._more():
                raise _FaultError(f"it hung up within {what}" if self._buffer else f"no answer{self._unsent}")
        taken = bytes(self._buffer[:at])
        del self._buffer[: at + len(mark)]
        return taken

    def exactly(self, count: int) -> bytes:
        """The next ``count`` bytes."""
        while len(self._buffer) < count:
            if not self._more():
                raise _FaultError("it hung up before its body's end")
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken

    def rest(self) -> bytes:
        """All until the server hangs up."""
        while self._more():
            pass
        return bytes(self._buffer)

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()

    def _more(self) -> bool:
        assert self._socket is not None
        self._socket.settimeout(self._left())
        try:
            got = self._socket.recv(CHUNK_BYTES)
        except TimeoutError:
            raise _FaultError("no whole answer in time") from None
        except OSError:
            raise _FaultError(f"it broke the connection{self._unsent}") from None
        self._left_bytes -= len(got)
        if self._left_bytes < 0:
            raise _FaultError(f"an answer of more than {self._most_bytes:,} bytes")
        self._buffer += got
        return bool(got)

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise _FaultError("no whole answer in time")
        return left
