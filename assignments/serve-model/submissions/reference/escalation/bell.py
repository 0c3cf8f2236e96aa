"""Who is to hear of a ticket hears of it once: a queue, and a thread that sends until it was heard.

What was queued is remembered by id, so that a request that is sent again rings nobody twice. A restart forgets:
what was not heard until then is lost, and README.md says so.
"""

from __future__ import annotations

import json
import logging
import queue
import threading
import urllib.request
from collections.abc import Iterable, Mapping
from typing import Any

LEAST = 0.5  # the company's: from here on the desk is told
REQUEST_S = 5.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 5.0
REMEMBERED = 1_000_000  # ids; months of tickets
log = logging.getLogger("escalation.bell")


class Bell:
    """Tells ``url`` of tickets, from `start` to `stop`; without one, nobody."""

    def __init__(self, url: str = "") -> None:
        self._url = url
        self._known: dict[str, None] = {}  # in the order in which they came
        self._lock, self._over = threading.Lock(), threading.Event()
        self._waiting: queue.Queue[Mapping[str, Any] | None] = queue.Queue()
        self._thread = threading.Thread(target=self._work, name="bell", daemon=True)

    def start(self) -> None:
        """Begin to send."""
        if self._url:
            self._thread.start()

    def stop(self) -> None:
        """Send no more."""
        self._over.set()
        self._waiting.put(None)

    def ring(self, predictions: Iterable[Mapping[str, Any]]) -> None:
        """Queue those tickets that somebody is to hear of, unless they were queued before."""
        if not self._url:
            return
        for one in predictions:
            if one["prediction"] >= LEAST and self._is_new(one["id"]):
                self._waiting.put(one)

    def _is_new(self, name: str) -> bool:
        with self._lock:
            if name in self._known:
                return False
            self._known[name] = None
            if len(self._known) > REMEMBERED:
                del self._known[next(iter(self._known))]
            return True

    def _work(self) -> None:
        while (one := self._waiting.get()) is not None:
            pause_s = FIRST_PAUSE_S
            while not self._over.is_set() and not self._heard(one):
                self._over.wait(pause_s)
                pause_s = min(LONGEST_PAUSE_S, 2 * pause_s)

    def _heard(self, one: Mapping[str, Any]) -> bool:
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self._url, json.dumps(one).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=REQUEST_S) as answer:
                return 200 <= answer.status < 300
        except OSError as error:  # also what is no 2xx
            log.warning(json.dumps({"event": "not heard", "why": type(error).__name__}))
            return False
