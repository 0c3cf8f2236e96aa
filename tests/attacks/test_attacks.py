"""A part of every class on a real engine, each attack against its twin. `make attacks` fires them all."""

from __future__ import annotations

import itertools
import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.firing_range import SERVICES, SLUG, Outcome, Range, own_folders
from tests.attacks.fixtures import ON_SERVICES, Fixture, load_all
from tests.attacks.needs import why_not
from tests.attacks.oracle import Status, rule

pytestmark = pytest.mark.docker

EVERY = load_all()
PER_CLASS = 1  # what a CI run has time for; `make attacks` fires everything


def _stratified() -> list[Fixture]:
    """The first that are marked, of every class."""
    marked = sorted((f for f in EVERY.values() if f.in_ci), key=lambda f: (f.kind, f.id))
    return [f for _, some in itertools.groupby(marked, key=lambda f: f.kind) for f in list(some)[:PER_CLASS]]


IN_CI = [pytest.param(f, id=f.id) for f in _stratified()]


class Fired:
    """Each fixture once a session: twins are looked at many times."""

    def __init__(self, at: dict[bool, Range]) -> None:
        self.ranges = at
        self._outcomes: dict[str, Outcome] = {}

    def outcome(self, fixture: Fixture) -> Outcome:
        if fixture.id not in self._outcomes:
            self._outcomes[fixture.id] = self.ranges[fixture.base in ON_SERVICES].fire(fixture)
        return self._outcomes[fixture.id]


@pytest.fixture(scope="module")
def fired(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fired]:
    base = tmp_path_factory.mktemp("attacks")
    kept = {name: os.environ.get(name) for name in ("TMPDIR", "TAKEHOME_SCRATCH")}
    own_folders(base)
    home = Path(os.environ.get("TAKEHOME_HOME") or base / "home")
    at = {served: Range(base, home=home, slug=SERVICES if served else SLUG) for served in (False, True)}
    for served in {f.base in ON_SERVICES for f in _stratified()}:
        at[served].prepare()
    logging.disable(logging.WARNING)
    yield Fired(at)
    logging.disable(logging.NOTSET)
    for name, value in kept.items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value
    tempfile.tempdir = None


@pytest.mark.parametrize("fixture", IN_CI)
def test_an_attack_gains_nothing_and_an_honest_control_loses_nothing(fired: Fired, fixture: Fixture) -> None:
    if why := why_not(fixture.needs):
        pytest.skip(why)
    ruling = rule(fixture, fired.outcome(fixture), fired.outcome(EVERY[fixture.twin]))
    assert ruling.status is not Status.FAILED, ruling.broken
    if ruling.status is Status.KNOWN:
        pytest.xfail(f"{fixture.known}: {ruling.broken[0]}")
