"""Fixtures -> a table: every attack through the real pipeline, two at a time. `make attacks`.

    python -m tests.attacks [--class TEXT] [--runtime runsc] [--jobs N] [--ci] [--json FILE] [ID...]

Exit code 0 when everything survived or is known; 1 when not; 3 when there is no engine.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import logging
import sys
from pathlib import Path

from harness.errors import InfraError
from harness.sandbox import Engine
from tests.attacks import table
from tests.attacks.firing_range import Outcome
from tests.attacks.fixtures import Fixture, load_all
from tests.attacks.gallery import Ruled, fire
from tests.attacks.oracle import Ruling, Status


def main(words: list[str]) -> int:
    """Choose, fire, print."""
    asked = _arguments().parse_args(words)
    every = {name: fixture.on(asked.runtime) for name, fixture in load_all().items()}
    chosen = [f for f in every.values() if _is_asked(f, asked)]
    if unknown := [name for name in asked.ids if name not in every]:
        print(f"no such fixture: {', '.join(unknown)}", file=sys.stderr)
        return 2
    logging.disable(logging.WARNING)
    if missing := _no_engine(asked.runtime):
        print(f"skipped: {missing}", file=sys.stderr)
        return 3
    ruled: list[Ruled] = []
    for fixture, outcome, ruling in fire(chosen, every, runtime=asked.runtime, jobs=asked.jobs):
        ruled.append((fixture, outcome, ruling))
        print(table.line(fixture, outcome, ruling), file=sys.stderr, flush=True)
    print(table.table(ruled))
    if asked.json:
        Path(asked.json).write_text(json.dumps([_plain(*r) for r in ruled], indent=1) + "\n", "utf-8")
    return 1 if any(ruling.status is Status.FAILED for _, _, ruling in ruled) else 0


def _is_asked(fixture: Fixture, asked: argparse.Namespace) -> bool:
    if asked.ids:
        return fixture.id in asked.ids
    return asked.kind in fixture.kind.value and (fixture.in_ci or not asked.ci)


def _no_engine(runtime: str) -> str:
    try:
        info = Engine().info()
    except InfraError as error:
        return str(error)
    known = sorted(info.get("Runtimes", {}))
    if runtime and runtime not in known:
        return (
            f"the engine has no runtime {runtime!r} (it has {', '.join(known)}): see tests/attacks/README.md"
        )
    return ""


def _plain(fixture: Fixture, outcome: Outcome, ruling: Ruling) -> dict[str, object]:
    found = {"class": fixture.kind.value, "honest": fixture.honest, "known": fixture.known}
    return {**found, **dataclasses.asdict(outcome), **dataclasses.asdict(ruling)}


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.attacks", description=__doc__)
    parser.add_argument("ids", nargs="*", metavar="ID")
    parser.add_argument("--class", dest="kind", default="", help="a part of a class's name")
    parser.add_argument("--runtime", default="", help="runsc for gVisor")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--ci", action="store_true", help="only the part that CI runs")
    parser.add_argument("--json", help="write every outcome to this file")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
