"""What the service tells of a request: a line of JSON in the log, and counters for Prometheus.

Neither holds anything of a ticket: a customer's words and numbers are not for whoever reads logs.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse

log = logging.getLogger("escalation.requests")


class Watch:
    """Counts requests by path and status, and the seconds they took."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, int]] = Counter()
        self._seconds = 0.0

    async def around(self, request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
        """One request: answered, counted, written down."""
        started = time.perf_counter()
        status = 500
        try:
            response = await call(request)
            status = response.status_code
            return response
        finally:
            self._told(request, status, time.perf_counter() - started)

    def _told(self, request: Request, status: int, seconds: float) -> None:
        route = request.scope.get("route")
        path = route.path if route else "other"  # a path that somebody made up is no label
        with self._lock:
            self._requests[path, status] += 1
            self._seconds += seconds
        line = {"method": request.method, "path": path, "status": status, "ms": round(1000 * seconds, 1)}
        log.info(json.dumps(line))

    async def metrics(self) -> PlainTextResponse:
        """The counters in Prometheus' text format."""
        with self._lock:
            requests, seconds = dict(self._requests), self._seconds
        lines = ["# TYPE http_requests_total counter"]
        lines += [
            f'http_requests_total{{path="{path}",status="{status}"}} {count}'
            for (path, status), count in sorted(requests.items())
        ]
        lines += ["# TYPE http_request_seconds_total counter", f"http_request_seconds_total {seconds:.6f}"]
        return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")
