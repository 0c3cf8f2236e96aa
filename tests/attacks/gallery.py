"""Fixtures -> rulings, several at a time: a process each with a range of its own."""

from __future__ import annotations

import logging
import multiprocessing
import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from tests.attacks.firing_range import SERVICES, SLUG, Outcome, Range, own_folders
from tests.attacks.fixtures import ON_SERVICES, Fixture
from tests.attacks.needs import why_not
from tests.attacks.oracle import Ruling, Status, rule

HANGS_S = 600  # a fixture that is not done by then hangs: the run stops and says which
Ruled = tuple[Fixture, Outcome, Ruling]
_SETTLED: dict[str, Any] = {}  # of a worker process: what all its ranges share

_RANGES: dict[str, Range] = {}  # of a worker process, by what its fixtures are made of


def fire(chosen: list[Fixture], every: dict[str, Fixture], *, runtime: str, jobs: int) -> Iterator[Ruled]:
    """Twins first, for without them nothing is ruled; then the rest, ``jobs`` at a time.

    Raises:
        TimeoutError: one is not done after HANGS_S.
    """
    needed = {f.twin for f in chosen} | {every[f.twin].twin for f in chosen}
    asked = {f.id for f in chosen}
    with tempfile.TemporaryDirectory(prefix="takehome-attacks-") as folder:
        base = Path(folder)
        base.chmod(0o711)
        settled = (str(base), os.environ.get("TAKEHOME_HOME") or str(base / "home"), runtime)
        with _pool(1, settled) as first:
            for name in sorted({f.base for f in chosen}):
                first.submit(_prepare, name).result()
        with _pool(jobs, settled) as pool:
            twins = dict(_fired(pool, [every[name] for name in sorted(needed)]))
            for name in sorted(needed & asked):
                yield every[name], twins[name], rule(every[name], twins[name], twins[every[name].twin])
            for name, outcome in _fired(pool, [f for f in chosen if f.id not in needed]):
                yield every[name], outcome, _ruling(every[name], outcome, twins[every[name].twin])


def _pool(jobs: int, settled: tuple[str, str, str]) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")  # threads and sockets do not survive a fork
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_settle, initargs=settled)


def _fired(pool: ProcessPoolExecutor, fixtures: list[Fixture]) -> Iterator[tuple[str, Outcome]]:
    waiting = [(fixture, pool.submit(_fire, fixture)) for fixture in fixtures]
    for fixture, answer in waiting:
        try:
            yield fixture.id, answer.result(HANGS_S)
        except TimeoutError:
            for process in list(pool._processes.values()):
                process.kill()
            raise TimeoutError(f"{fixture.id}: not done after {HANGS_S} s") from None


def _ruling(fixture: Fixture, outcome: Outcome, twin: Outcome) -> Ruling:
    if why := why_not(fixture.needs):
        return Ruling(Status.SKIPPED, 0.0, (why,))
    return rule(fixture, outcome, twin)


def _settle(base: str, home: str, runtime: str) -> None:
    logging.disable(logging.WARNING)
    own = Path(base) / f"worker-{os.getpid()}"
    own_folders(own)
    at = {"base": own, "home": Path(home), "runtime": runtime}
    _SETTLED.update(at)


def _range(base: str) -> Range:
    slug = SERVICES if base in ON_SERVICES else SLUG
    if slug not in _RANGES:
        _RANGES[slug] = Range(**_SETTLED, slug=slug)
    return _RANGES[slug]


def _prepare(base: str) -> None:
    _range(base).prepare()


def _fire(fixture: Fixture) -> Outcome:
    return Outcome(fixture.id) if why_not(fixture.needs) else _range(fixture.base).fire(fixture)
