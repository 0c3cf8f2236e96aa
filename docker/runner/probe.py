"""A server of theirs on this loopback -> /output/probe.json: what it answers, to what, how soon.

`python3 -I probe.py --port N --predict PATH --health PATH` in a tools container, which shares the network
of the server's container and nothing else. `/plan/plan.json` has what is asked:

    {"rows": [{column: value}, ...], "edges": [{"why", "row"}, ...], "bad": [{"why", "field", "body"}, ...],
     "marked": {"marks", "bodies"},         (marked.py; may be absent)
     "webhook_from": .5}                    (webhook.py; may be absent)

Everything is bounded: a request by ``--request-s`` and by bytes, all of it by ``--budget-s``. Exit code 0,
3 (the server never was healthy; probe.json says how it was), 2 (the plan is none), 73 (/output has no room).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))  # -I leaves the script's folder out

import answers
import drawn
import exchange
import marked
import payloads
import stated

NEVER_HEALTHY, NO_PLAN, CANNOT_KEEP = 3, 2, 73
VERSION = 1
HEALTH_S = 60.0
HEALTH_REQUEST_S = 3.0
PAUSE_S = 0.1
ONES, RENAMED, AT_ONCE = 40, 20, 20
KEPT_REQUESTS = 4  # at their longest: the time that requests drawn at random leave to what comes after them
DRAWN_S = 30.0  # for requests drawn at random; a tenth of it as a rule
SAID_CHARS = 300
ANSWER_BYTES, ROW_BYTES = 128 << 10, 1 << 10
LISTENING, LISTED = "0A", 20
OVER = "not asked: the time for all requests was up"
Row = dict[str, Any]
Json = dict[str, Any]


@dataclass(frozen=True)
class Places:
    """Where things are in the container; tests lay the same tree elsewhere."""

    plan: Path = Path("/plan/plan.json")
    output: Path = Path("/output")
    proc: Path = Path("/proc/net")


@dataclass(frozen=True)
class Plan:
    """What is asked."""

    rows: list[Row]
    edges: list[Json] = field(default_factory=list)
    bad: list[Json] = field(default_factory=list)
    marked: marked.Marked | None = None
    webhook_from: float | None = None


def read_plan(path: Path) -> Plan:
    """The plan.

    Raises:
        ValueError: it is no plan.
        OSError: it cannot be read.
    """
    told = json.loads(path.read_text("utf-8"))
    plan = Plan(
        told["rows"],
        told.get("edges", []),
        told.get("bad", []),
        marked.read(told.get("marked")),
        told.get("webhook_from"),
    )
    rows = [*plan.rows, *(edge["row"] for edge in plan.edges)]
    if not plan.rows or not all(isinstance(row, dict) and isinstance(row.get("id"), str) for row in rows):
        raise ValueError("rows are objects with an id, and there is at least one")
    if not all({"why", "field", "body"} <= case.keys() for case in plan.bad):
        raise ValueError("a bad request has why, field and body")
    return plan


class Prober:
    """One server, asked in one order. Every method answers with plain values, fit for JSON."""

    def __init__(self, port: int, predict: str, health: str, *, budget_s: float, request_s: float) -> None:
        self._port, self._predict, self._health = port, path_of(predict), path_of(health)
        self._deadline = time.monotonic() + budget_s
        self._request_s = request_s

    def healthy(self, most_s: float) -> Json:
        """Wait for the first 200, at most ``most_s``."""
        started, tries = time.monotonic(), 0
        while True:
            reply = exchange.ask(
                self._port, "GET", self._health, timeout_s=HEALTH_REQUEST_S, most_bytes=ANSWER_BYTES
            )
            tries += 1
            seconds = time.monotonic() - started
            well = reply.status == 200 and not reply.fault
            if well or seconds > most_s:
                return {"seconds": round(seconds, 3) if well else None, "tries": tries, **told(reply)}
            time.sleep(PAUSE_S)

    def ask(self, body: bytes, kind: str = payloads.JSON, *, rows: int = 1) -> exchange.Reply:
        """One POST to the predict path. JSON read takes thirty times its bytes, so they are few a row."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            return exchange.Reply(fault=OVER)
        wait = min(self._request_s, left)
        most_bytes = ANSWER_BYTES + rows * ROW_BYTES
        return exchange.ask(
            self._port, "POST", self._predict, body, kind=kind, timeout_s=wait, most_bytes=most_bytes
        )

    def one(self, row: Row) -> Json:
        """A row by itself, as an object of its own."""
        return self._predicted(row, [row])

    def many(self, rows: list[Row]) -> list[Json]:
        """Rows in one request; every row's entry has that request's status and time."""
        reply = self.ask(json.dumps({"rows": rows}).encode(), rows=len(rows))
        return self._entries(reply, [row["id"] for row in rows])

    def _predicted(self, body: Json, rows: list[Row]) -> Json:
        return self._entries(self.ask(json.dumps(body).encode()), [row["id"] for row in rows])[0]

    def _entries(self, reply: exchange.Reply, ids: list[str]) -> list[Json]:
        found: dict[str, float] | str = reply.fault or f"status {reply.status}"
        if reply.status == 200 and not reply.fault:
            found = answers.predictions(reply.body, ids)
        fault = found if isinstance(found, str) else ""
        values = {} if isinstance(found, str) else found
        shared = {"status": reply.status, "seconds": reply.seconds, "fault": fault}
        shared["said"] = text_of(reply.body) if fault else ""
        return [{"id": name, "prediction": values.get(name), **shared} for name in ids]

    def at_once(self, rows: list[Row]) -> list[Json]:
        """Each row by itself, all of them at the same moment."""
        gate = threading.Barrier(len(rows))

        def after_all(row: Row) -> Json:
            gate.wait(timeout=30)
            return self.one(row)

        with ThreadPoolExecutor(max_workers=len(rows)) as pool:
            return list(pool.map(after_all, rows))

    def bad(self, cases: Sequence[tuple[str, str, bytes, str]]) -> list[Json]:
        """Each (why, field, body, kind) and what came back."""
        found = []
        for why, name, body, kind in cases:
            reply = self.ask(body, kind)
            found.append({"why": why, "field": name, "sent": text_of(body), **told(reply)})
        return found

    def drawn(self, rows: list[Row]) -> Json:
        """What it makes of requests drawn around ``rows``; the same for the same rows."""
        number = int(hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:8], 16)
        # a slow server's time is for what is asked of it afterwards, which we would cut off
        budget_s = min(DRAWN_S, self._deadline - time.monotonic() - KEPT_REQUESTS * self._request_s)
        return drawn.drawn(rows, self.ask, budget_s=budget_s, number=number)

    def marked(self, plan: marked.Marked | None) -> Json | None:
        """What the server makes of requests that it should keep to itself; None without any."""
        return None if plan is None else marked.asked(plan, self.ask, self._port)

    def stated(self, row: Row) -> Json:
        """Which version it states, and where."""
        return stated.stated(lambda: stated.replies(self._port, self._health, lambda: self._of(row)))

    def _of(self, row: Row) -> exchange.Reply:
        return self.ask(json.dumps(row).encode())

    def openapi(self) -> Json:
        """Whether the service describes itself, and the predict path among it."""
        reply = exchange.ask(
            self._port, "GET", "/openapi.json", timeout_s=HEALTH_REQUEST_S, most_bytes=1 << 20
        )
        try:
            paths = json.loads(reply.body.decode("utf-8"))["paths"]
            described = "post" in paths.get(self._predict, {})
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            described = False
        return {"status": reply.status, "describes_predict": described}


def probe(plan: Plan, prober: Prober, port: int, proc: Path) -> tuple[int, Json]:
    """Everything in order; the unkind requests come last, as they may end the server."""
    found: Json = {"version": VERSION, "health": prober.healthy(HEALTH_S)}
    if found["health"]["seconds"] is None:
        return NEVER_HEALTHY, found
    some = plan.rows[: min(ONES, len(plan.rows))]
    steps: dict[str, Callable[[], Any]] = {
        "listens": lambda: listening(proc, port),
        "stated": lambda: prober.stated(some[0]),
        "one": lambda: [prober.one(row) for row in some],
        "many": lambda: prober.many(plan.rows),
        "renamed": lambda: [{**prober.one(renamed(row)), "of": row["id"]} for row in some[:RENAMED]],
        "at_once": lambda: prober.at_once(some[:AT_ONCE]),
        "edges": lambda: [{**prober.one(edge["row"]), "why": edge["why"]} for edge in plan.edges],
        "openapi": prober.openapi,
        "bad": lambda: prober.bad(unkind(plan)),
        "drawn": lambda: prober.drawn(some[:5]),
        "after": lambda: {"health": prober.healthy(HEALTH_REQUEST_S), "one": prober.one(some[0])},
        "marked": lambda: prober.marked(plan.marked),  # the last, so that the end of the log is of them
    }
    return 0, {**found, **{name: step() for name, step in steps.items()}}


def unkind(plan: Plan) -> list[tuple[str, str, bytes, str]]:
    """Requests that are wrong for any table, and then those of this one."""
    general = [(why, "", body, kind) for why, body, kind in payloads.nonsense(plan.rows[0])]
    own = [
        (case["why"], case["field"], json.dumps(case["body"]).encode(), payloads.JSON) for case in plan.bad
    ]
    return [*general, *own]


def renamed(row: Row) -> Row:
    """The same row under an id that nobody has seen, in the form of the ids there are."""
    digest = hashlib.sha256(row["id"].encode()).hexdigest().upper()
    return {**row, "id": ("Z" + digest)[: max(8, len(row["id"]))]}


def listening(proc: Path, port: int) -> list[str]:
    """The addresses at which this network accepts connections to ``port``, in the kernel's own notation."""
    found = set()
    for name in ("tcp", "tcp6"):
        try:
            lines = (proc / name).read_text("ascii").splitlines()[1:]
        except OSError:  # a kernel without IPv6
            continue
        for line in lines:
            words = line.split()
            address, _, number = words[1].partition(":")
            if words[3] == LISTENING and int(number, 16) == port:
                found.add(address)
    return sorted(found)[:LISTED]  # "all addresses" are zeros, and first


def told(reply: exchange.Reply) -> Json:
    """A reply in short."""
    return {
        "status": reply.status,
        "request_s": reply.seconds,
        "fault": reply.fault,
        "said": text_of(reply.body),
    }


def text_of(body: bytes) -> str:
    """The beginning of a body, as text without halves of characters."""
    return body[: 4 * SAID_CHARS].decode("utf-8", "replace")[:SAID_CHARS]


def path_of(declared: str) -> str:
    """A declared path as it may stand in a request's first line."""
    return "/" + urllib.parse.quote(declared.lstrip("/"), safe="/?&=%:@!$'()*+,;~-._")


def main(words: list[str], places: Places) -> int:
    """Parse, wait, ask, write."""
    parser = argparse.ArgumentParser(description="Ask a prediction service on loopback.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--predict", required=True)
    parser.add_argument("--health", required=True)
    parser.add_argument("--budget-s", type=float, default=200.0)
    parser.add_argument("--request-s", type=float, default=10.0)
    args = parser.parse_args(words)
    try:
        plan = read_plan(places.plan)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"takehome: {places.plan}: {error}", file=sys.stderr)
        return NO_PLAN
    budget_s = args.budget_s + HEALTH_S
    prober = Prober(args.port, args.predict, args.health, budget_s=budget_s, request_s=args.request_s)
    code, found = probe(plan, prober, args.port, places.proc)
    return kept(places.output / "probe.json", found) or code


def kept(path: Path, found: Json) -> int:
    """Write it down; the exit code when there is no room, else 0."""
    try:
        path.write_text(json.dumps(found, allow_nan=False), "utf-8")
    except OSError as error:
        print(f"takehome: stopped: {error}", file=sys.stderr)
        return CANNOT_KEEP
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Places()))
