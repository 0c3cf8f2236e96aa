"""A server's turn under load -> /output/load.json: how soon it answers, one by one and several at once.

`python3 -I load.py start ...` waits for the first answer to a row and says when it came, on this machine's
clock; `load.py turn --first A --count N ...` asks rows A to A + N, half of them in turn and half of them
``AT_ONCE`` at a time. No row is asked twice of one server. Each half ends by itself after ``--phase-s``.
Exit code 0, 3 (no answer to a row in time; only `start`), 2 (no plan), 73 (/output has no room).
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # -I leaves the script's folder out

import probe

FILE = "load.json"
AT_ONCE = 4
WARM = 4  # rows that `start` asks; a turn begins behind them
Json = probe.Json
Row = probe.Row


def start(prober: probe.Prober, rows: list[Row], most_s: float) -> tuple[int, Json]:
    """Healthy, then a first row answered: ``answered_at`` in seconds of the epoch; then a few to be warm."""
    began = time.monotonic()
    health = prober.healthy(most_s)
    found: Json = {"version": probe.VERSION, "health": health, "answered_at": None, "first": None}
    while health["seconds"] is not None:
        found["first"] = one = prober.one(rows[0])
        if one["prediction"] is not None:
            found["answered_at"] = round(time.time(), 3)
            for row in rows[1:WARM]:
                prober.one(row)
            return 0, found
        if time.monotonic() - began > most_s:
            break
        time.sleep(probe.PAUSE_S)
    return probe.NEVER_HEALTHY, found


def turn(prober: probe.Prober, rows: list[Row], phase_s: float) -> Json:
    """Both halves; what there was no time for is left out."""
    half = len(rows) // 2
    alone = in_turn(prober, iter(rows[:half]), time.monotonic() + phase_s)
    began = time.monotonic()
    together = at_once(prober, rows[half:], began + phase_s)
    seconds = round(time.monotonic() - began, 5)
    return {"version": probe.VERSION, "alone": alone, "together": together, "together_s": seconds}


def in_turn(prober: probe.Prober, rows: Iterator[Row], deadline: float) -> list[Json]:
    """One row after the other until ``deadline``; the first is asked in any case."""
    found: list[Json] = []
    for row in rows:
        found.append(prober.one(row))
        if time.monotonic() > deadline:
            break
    return found


def at_once(prober: probe.Prober, rows: list[Row], deadline: float) -> list[Json]:
    """AT_ONCE askers share the rows; each has its first answered."""
    lock, left = threading.Lock(), iter(rows)

    def taken() -> Iterator[Row]:
        while True:
            with lock:
                row = next(left, None)
            if row is None:
                return
            yield row

    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        parts = [pool.submit(in_turn, prober, taken(), deadline) for _ in range(AT_ONCE)]
        return [one for part in parts for one in part.result()]


def main(words: list[str], places: probe.Places) -> int:
    """Parse, ask, write."""
    parser = argparse.ArgumentParser(description="Time the answers of a prediction service.")
    parser.add_argument("what", choices=("start", "turn"))
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--predict", required=True)
    parser.add_argument("--health", required=True)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=0)
    parser.add_argument("--phase-s", type=float, default=2.0)
    parser.add_argument("--request-s", type=float, default=10.0)
    args = parser.parse_args(words)
    try:
        rows = probe.read_plan(places.plan).rows
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"takehome: {places.plan}: {error}", file=sys.stderr)
        return probe.NO_PLAN
    budget_s = 2 * probe.HEALTH_S
    prober = probe.Prober(args.port, args.predict, args.health, budget_s=budget_s, request_s=args.request_s)
    if args.what == "start":
        code, found = start(prober, rows, probe.HEALTH_S)
    else:
        code, found = 0, turn(prober, rows[args.first : args.first + args.count], args.phase_s)
    return probe.kept(places.output / FILE, found) or code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], probe.Places()))
