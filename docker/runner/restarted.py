"""A server that was started again, with another model or at another place -> /output/restarted.json.

`python3 -I restarted.py --port N --otherwise M --predict PATH --health PATH`, beside the server as `probe.py`
is. It should listen at ``--port``; one that listens at ``--otherwise`` is asked there, so that what else it
can do is seen all the same. Exit code 0 however the server is, 2 (no plan), 73 (/output has no room).
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # -I leaves the script's folder out

import exchange
import probe

FILE = "restarted.json"
PAUSE_S = 0.1
BUDGET_S = 60.0
Json = probe.Json


def first_healthy(ports: list[int], health: str, most_s: float) -> int | None:
    """The first of ``ports`` at which 200 comes back, within ``most_s``."""
    deadline = time.monotonic() + most_s
    while time.monotonic() < deadline:
        for port in ports:
            reply = exchange.ask(
                port, "GET", health, timeout_s=probe.HEALTH_REQUEST_S, most_bytes=probe.ANSWER_BYTES
            )
            if reply.status == 200 and not reply.fault:
                return port
        time.sleep(PAUSE_S)
    return None


def asked(args: argparse.Namespace, plan: probe.Plan) -> Json:
    """Where it answers, which version it states, and what it says of some rows, each alone."""
    ports = list(dict.fromkeys([args.port, args.otherwise]))
    port = first_healthy(ports, probe.path_of(args.health), probe.HEALTH_S)
    found: Json = {
        "version": probe.VERSION,
        "port": port,
        "stated": {"places": {}, "restless": []},
        "one": [],
    }
    if port is None:
        return found
    prober = probe.Prober(port, args.predict, args.health, budget_s=BUDGET_S, request_s=args.request_s)
    rows = plan.rows[: probe.ONES]
    return found | {"stated": prober.stated(rows[0]), "one": [prober.one(row) for row in rows]}


def main(words: list[str], places: probe.Places) -> int:
    """Parse, wait, ask, write."""
    parser = argparse.ArgumentParser(description="Ask a prediction service that was started again.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--otherwise", type=int, required=True)
    parser.add_argument("--predict", required=True)
    parser.add_argument("--health", required=True)
    parser.add_argument("--request-s", type=float, default=10.0)
    args = parser.parse_args(words)
    try:
        plan = probe.read_plan(places.plan)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"takehome: {places.plan}: {error}", file=sys.stderr)
        return probe.NO_PLAN
    return probe.kept(places.output / FILE, asked(args, plan))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], probe.Places()))
