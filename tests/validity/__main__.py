"""python -m tests.validity [--jobs N] [--kind defect|neutral] [--json FILE] [WORD...] -> a table of cases.

Each case edits a copy of a golden submission and grades it on a real engine. `make validity`. Exit code 1
when fewer than 95 % of planted defects are caught, or fewer than 97 % of the other criteria stay.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import logging
import sys
from pathlib import Path

from tests.validity.case import Case, Kind, Ruling
from tests.validity.catalogue import CASES
from tests.validity.run import ruled

CAUGHT, STAYING = 0.95, 0.97  # DESIGN section 8


def main(words: list[str]) -> int:
    """Choose, grade, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.validity", description=__doc__)
    parser.add_argument("words", nargs="*", help="parts of ids")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--kind", choices=[kind.value for kind in Kind])
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args(words)
    chosen = [c for c in CASES if not asked.words or any(word in c.id for word in asked.words)]
    chosen = [c for c in chosen if asked.kind in (None, c.kind.value)]
    logging.disable(logging.WARNING)
    found: list[tuple[Case, Ruling]] = []
    for case, ruling in ruled(chosen, jobs=asked.jobs):
        found.append((case, ruling))
        print(line(case, ruling), file=sys.stderr, flush=True)
    print(table(found))
    if asked.json:
        rows = [{"case": case.id, "kind": case.kind.value, **dataclasses.asdict(r)} for case, r in found]
        asked.json.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    return 0 if holds(found) else 1


def line(case: Case, ruling: Ruling) -> str:
    """One case: what moved, and what is wrong with that."""
    moved = ", ".join(f"{leaf} {by:+.2f}" for leaf, by in ruling.moved.items() if abs(by) > 0.005)
    state = "wrong" if ruling.missed or ruling.strayed else "right"
    wrong = "".join(f"\n        {what}" for what in (*ruling.missed, *ruling.strayed))
    if wrong:
        wrong += "".join(f"\n          {what[:300]}" for what in ruling.told)
    return f"{state}  {case.kind.value:<8} {case.id:<34} {ruling.total:+7.2f}  {moved}{wrong}"


def table(found: list[tuple[Case, Ruling]]) -> str:
    """The three numbers that are held."""
    defects = [r for case, r in found if case.kind is Kind.DEFECT]
    neutral = [r for case, r in found if case.kind is Kind.NEUTRAL]
    caught = sum(not r.missed for r in defects)
    stayed, strayed = sum(r.stayed for _, r in found), sum(len(r.strayed) for _, r in found)
    worst = max((abs(r.total) for r in neutral), default=0.0)
    return "\n".join(
        (
            f"planted defects caught      {caught} of {len(defects)}",
            f"other criteria that stay    {stayed} of {stayed + strayed}",
            f"neutral edits, worst change {worst:.2f} of 100 points ({len(neutral)} edits)",
        )
    )


def holds(found: list[tuple[Case, Ruling]]) -> bool:
    """Whether what DESIGN section 8 asks for holds over these cases."""
    defects = [r for case, r in found if case.kind is Kind.DEFECT]
    stayed, strayed = sum(r.stayed for _, r in found), sum(len(r.strayed) for _, r in found)
    neutral = all(abs(r.total) <= 0.5 for case, r in found if case.kind is Kind.NEUTRAL)
    caught = sum(not r.missed for r in defects) >= CAUGHT * len(defects)
    return caught and stayed >= STAYING * (stayed + strayed) and neutral


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
