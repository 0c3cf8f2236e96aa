"""The fixtures and the oracle themselves: no engine is needed, and a blind oracle is found out here."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.attacks import host, pages
from tests.attacks.builders import BUILDERS
from tests.attacks.firing_range import Outcome
from tests.attacks.fixtures import BASES, Fixture, Kind, load_all
from tests.attacks.needs import NEEDS
from tests.attacks.oracle import Status, rule

EVERY = load_all()
TWIN = Outcome("twin", total=50.0, points={"A1": 10.0, "C1": 4.0}, verdicts={"A1": "graded"}, runs=1)
ATTACK = Fixture.model_validate(
    {
        "id": "x",
        "folder": Path(),
        "class": "model cheating",
        "what": "for this test",
        "must": {"said": {"predict": "RAN"}},
    },
    strict=False,
)
RAN = replace(TWIN, id="x", tails={"predict": "it RAN"})
HONEST = ATTACK.model_copy(update={"honest": True})


def test_at_least_a_hundred_attacks_over_all_ten_classes_with_honest_controls_beside_them() -> None:
    attacks = Counter(f.kind for f in EVERY.values() if not f.honest)
    assert sum(attacks.values()) >= 100
    assert set(attacks) == set(Kind)
    assert min(attacks.values()) >= 8
    assert sum(f.honest for f in EVERY.values()) >= 12


def test_ci_fires_some_of_every_class() -> None:
    in_ci = Counter(f.kind for f in EVERY.values() if f.in_ci and not f.honest)
    assert set(in_ci) == set(Kind)
    assert min(in_ci.values()) >= 2


@pytest.mark.parametrize("fixture", EVERY.values(), ids=lambda f: f.id)
def test_a_fixture_points_at_what_exists(fixture: Fixture) -> None:
    assert fixture.twin in EVERY
    assert EVERY[fixture.twin].honest, "the twin of an attack is honest"
    assert EVERY[fixture.twin].asks == fixture.asks, "their criteria would weigh differently"
    assert fixture.build in (*BUILDERS, "")
    assert fixture.needs in NEEDS
    assert fixture.build or (fixture.folder / "submission").is_dir() or fixture.base in BASES


def test_an_attack_that_gains_two_points_fails() -> None:
    ruling = rule(ATTACK, replace(RAN, total=52.0, points={"A1": 12.0, "C1": 4.0}), TWIN)
    assert (ruling.status, ruling.gain) == (Status.FAILED, 2.0)


def test_a_gain_in_one_criterion_is_not_hidden_by_a_loss_in_another() -> None:
    ruling = rule(ATTACK, replace(RAN, total=49.0, points={"A1": 5.0, "C1": 8.0}), TWIN)
    assert (ruling.status, ruling.gain) == (Status.FAILED, 4.0)


def test_a_known_gain_is_known_and_one_that_vanished_fails() -> None:
    known = ATTACK.model_copy(update={"known": "until later"})
    assert rule(known, replace(RAN, total=59.0), TWIN).status is Status.KNOWN
    assert rule(known, RAN, TWIN).status is Status.FAILED


@pytest.mark.parametrize(
    "change",
    [
        {"harm": ("a container is left: x",)},
        {"fault": "ValueError: x"},
        {"total": None, "withheld": "A1"},
        {"tails": {"predict": "nothing"}},
        {"seconds": 10_000.0},
        {"host_mb": 100_000.0},
        {"runs": 2},
        {"refused": "no"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_broken_promise_fails_without_a_gain(change: dict[str, object]) -> None:
    assert rule(ATTACK, RAN, TWIN).status is Status.SURVIVED
    assert rule(ATTACK, replace(RAN, **change), TWIN).status is Status.FAILED  # type: ignore[arg-type]


def test_an_honest_control_may_gain_and_must_not_lose() -> None:
    assert rule(HONEST, replace(RAN, total=58.0), TWIN).status is Status.SURVIVED
    assert rule(HONEST, replace(RAN, total=48.0), TWIN).status is Status.FAILED


def test_an_attack_without_a_proof_that_it_ran_is_no_fixture() -> None:
    with pytest.raises(ValueError, match="nobody knows that it was tried"):
        Fixture.model_validate(
            {"id": "x", "folder": Path(), "class": "network", "what": "says nothing"}, strict=False
        )


@pytest.mark.parametrize(
    "text",
    [
        "<script>x</script>",
        "<p onclick=x>",
        "<a href='javascript:x'>",
        "<img src=x>",
        "<iframe></iframe>",
        "<meta http-equiv=refresh content=0>",
        "<p style='background:url(x)'>",
        "<form></form>",
        "<base href=x>",
    ],
)
def test_live_markup_is_seen(text: str) -> None:
    assert pages.in_html(text)
    assert not pages.in_html(text.replace("&", "&amp;").replace("<", "&lt;"))


@pytest.mark.parametrize("text", ["\x1b[2J", "a\u202eb", "x\n::error::y", "\u200b", "a\rb"])
def test_what_a_terminal_or_runner_obeys_is_seen(text: str) -> None:
    assert pages.in_plain(text)
    assert not pages.in_plain("x :: y, ünïcode, 100 %, std::vector")


def test_the_canary_is_found_across_the_pieces_of_a_large_file(tmp_path: Path) -> None:
    (tmp_path / "large.bin").write_bytes(b"x" * ((1 << 22) - 3) + b"canary" + b"x" * 100)
    assert host.canary_in(tmp_path, b"canary")
    assert not host.canary_in(tmp_path, b"canarx")
