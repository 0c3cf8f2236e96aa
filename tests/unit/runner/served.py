"""Servers to be probed, each a process of its own: `python served.py KIND` prints its port and serves."""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


class Good(BaseHTTPRequestHandler):
    """A prediction is the row's x over ten; what is no list of rows with a numeric x is refused."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        told: dict[str, Any] = {"status": "ok"}
        if self.path == "/openapi.json":
            told = {"paths": {"/predict": {"post": {}}}}
        self.answer(200 if self.path in ("/health", "/openapi.json") else 404, told)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            self.answer(200, self.predicted(json.loads(body)))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            self.answer(422, {"detail": f"{type(error).__name__}: {error} is not right"})

    def predicted(self, asked: Any) -> Any:
        rows = asked.get("rows", [asked])
        if not isinstance(rows, list):
            raise TypeError("rows")
        return {"predictions": [{"id": str(row["id"].strip()), "prediction": row["x"] / 10} for row in rows]}

    def answer(self, status: int, told: Any) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


class Numbers(Good):
    """Answers with numbers in the order of the rows."""

    def predicted(self, asked: Any) -> Any:
        return [one["prediction"] for one in super().predicted(asked)["predictions"]]


class Frail(Good):
    """Ends at the first request that is not what it expects."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            self.answer(200, self.predicted(json.loads(body)))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            self.server.socket.close()
            threading.Thread(target=self.server.shutdown).start()


class Upper(Good):
    """Takes a name for a text, whatever it is."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            told = self.predicted(json.loads(body))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            self.answer(422, {"detail": "not right"})
            return
        try:
            asked = json.loads(body)
            _ = [row["name"].upper() for row in asked.get("rows", [asked])]
            self.answer(200, told)
        except (TypeError, KeyError, AttributeError):
            self.answer(500, {"detail": "oops"})


class Refusing(Good):
    """Is healthy and refuses whatever it is asked."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(400, {"detail": "bad request"})


class Endless(Good):
    """Is healthy, and answers every request with lists without end."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"[")
        while True:
            self.wfile.write(b"{}," * 20_000)


class Ill(Good):
    """Never is healthy."""

    def do_GET(self) -> None:
        self.answer(503, {"status": "starting"})


def _drip(connection: socket.socket) -> None:
    connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\n")
    for _ in range(1000):
        connection.sendall(b"x")
        time.sleep(0.05)


def _endless(connection: socket.socket, start: bytes, piece: bytes) -> None:
    connection.sendall(start)
    while True:
        connection.sendall(piece)


def _raw(data: bytes) -> Callable[[socket.socket], None]:
    return lambda connection: connection.sendall(data)


RAW: dict[str, Callable[[socket.socket], None]] = {
    "silent": lambda connection: time.sleep(60),
    "slow-loris": _drip,
    "endless-body": lambda c: _endless(c, HEAD + b"\r\n", b"x" * 65536),
    "endless-headers": lambda c: _endless(c, HEAD, b"X-More: " + b"y" * 8000 + b"\r\n"),
    "endless-chunks": lambda c: _endless(
        c, HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"FFFF\r\n" + b"x" * 65535 + b"\r\n"
    ),
    "endless-interim": lambda c: _endless(c, b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "too-long-by-its-word": _raw(HEAD + b"Content-Length: 99999999999\r\n\r\n{}"),
    "too-short": _raw(HEAD + b"Content-Length: 500\r\n\r\n{}"),
    "minus": _raw(HEAD + b"Content-Length: -5\r\n\r\n{}"),
    "bad-chunk": _raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n{}"),
    "many-headers": _raw(HEAD + b"A: b\r\n" * 500 + b"\r\n{}"),
    "not-http": _raw(b"SSH-2.0-OpenSSH\r\n\r\n"),
    "hangs-up": lambda connection: None,
}
HANDLERS = {
    "good": Good,
    "numbers": Numbers,
    "frail": Frail,
    "upper": Upper,
    "refusing": Refusing,
    "endless": Endless,
    "ill": Ill,
}


def main(kind: str) -> None:
    """Serve for ever."""
    if kind in HANDLERS:
        with ThreadingHTTPServer(("127.0.0.1", 0), HANDLERS[kind]) as server:
            print(server.server_port, flush=True)
            server.serve_forever()
        return
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    print(listener.getsockname()[1], flush=True)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=_one, args=(connection, RAW[kind]), daemon=True).start()


def _one(connection: socket.socket, act: Callable[[socket.socket], None]) -> None:
    with connection:
        try:
            connection.recv(65536)
            act(connection)
        except OSError:
            return


if __name__ == "__main__":
    main(sys.argv[1])
