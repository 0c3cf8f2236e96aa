"""Requests that carry a mark -> the statuses they got, and what /metrics said before and after them.

The plan has the mark and the bodies: a contact's address in some, the mark in a field that must be refused in
others. Whoever writes a request down needs its status and time, and none of what stands in it; the host looks
for the mark in the server's log.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import exchange

METRICS_PATH = "/metrics"
REQUEST_S, METRICS_BYTES = 3.0, 256 << 10
MOST_BODIES = 50
Json = dict[str, Any]


@dataclass(frozen=True)
class Marked:
    """What is asked, in this order. ``mark`` stands in every body."""

    mark: str
    bodies: list[Json] = field(default_factory=list)


def read(told: Any) -> Marked | None:
    """The plan's part; None where it has none.

    Raises:
        ValueError: a body is without the mark, or there are too many.
    """
    if told is None:
        return None
    marked = Marked(str(told["mark"]), list(told["bodies"]))
    if not 0 < len(marked.bodies) <= MOST_BODIES or not marked.mark:
        raise ValueError(f"marked requests are 1 to {MOST_BODIES}, with a mark")
    if not all(marked.mark in json.dumps(body) for body in marked.bodies):
        raise ValueError("the mark stands in every marked request")
    return marked


def asked(marked: Marked, ask: Callable[[bytes], exchange.Reply], port: int) -> Json:
    """Metrics, the requests one after the other, metrics."""
    before = metrics(port)
    statuses = [ask(json.dumps(body).encode()).status for body in marked.bodies]
    return {"mark": marked.mark, "statuses": statuses, "metrics": [before, metrics(port)]}


def metrics(port: int) -> Json:
    """GET /metrics, as text."""
    reply = exchange.ask(port, "GET", METRICS_PATH, timeout_s=REQUEST_S, most_bytes=METRICS_BYTES)
    return {"status": reply.status, "fault": reply.fault, "body": reply.body.decode("utf-8", "replace")}
