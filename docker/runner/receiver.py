"""Where a service calls back: a receiver on loopback that can be down or deaf, and writes down what it heard.

h11 reads the requests, one a connection. Whoever calls may be hostile: a request has a deadline and a size,
connections are numbered, and what is no call with an id and a number in it is counted, not kept.
"""

from __future__ import annotations

import asyncio
import json
import math
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import h11

HOST = "127.0.0.1"
READ_S = 5.0
BODY_BYTES, READ_BYTES = 64 << 10, 16 << 10
MOST_CONNECTIONS, AT_ONCE = 3000, 64
MOST_CALLS = 5000  # rows that were told of, which are kept
MOST_IDS = 1000  # in one call
ID_CHARS = 64
START_S = 10.0


class Mood(StrEnum):
    """What the receiver does with a call."""

    OPEN = "open"  # 200
    DOWN = "down"  # 503 at once
    DEAF = "deaf"  # 503 after a while


@dataclass(frozen=True)
class Call:
    """A ticket that was told of. ``heard``: it was answered with 2xx."""

    id: str
    prediction: float | None
    heard: bool

    def told(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"id": self.id, "prediction": self.prediction, "heard": self.heard}


@dataclass
class Receiver:
    """Listens from `open` on, in a thread of its own. ``odd``: how many calls told of no row."""

    port: int
    path: str
    deaf_s: float
    mood: Mood = Mood.OPEN
    calls: list[Call] = field(default_factory=list)
    odd: int = 0
    connections: int = 0
    _loop: asyncio.AbstractEventLoop = field(init=False, repr=False)
    _over: asyncio.Event = field(init=False, repr=False)

    def open(self) -> bool:
        """Whether the port was free."""
        ready: Future[bool] = Future()
        threading.Thread(target=self._run, args=(ready,), daemon=True).start()
        return ready.result(timeout=START_S)

    def close(self) -> None:
        """Nothing is heard any more; whoever is being answered is left without."""
        self._loop.call_soon_threadsafe(self._over.set)

    def _run(self, ready: Future[bool]) -> None:
        asyncio.run(self._listen(ready))

    async def _listen(self, ready: Future[bool]) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        try:
            server = await asyncio.start_server(
                self._connected, HOST, self.port, limit=READ_BYTES, backlog=AT_ONCE
            )
        except OSError:
            ready.set_result(False)
            return
        ready.set_result(True)
        async with server:
            await self._over.wait()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            if self.connections <= MOST_CONNECTIONS:
                await asyncio.wait_for(self._answer(reader, writer), READ_S + self.deaf_s)
        except (TimeoutError, OSError, h11.ProtocolError):
            self.odd += 1
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wire = h11.Connection(h11.SERVER, max_incomplete_event_size=READ_BYTES)
        asked = await _request(wire, reader, writer)
        mood = self.mood  # as it was when the whole call had come
        if mood is Mood.DEAF:
            await asyncio.sleep(self.deaf_s)
        status = self._status(asked, heard=mood is Mood.OPEN)
        headers = [("Content-Length", "0"), ("Connection", "close")]
        writer.write(wire.send(h11.Response(status_code=status, headers=headers)))
        writer.write(wire.send(h11.EndOfMessage()))
        await writer.drain()

    def _status(self, asked: tuple[str, str, bytes], *, heard: bool) -> int:
        method, path, body = asked
        if method != "POST" or path != self.path:
            self.odd += 1
            return 404
        tickets = tickets_of(body)
        if not tickets:
            self.odd += 1
            return 422
        room = MOST_CALLS - len(self.calls)
        self.calls += [Call(name, value, heard) for name, value in tickets[:room]]
        return 200 if heard else 503


async def _request(
    wire: h11.Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> tuple[str, str, bytes]:
    method, path, body = "", "", b""
    while True:
        event = wire.next_event()
        if event is h11.NEED_DATA:
            if wire.they_are_waiting_for_100_continue:
                writer.write(wire.send(h11.InformationalResponse(status_code=100, headers=[])))
            wire.receive_data(await reader.read(READ_BYTES))
        elif isinstance(event, h11.Request):
            method, path = event.method.decode("latin-1"), event.target.decode("latin-1")
        elif isinstance(event, h11.Data):
            body += event.data
            if len(body) > BODY_BYTES:
                raise h11.RemoteProtocolError(f"a call of more than {BODY_BYTES:,} bytes")
        elif isinstance(event, h11.EndOfMessage):
            return method, path, body
        else:  # ConnectionClosed, PAUSED: no request came, or half of one
            raise h11.RemoteProtocolError("no whole request")


def tickets_of(body: bytes) -> list[tuple[str, float | None]]:
    """The tickets of a call: one object with an id, or a list of such; empty for what is none."""
    try:
        told = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        return []
    some = told if isinstance(told, list) else [told]
    if not 0 < len(some) <= MOST_IDS or not all(_names(one) for one in some):
        return []
    return [(one["id"][:ID_CHARS], _number(one.get("prediction"))) for one in some]


def _names(one: Any) -> bool:
    return isinstance(one, dict) and isinstance(one.get("id"), str) and bool(one["id"])


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
