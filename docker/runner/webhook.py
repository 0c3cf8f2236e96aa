"""A service that tells a receiver of some rows -> /output/webhook.json: what it answered, what was heard.

`python3 -I webhook.py --port N --receiver-port M --path /P --predict PATH --health PATH`, beside the server
as `probe.py` is. The server was started with WEBHOOK_URL=http://127.0.0.1:M/P. Rows of the plan are asked in
parts, each of which meets the receiver in another mood (`PARTS`). Exit code 0, 3 (the server never was
healthy), 2 (no plan), 73 (/output has no room).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))  # -I leaves the script's folder out

import probe
from receiver import Mood, Receiver

FILE = "webhook.json"
BUDGET_S = 60.0
USUAL, TOGETHER, DOWN, DEAF = "usual", "together", "down", "deaf"
PARTS = {USUAL: 0.4, TOGETHER: 0.15, DOWN: 0.2, DEAF: 0.25}  # shares of the plan's rows
TIMES = 3  # as often a row of TOGETHER is asked at one moment
FEW = 5  # rows in a request of DEAF
DOWN_S, DEAF_S = 2.0, 3.0
LONGEST_S, QUIET_S = 20.0, 2.5  # for what is still to be told; and with no call, for what is told twice
PAUSE_S = 0.1
Json = probe.Json
Row = probe.Row


class Teller:
    """Asks the rows of each part; ``asked`` has every answer with the part that it came in.

    ``least``: the receiver is to hear of rows that are answered with as much.
    """

    def __init__(self, prober: probe.Prober, receiver: Receiver, least: float) -> None:
        self._prober, self._receiver, self._least = prober, receiver, least
        self.asked: list[Json] = []

    def usual(self, rows: list[Row]) -> None:
        """All in lists and some alone, to a receiver that listens; and then the same once more."""
        for _ in range(2):
            self._keep(USUAL, self._prober.many(rows))
            for row in rows[: len(rows) // 8]:
                self._keep(USUAL, [self._prober.one(row)])
            self._settled(QUIET_S)

    def together(self, rows: list[Row]) -> None:
        """Each row several times at one moment, as when the asking side is impatient."""
        with ThreadPoolExecutor(max_workers=TIMES) as pool:
            for row in rows:
                for told in pool.map(self._prober.one, [row] * TIMES):
                    self._keep(TOGETHER, [told])

    def down(self, rows: list[Row]) -> None:
        """While the receiver says 503 to everybody."""
        self._receiver.mood = Mood.DOWN
        self._keep(DOWN, self._prober.many(rows))
        time.sleep(DOWN_S)
        self._receiver.mood = Mood.OPEN

    def deaf(self, rows: list[Row]) -> None:
        """While it takes calls and answers none: who waits for it keeps the asking side waiting."""
        self._settled(DOWN_S)
        self._receiver.mood = Mood.DEAF
        for start in range(0, len(rows), FEW):
            self._keep(DEAF, self._prober.many(rows[start : start + FEW]))
        self._receiver.mood = Mood.OPEN

    def end(self) -> None:
        """Wait for what is still to be told, and then for what is told twice."""
        deadline = time.monotonic() + LONGEST_S
        while time.monotonic() < deadline and self._missing():
            time.sleep(PAUSE_S)
        self._settled(QUIET_S)

    def _missing(self) -> bool:
        heard = {call.id for call in self._receiver.calls if call.heard}
        return any(
            one["id"] not in heard and one["prediction"] is not None and one["prediction"] >= self._least
            for one in self.asked
        )

    def _settled(self, quiet_s: float) -> None:
        """No call for so long; at most four times as long altogether."""
        deadline = time.monotonic() + 4 * quiet_s
        count, since = self._receiver.connections, time.monotonic()
        while time.monotonic() < min(deadline, since + quiet_s):
            time.sleep(PAUSE_S)
            if self._receiver.connections != count:
                count, since = self._receiver.connections, time.monotonic()

    def _keep(self, part: str, entries: list[Json]) -> None:
        self.asked += [{**one, "part": part} for one in entries]


def parted(rows: list[Row]) -> dict[str, list[Row]]:
    """The rows of each part, in their order."""
    found, start = {}, 0
    for name, share in PARTS.items():
        count = max(1, int(share * len(rows)))
        found[name] = rows[start : start + count]
        start += count
    return found


def told(plan: probe.Plan, least: float, prober: probe.Prober, receiver: Receiver) -> tuple[int, Json]:
    """Everything in order; without a port there is nothing to hear."""
    found: Json = {"version": probe.VERSION, "health": prober.healthy(probe.HEALTH_S)}
    asked: Json = {"least": least, "deaf_s": DEAF_S}
    nothing: Json = {"listening": False, "asked": [], "calls": [], "odd": 0}
    if found["health"]["seconds"] is None:
        return probe.NEVER_HEALTHY, found | asked | nothing
    if not receiver.open():
        return 0, found | asked | nothing
    teller, parts = Teller(prober, receiver, least), parted(plan.rows)
    steps: dict[str, Callable[[list[Row]], Any]] = {
        USUAL: teller.usual, TOGETHER: teller.together, DOWN: teller.down, DEAF: teller.deaf,
    }  # fmt: skip
    for name, step in steps.items():
        step(parts[name])
    teller.end()
    receiver.close()
    heard = [call.told() for call in receiver.calls]
    seen = {"listening": True, "asked": teller.asked, "calls": heard, "odd": receiver.odd}
    return 0, found | asked | seen


def _least(plan: probe.Plan) -> float:
    if plan.webhook_from is None:
        raise ValueError("webhook_from is missing: from which prediction on a receiver is told of a row")
    return plan.webhook_from


def main(words: list[str], places: probe.Places) -> int:
    """Parse, ask, listen, write."""
    parser = argparse.ArgumentParser(description="Ask a service that should call back, and listen.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--receiver-port", type=int, required=True)
    parser.add_argument("--path", required=True)
    parser.add_argument("--predict", required=True)
    parser.add_argument("--health", required=True)
    parser.add_argument("--request-s", type=float, default=10.0)
    args = parser.parse_args(words)
    try:
        plan = probe.read_plan(places.plan)
        least = _least(plan)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"takehome: {places.plan}: {error}", file=sys.stderr)
        return probe.NO_PLAN
    prober = probe.Prober(
        args.port, args.predict, args.health, budget_s=BUDGET_S + probe.HEALTH_S, request_s=args.request_s
    )
    code, found = told(plan, least, prober, Receiver(args.receiver_port, args.path, DEAF_S))
    return probe.kept(places.output / FILE, found) or code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], probe.Places()))
