"""MLflow down, silent, slow, wrong or locked: seconds, never the grade, and the next run delivers."""

from __future__ import annotations

import contextlib
import http.server
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from tests.faults.case import Act, Case
from tests.faults.oracle import Ideal, contract, settled, told_of
from tests.faults.world import Done, World

Server = Callable[[], AbstractContextManager[str]]
COST_S = 5.0
WORDS = ("the next run delivers", "not queued for MLflow")


def cases() -> Iterator[Case]:
    """They measure, so each runs alone."""
    for name in SERVERS:
        quick = name == "healthy, then silent"
        yield Case("MLflow fails", name, away(name), quick=quick, alone=True)
    yield Case("SQLite locked", "from the start", locked(""), quick=True, alone=True)
    yield Case("SQLite locked", "when the grade waits", locked("home/outbox/*.json"), alone=True)


def away(name: str) -> Act:
    """A server that is no good; the cost is measured on a run that is finished already."""

    def act(world: World, ideal: Ideal) -> list[str]:
        with SERVERS[name]() as address:
            env = {"MLFLOW_TRACKING_URI": address}
            first = world.grade(env=env)
            second = world.grade(env=env)
        told = [s for done in (first, second) for s in contract(done, world, ideal, codes=(0,))]
        told += told_of(first, WORDS)
        return [*told, *settled(world, ideal), *_cost(second, world)]

    return act


def locked(when: str) -> Act:
    """Somebody else writes the database and does not stop."""

    def act(world: World, ideal: Ideal) -> list[str]:
        connection = sqlite3.connect(world.home / "mlflow.db", timeout=5, isolation_level=None)
        command = world.start()
        try:
            if when and not command.until(lambda: world.glob(when)):
                return ["it was never seen: nothing was tried"]
            connection.execute("BEGIN EXCLUSIVE")
            first = command.wait()
            second = world.grade()
        finally:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            connection.close()
        told = [s for done in (first, second) for s in contract(done, world, ideal, codes=(0,))]
        told += told_of(first, WORDS)
        return [*told, *settled(world, ideal), *_cost(second, world)]

    return act


def _cost(spoiled: Done, world: World) -> list[str]:
    """Against the same command now, when the run is finished and delivered."""
    cost_s = spoiled.seconds - world.grade().seconds
    return [f"it cost {cost_s:.1f} s, not {COST_S:g} s at most"] if cost_s > COST_S else []


# ------------------------------------------------------------------------- servers


@contextmanager
def _closed() -> Iterator[str]:
    with socket.socket() as server:  # bound and not listening: refused
        server.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def _black_hole() -> Iterator[str]:
    with socket.socket() as server:  # the kernel accepts, nobody answers
        server.bind(("127.0.0.1", 0))
        server.listen(16)
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def _unknown() -> Iterator[str]:
    yield "http://no-such-host.invalid:5000"


def _serving(*, health: str, rest: str) -> Server:
    """A server that treats ``/health`` and everything else each in its own way."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind = health if self.path.startswith("/health") else rest
            if kind == "silent":
                time.sleep(60)
            elif kind == "drip":
                with contextlib.suppress(OSError):
                    for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + b"x" * 100:
                        self.wfile.write(bytes([byte]))
                        time.sleep(0.5)
            elif kind != "cut":
                self.send_response(int(kind))
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"OK")
            self.close_connection = True

        do_POST = do_GET  # noqa: N815 - the library's name

        def log_message(self, format: str, *args: object) -> None:
            pass

    @contextmanager
    def serving() -> Iterator[str]:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        server.block_on_close = False
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            server.server_close()

    return serving


SERVERS: dict[str, Server] = {
    "is not there": _closed,
    "answers nothing": _black_hole,
    "has a name that nobody knows": _unknown,
    "sends a byte a half second": _serving(health="drip", rest="drip"),
    "healthy, then silent": _serving(health="200", rest="silent"),
    "healthy, then a byte a half second": _serving(health="200", rest="drip"),
    "healthy, then 500": _serving(health="200", rest="500"),
    "healthy, then hangs up": _serving(health="200", rest="cut"),
    "500 to everything": _serving(health="500", rest="500"),
    "healthy, and no MLflow": _serving(health="200", rest="200"),
}
