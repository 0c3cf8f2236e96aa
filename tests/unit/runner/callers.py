"""Services that call back, as one would write them and as one should not: `python callers.py KIND URL`."""

from __future__ import annotations

import json
import queue
import sys
import threading
import time
import urllib.request
from http.server import ThreadingHTTPServer
from typing import Any, ClassVar

from served import Good

LEAST = 0.5


def post(url: str, told: Any) -> bool:
    """Whether it was heard."""
    data = json.dumps(told).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return 200 <= answer.status < 300
    except OSError:
        return False


class Careful(Good):
    """A queue, a thread that works it off, and a set of what was put into it."""

    url = ""
    waiting: ClassVar[queue.Queue[dict[str, Any]]] = queue.Queue()
    known: ClassVar[set[str]] = set()
    lock = threading.Lock()

    def predicted(self, asked: Any) -> Any:
        told = super().predicted(asked)
        for one in told["predictions"]:
            if one["prediction"] >= LEAST:
                self.due(one)
        return told

    def due(self, one: dict[str, Any]) -> None:
        with self.lock:
            if one["id"] in self.known:
                return
            self.known.add(one["id"])
        self.waiting.put(one)

    @classmethod
    def work(cls) -> None:
        while True:
            one = cls.waiting.get()
            while not post(cls.url, one):
                time.sleep(0.3)


class Once(Careful):
    """Tells when it is asked, and does not look at what came of it."""

    def due(self, one: dict[str, Any]) -> None:
        with self.lock:
            known = one["id"] in self.known
            self.known.add(one["id"])
        if not known:
            threading.Thread(target=post, args=(self.url, one)).start()


class Twice(Careful):
    """Tells whenever it is asked."""

    def due(self, one: dict[str, Any]) -> None:
        self.waiting.put(one)


class Waiting(Careful):
    """Answers when the receiver has heard."""

    def due(self, one: dict[str, Any]) -> None:
        with self.lock:
            known = one["id"] in self.known
            self.known.add(one["id"])
        while not known and not post(self.url, one):
            time.sleep(0.1)


class Racing(Careful):
    """Looks, and then puts: two requests at one moment see the same."""

    def due(self, one: dict[str, Any]) -> None:
        if one["id"] not in self.known:
            time.sleep(0.02)
            self.known.add(one["id"])
            self.waiting.put(one)


class Silent(Careful):
    """Calls nobody."""

    def due(self, one: dict[str, Any]) -> None:
        return


class Everybody(Careful):
    """Tells of every row, due or not."""

    def predicted(self, asked: Any) -> Any:
        told = Good.predicted(self, asked)
        for one in told["predictions"]:
            self.due(one)
        return told


KINDS = {kind.__name__.lower(): kind for kind in (Careful, Once, Twice, Waiting, Racing, Silent, Everybody)}


def main(kind: str, url: str) -> None:
    """Serve for ever."""
    handler = KINDS[kind]
    handler.url = url
    threading.Thread(target=handler.work, daemon=True).start()
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        print(server.server_port, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
