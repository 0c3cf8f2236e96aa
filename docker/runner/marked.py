"""Requests that carry a mark -> the statuses they got, and what /metrics said before and after them.

The plan has the marks and the bodies: an address in a field that nobody knows, a word of ours in one that
everybody has or in one that must be refused, an ordinary number that no other row has. Whoever writes a
request down needs its status and time, and none of what stands in it; the host looks for the marks in the
server's log. As some bodies look like any other, a server cannot keep its secrets for these alone.
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
FEWEST = 8  # characters of a mark: no port, time or count is so long
Json = dict[str, Any]


@dataclass(frozen=True)
class Marked:
    """What is asked, in this order. One of ``marks`` at least stands in every body."""

    marks: list[str]
    bodies: list[Json] = field(default_factory=list)


def read(told: Any) -> Marked | None:
    """The plan's part; None where it has none.

    Raises:
        ValueError: a body is without a mark, or there are too many.
    """
    if told is None:
        return None
    marked = Marked([str(mark) for mark in told["marks"]], list(told["bodies"]))
    if not 0 < len(marked.bodies) <= MOST_BODIES or not all(len(mark) >= FEWEST for mark in marked.marks):
        raise ValueError(
            f"marked requests are 1 to {MOST_BODIES}, and a mark has {FEWEST} characters or more"
        )
    if not all(any(mark in json.dumps(body) for mark in marked.marks) for body in marked.bodies):
        raise ValueError("a mark stands in every marked request")
    return marked


def asked(marked: Marked, ask: Callable[[bytes], exchange.Reply], port: int) -> Json:
    """Metrics, the requests one after the other, metrics."""
    before = metrics(port)
    statuses = [ask(json.dumps(body).encode()).status for body in marked.bodies]
    return {"marks": marked.marks, "statuses": statuses, "metrics": [before, metrics(port)]}


def metrics(port: int) -> Json:
    """GET /metrics, as text."""
    reply = exchange.ask(port, "GET", METRICS_PATH, timeout_s=REQUEST_S, most_bytes=METRICS_BYTES)
    return {"status": reply.status, "fault": reply.fault, "body": reply.body.decode("utf-8", "replace")}
