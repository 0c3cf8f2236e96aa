"""The engine's socket with a hand on it: every call is forwarded, but for those that a rule spoils.

One connection carries one call, so that each answer ends where its connection does. A rule names a call,
which stage's container it must be about, and which occurrence counts; what a container is for is read
from the call that created it.
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

ID = r"/containers/([^/?]+)"
CHUNK_BYTES = 65536


class Call(StrEnum):
    """What the harness asks of an engine, as a pattern of ``METHOD path``."""

    CREATE = r"POST /containers/create"
    START = rf"POST {ID}/start"
    WAIT = rf"POST {ID}/wait"
    KILL = rf"POST {ID}/kill"
    INSPECT = rf"GET {ID}/json"
    LOGS = rf"GET {ID}/logs"
    ARCHIVE = rf"GET {ID}/archive"
    REMOVE = rf"DELETE {ID}"
    LIST = r"GET /containers/json"
    IMAGE = r"GET /images/.+/json"
    INFO = r"GET /info"
    VERSION = r"GET /version"
    VOLUMES = r"GET /volumes"
    CREATE_VOLUME = r"POST /volumes/create"
    REMOVE_VOLUME = r"DELETE /volumes/[^/]+"


class How(StrEnum):
    """What happens to a call."""

    GONE_BEFORE = "connection closed before the engine hears of it"
    GONE_AFTER = "connection closed after the engine did it"
    REFUSED = "answered with an error, not done"
    DENIED = "answered with an error, but done"
    SLOW = "late by some seconds"
    TRUNCATED = "half of the answer, then closed"
    CUT = "the head of the answer, then closed"
    DOWN = "every connection closed and refused for some seconds"
    KILLED = "forwarded, and its container killed from outside some seconds later"


@dataclass(frozen=True)
class Rule:
    """Spoil ``call``, for containers whose creation holds the text ``stage``; ``nth`` 0 is every time."""

    call: Call
    how: How
    nth: int = 1
    stage: str = ""
    status: int = 500
    seconds: float = 1.0


@dataclass
class _Request:
    head: bytes
    body: bytes

    @property
    def line(self) -> str:
        """``METHOD /path`` without the API's version and the query."""
        method, target, _ = self.head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
        return f"{method} {re.sub(r'^/v[0-9.]+', '', target.partition('?')[0])}"

    @property
    def given_name(self) -> str:
        found = re.search(rb"[?&]name=([\w.-]+)", self.head.split(b"\r\n", 1)[0])
        return found[1].decode() if found else ""

    def for_one_answer(self) -> bytes:
        head = re.sub(rb"(?i)\r\nconnection: [^\r]*", b"", self.head)
        return head.removesuffix(b"\r\n\r\n") + b"\r\nConnection: close\r\n\r\n" + self.body


@dataclass
class Proxy:
    """Listens until ``close``; ``spoiled`` counts what its rules did. No ``address``: TCP, on any port."""

    address: Path | None
    rules: list[Rule] = field(default_factory=list)
    spoiled: Counter[Rule] = field(default_factory=Counter)
    engine: str = "/var/run/docker.sock"

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: Counter[Rule] = Counter()
        self._made: dict[str, str] = {}  # container id or name -> the body that created it
        self._open: set[socket.socket] = set()
        self._down_until = 0.0
        family = socket.AF_UNIX if self.address else socket.AF_INET
        self._server = socket.socket(family, socket.SOCK_STREAM)
        self._server.bind(str(self.address) if self.address else ("127.0.0.1", 0))
        self._server.listen(128)
        host = (
            f"unix://{self.address}" if self.address else f"tcp://127.0.0.1:{self._server.getsockname()[1]}"
        )
        self.url = host
        threading.Thread(target=self._accept, daemon=True).start()

    def spoil(self, rules: Iterable[Rule]) -> None:
        """Put these rules in place of the present ones; counts start again."""
        with self._lock:
            self.rules = list(rules)
            self._seen.clear()
            self.spoiled.clear()
            self._down_until = 0.0

    def close(self) -> None:
        """Stop listening and drop whoever is connected."""
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._drop_all()

    def _drop_all(self) -> None:
        with self._lock:
            victims = list(self._open)
        for victim in victims:
            with contextlib.suppress(OSError):
                victim.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with self._lock:
            self._open.add(client)
        try:
            if time.monotonic() >= self._down_until and (request := _read_request(client)):
                self._handle(client, request)
        except OSError:
            pass  # either side went away: what a proxy is for
        finally:
            with self._lock:
                self._open.discard(client)
            client.close()

    def _handle(self, client: socket.socket, request: _Request) -> None:
        rule = self._rule_for(request)
        how = rule.how if rule else None
        if rule is None or how is How.KILLED:
            self._pass_on(client, request)
            if rule:
                self._kill_later(request, rule.seconds)
        elif how is How.SLOW:
            time.sleep(rule.seconds)
            self._pass_on(client, request)
        elif how is How.DOWN:
            self._down_until = time.monotonic() + rule.seconds
            self._drop_all()
        elif how is How.REFUSED:
            client.sendall(_error(rule.status))
        elif how is How.CUT:
            self._pass_on(client, request, head_only=True)
        elif how is not How.GONE_BEFORE:
            answer = self._ask(request)
            if how is How.DENIED:
                client.sendall(_error(rule.status))
            elif how is How.TRUNCATED:
                client.sendall(_half(answer))

    def _rule_for(self, request: _Request) -> Rule | None:
        with self._lock:
            matching = [rule for rule in self.rules if self._matches(rule, request)]
            self._seen.update(matching)
            due = [rule for rule in matching if rule.nth in (0, self._seen[rule])]
            self.spoiled.update(due[:1])
            return due[0] if due else None

    def _matches(self, rule: Rule, request: _Request) -> bool:
        found = re.fullmatch(rule.call, request.line)
        if not found:
            return False
        made = self._made.get(found[1], "") if found.groups() else request.body.decode("latin-1")
        return rule.stage in made

    def _pass_on(self, client: socket.socket, request: _Request, *, head_only: bool = False) -> None:
        """Forward a call and its answer as it comes; a container that it makes is remembered first."""
        creates = request.line == Call.CREATE
        kept = b""
        with self._asked(request) as engine:
            while data := engine.recv(CHUNK_BYTES):
                kept += data if creates or head_only else b""
                if not creates and not head_only:
                    client.sendall(data)
                if head_only and b"\r\n\r\n" in kept:
                    client.sendall(kept.partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
                    return
        if creates:
            self._remember(request, kept)
            client.sendall(kept)

    def _ask(self, request: _Request) -> bytes:
        answer = b""
        with self._asked(request) as engine:
            while data := engine.recv(CHUNK_BYTES):
                answer += data
        if request.line == Call.CREATE:
            self._remember(request, answer)
        return answer

    @contextlib.contextmanager
    def _asked(self, request: _Request) -> Iterator[socket.socket]:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as engine:
            engine.connect(self.engine)
            engine.sendall(request.for_one_answer())
            yield engine

    def _remember(self, request: _Request, answer: bytes) -> None:
        body = request.body.decode("latin-1")
        found = re.search(rb'"Id":"([0-9a-f]{64})"', answer)
        with self._lock:
            self._made[request.given_name] = body
            if found:
                self._made[found[1].decode()] = body

    def _kill_later(self, request: _Request, seconds: float) -> None:
        name = request.line.split("/")[2]
        head = f"POST /containers/{name}/kill HTTP/1.1\r\nHost: engine\r\nContent-Length: 0\r\n\r\n"
        threading.Timer(seconds, self._ask, (_Request(head.encode(), b""),)).start()


def engine_socket() -> str:
    """Where the real engine listens: ``$DOCKER_HOST`` when it is a Unix socket, else the usual place."""
    given = os.environ.get("DOCKER_HOST", "")
    return given.removeprefix("unix://") if given.startswith("unix://") else "/var/run/docker.sock"


def _read_request(client: socket.socket) -> _Request | None:
    data = b""
    while b"\r\n\r\n" not in data:
        more = client.recv(CHUNK_BYTES)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    found = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    length = int(found[1]) if found else 0
    while len(body) < length:
        more = client.recv(CHUNK_BYTES)
        if not more:
            return None
        body += more
    return _Request(head + b"\r\n\r\n", body)


def _error(status: int) -> bytes:
    body = b'{"message":"a fault that a test made"}'
    head = f"HTTP/1.1 {status} Made\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"Connection: close\r\n\r\n" + body


def _half(answer: bytes) -> bytes:
    head, _, body = answer.partition(b"\r\n\r\n")
    return head + b"\r\n\r\n" + body[: len(body) // 2] if body else head[: len(head) // 2]
