"""python -m tests.faults [--jobs N] [--save FILE] [WORD...] -> a table of all cases, or some."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import threading
import time
import traceback
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.faults.case import Case, Ground
from tests.faults.catalogue import CASES


@dataclass(frozen=True)
class Tried:
    """A case that was tried."""

    case: Case
    problems: list[str]
    seconds: float


def main() -> int:
    """Run, print, and say by the exit code whether all survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--save", type=Path)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--quick", action="store_true", help="only those that pytest runs")
    given = parser.parse_args()
    chosen = [case for case in CASES if case.quick or not given.quick]
    chosen = [c for c in chosen if not given.words or any(word in c.id for word in given.words)]
    if given.list:
        print("\n".join(case.id for case in chosen))
        return 0
    ground = Ground()
    try:
        tried = run(chosen, ground, jobs=given.jobs)
    finally:
        ground.close()
    show(tried)
    if given.save:
        rows = [{"case": t.case.id, "seconds": round(t.seconds, 2), "problems": t.problems} for t in tried]
        given.save.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return 1 if any(t.problems for t in tried) else 0


def run(chosen: Iterable[Case], ground: Ground, *, jobs: int) -> list[Tried]:
    """Several at once; those that measure come after, one by one."""
    chosen = list(chosen)
    lock, done = threading.Lock(), [0]

    def attempt(case: Case) -> Tried:
        began = time.monotonic()
        try:
            problems = ground.run(case)
        except Exception:  # noqa: BLE001 - a broken case is a row of the table, and the others go on
            problems = [f"the case itself broke: {traceback.format_exc()[-600:]}"]
        tried = Tried(case, problems, time.monotonic() - began)
        with lock:
            done[0] += 1
            mark = "failed" if problems else "survived"
            sys.stderr.write(f"{done[0]:>4}/{len(chosen)} {mark:<9}{tried.seconds:6.1f} s  {case.id}\n")
            sys.stderr.writelines(f"       {sentence}\n" for sentence in problems)
            sys.stderr.flush()
        return tried

    with ThreadPoolExecutor(jobs) as pool:
        tried = list(pool.map(attempt, [case for case in chosen if not case.alone]))
    return tried + [attempt(case) for case in chosen if case.alone]


def show(tried: list[Tried]) -> None:
    """A row a fault, then what failed."""
    table = Table("fault", "tried", "survived", "median s", box=None)
    for fault in dict.fromkeys(t.case.fault for t in tried):
        rows = [t for t in tried if t.case.fault == fault]
        survived = sum(not t.problems for t in rows)
        median = statistics.median(t.seconds for t in rows)
        table.add_row(fault, str(len(rows)), str(survived), f"{median:.1f}")
    table.add_row("all", str(len(tried)), str(sum(not t.problems for t in tried)), "")
    console = Console(highlight=False)
    console.print(table)
    for each in tried:
        for sentence in each.problems:
            console.print(f"{each.case.id}: {sentence}", markup=False, soft_wrap=True)


if __name__ == "__main__":
    sys.exit(main())
