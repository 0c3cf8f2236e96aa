"""What scans measured -> what is a flaw. The one place where a leak is told from chance.

Every test asks "would this happen if it told nothing about the label?". All tests of one audit share one
error rate: a test is a flaw when its p-value is below ALPHA divided by the number of tests (Bonferroni; O. J.
Dunn, JASA 56 (1961) 52). So a clean data set raises nothing in all but ALPHA of its seeds, however many
columns it has, and however the tests hang together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from harness.model import Frozen

ALPHA = 0.002


class Weight(StrEnum):
    """What a finding means for the certificate."""

    FLAW = "flaw"  # the edition is not fit to hand out
    FOUND = "declared: found"  # a trap that was announced, and that can be found
    ADVICE = "advice"  # worth a look; decides nothing


class Noted(Frozen):
    """A finding about data: where, what was measured against which threshold, and what to do."""

    scan: str
    weight: Weight
    table: str
    column: str = ""
    what: str
    statistic: str = ""
    value: float | None = None
    threshold: float | None = None
    source: str = ""  # where the threshold comes from
    act: str = ""

    def __str__(self) -> str:
        place = f"{self.table}: {self.column}" if self.column else self.table
        return f"{place}: {self.what}"


@dataclass(frozen=True)
class Chance:
    """A statistic and how likely it is at least this large when it tells nothing about the label."""

    scan: str
    table: str
    column: str
    what: str
    statistic: str
    value: float
    p: float
    act: str


@dataclass
class Measured:
    """What one scan, or all of them, came to."""

    chances: list[Chance] = field(default_factory=list)
    noted: list[Noted] = field(default_factory=list)

    def add(self, other: Measured) -> None:
        """Take in what another scan measured."""
        self.chances += other.chances
        self.noted += other.noted


def decide(measured: Measured, *, alpha: float = ALPHA, tests: int = 0) -> tuple[Noted, ...]:
    """The facts as they are, and of the tests those that chance does not explain. Flaws first.

    ``tests``: how many share the error rate, when these are a part of them.
    """
    shared = max(1, tests or len(measured.chances))
    limit = alpha / shared
    odd = [_flaw(c, limit, alpha, shared) for c in _worst(measured.chances) if c.p < limit]
    order = {Weight.FLAW: 0, Weight.FOUND: 1, Weight.ADVICE: 2}
    return tuple(sorted([*measured.noted, *odd], key=lambda n: order[n.weight]))


def _worst(chances: Iterable[Chance]) -> list[Chance]:
    """Of several tests of one scan on one column the clearest: one leak is told once."""
    best: dict[tuple[str, str, str], Chance] = {}
    for chance in chances:
        at = (chance.scan, chance.table, chance.column)
        if at not in best or chance.p < best[at].p:
            best[at] = chance
    return list(best.values())


def _flaw(chance: Chance, limit: float, alpha: float, tests: int) -> Noted:
    return Noted(
        scan=chance.scan,
        weight=Weight.FLAW,
        table=chance.table,
        column=chance.column,
        what=f"{chance.what} ({chance.statistic} {chance.value:.4g}, p {chance.p:.1e})",
        statistic=f"p of {chance.statistic}",
        value=chance.p,
        threshold=limit,
        source=f"Bonferroni: {alpha:g} over {tests} tests of this audit",
        act=chance.act,
    )
