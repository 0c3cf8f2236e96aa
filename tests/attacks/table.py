"""Rulings -> what a person reads: a line a fixture, then a row a class."""

from __future__ import annotations

from statistics import median

from tests.attacks.firing_range import Outcome
from tests.attacks.fixtures import Fixture, Kind
from tests.attacks.oracle import Ruling, Status

Ruled = tuple[Fixture, Outcome, Ruling]
HEAD = ("class", "tried", "survived", "known", "skipped", "worst gain", "median s")


def line(fixture: Fixture, outcome: Outcome, ruling: Ruling) -> str:
    """One fixture: how it went, its gain, its time, and what broke."""
    role = "honest" if fixture.honest else f"gain {ruling.gain:+6.2f}"
    told = f"{ruling.status.value:<9} {fixture.id:<42} {role:<12} {outcome.seconds:6.1f} s"
    broken = "".join(f"\n            {_shown(what)}" for what in ruling.broken)
    return told + broken


def table(ruled: list[Ruled]) -> str:
    """Attacks a class, and the honest controls in a row of their own."""
    rows = [_row(kind.value, [r for r in ruled if r[0].kind is kind and not r[0].honest]) for kind in Kind]
    rows.append(_row("all attacks", [r for r in ruled if not r[0].honest]))
    rows.append(_row("honest controls", [r for r in ruled if r[0].honest]))
    lines = [HEAD, *(row for row in rows if row[1] != "0")]
    widths = [max(len(cells[n]) for cells in lines) for n in range(len(HEAD))]
    return "\n".join([*(_aligned(cells, widths) for cells in lines), *_worst(ruled)])


def _aligned(cells: tuple[str, ...], widths: list[int]) -> str:
    name, *numbers = (
        c.ljust(w) if n == 0 else c.rjust(w) for n, (c, w) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join([name, *numbers])


def _row(name: str, ruled: list[Ruled]) -> tuple[str, ...]:
    tried = [r for r in ruled if r[2].status is not Status.SKIPPED]
    count = {status: sum(r[2].status is status for r in ruled) for status in Status}
    honest = bool(ruled) and all(r[0].honest for r in ruled)
    gain = "" if honest else f"{max((r[2].gain for r in tried), default=0.0):.2f}"
    seconds = f"{median(r[1].seconds for r in tried):.1f}" if tried else ""
    numbers = (len(tried), count[Status.SURVIVED], count[Status.KNOWN], count[Status.SKIPPED])
    return (name, *map(str, numbers), gain, seconds)


def _worst(ruled: list[Ruled]) -> list[str]:
    """What gained too much, and what cost the host most."""
    tried = [r for r in ruled if r[2].status is not Status.SKIPPED]
    gains = sorted(
        (r for r in tried if r[2].gain > r[0].gain_at_most and not r[0].honest), key=lambda r: -r[2].gain
    )
    slow = sorted(tried, key=lambda r: -r[1].seconds)[:10]
    large = sorted((r for r in tried if r[1].host_mb), key=lambda r: -(r[1].host_mb or 0))[:10]
    found = [f"gains {r[2].gain:.2f}: {r[0].id} ({r[0].known or 'not known before'})" for r in gains]
    found.append("slowest: " + ", ".join(f"{r[0].id} {r[1].seconds:.0f} s" for r in slow))
    found.append("most memory of the host: " + ", ".join(f"{r[0].id} {r[1].host_mb:.0f} MB" for r in large))
    return ["", *found]


def _shown(text: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in text)[:400]
