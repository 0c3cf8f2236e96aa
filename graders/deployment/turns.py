"""load.json -> how the two services fared in their turns, and what one is in units of the other.

A pair is two adjacent turns in which both were asked the same rows, so that what slowed the machine down
slowed both. A ratio is the median over the pairs, its interval the order statistics about the median (the
second smallest and the second largest of eight cover it with 93 %, the extremes of two with 50 %: as few as
there are). No spread that a service adds of its own moves these unless it really is quick in two turns of
eight.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Literal

import numpy as np
from pydantic import Field

from graders.deployment.observed import Asked, Entry, Health
from harness.model import Ended

STAGE, FILE = "serve-load", "load.json"
OURS, THEIRS = "reference", "candidate"
FASTEST_S = 5e-4  # below it a request is no more than our own prober's work
SLOWEST = 1000.0  # a ratio, where nothing was answered at all
Side = Literal["candidate", "reference"]


class Start(Entry):
    """The first answers. ``answered_at``: when a row was first answered, in seconds of the epoch."""

    health: Health
    answered_at: float | None = Field(ge=0)


class Server(Entry):
    """The host's word on one server of a round, and what its first prober saw."""

    ended: Ended
    reason: str = Field(max_length=2000)
    began_at: float | None = Field(ge=0)
    peak_memory_mb: float | None = Field(ge=0)
    start: Start

    @property
    def cold_start_s(self) -> float | None:
        """From the start of its container to its first answer to a row; both by the engine's clock."""
        if self.began_at is None or self.start.answered_at is None:
            return None
        return max(0.05, self.start.answered_at - self.began_at)


class Turn(Entry):
    """One server asked row by row, and then several rows at once, all within ``together_s``."""

    side: Side
    alone: tuple[Asked, ...] = Field(min_length=1, max_length=5000)
    together: tuple[Asked, ...] = Field(min_length=1, max_length=5000)
    together_s: float = Field(gt=0)

    def latency_s(self, quantile: float) -> float | None:
        """Of the rows that were answered one by one; None where none was."""
        seconds = [one.seconds for one in self.alone if one.prediction is not None]
        return max(FASTEST_S, float(np.quantile(seconds, quantile))) if seconds else None

    @property
    def seconds_a_row(self) -> float | None:
        """Of the rows that were answered when several were asked at once."""
        answered = sum(one.prediction is not None for one in self.together)
        return max(FASTEST_S, self.together_s / answered) if answered else None


class Round(Entry):
    """Two fresh servers and their turns."""

    servers: dict[Side, Server] = Field(min_length=2, max_length=2)
    turns: tuple[Turn, ...] = Field(min_length=2, max_length=100)

    def pairs(self) -> Iterator[tuple[Turn, Turn]]:
        """(the candidate's, the reference's) of adjacent turns."""
        for one, other in zip(self.turns[::2], self.turns[1::2], strict=True):
            yield (one, other) if one.side == THEIRS else (other, one)


class Load(Entry):
    """All rounds."""

    version: Literal[1]
    rounds: tuple[Round, ...] = Field(min_length=1, max_length=10)

    def asked(self, side: str) -> list[Asked]:
        """Every row that this side was asked under load."""
        turns = [turn for found in self.rounds for turn in found.turns if turn.side == side]
        return [one for turn in turns for one in (*turn.alone, *turn.together)]

    def by_turns(self, what: Callable[[Turn], float | None]) -> Ratio | None:
        """The ratio of something that is measured in each turn."""
        pairs = [pair for found in self.rounds for pair in found.pairs()]
        return Ratio.of([(what(mine), what(theirs)) for mine, theirs in pairs])

    def by_rounds(self, what: Callable[[Server], float | None]) -> Ratio | None:
        """The ratio of something that is measured once a round."""
        return Ratio.of([(what(f.servers["candidate"]), what(f.servers["reference"])) for f in self.rounds])


@dataclass(frozen=True)
class Ratio:
    """The candidate's in units of the reference's: the median over pairs, its interval, and both medians."""

    centre: float
    low: float
    high: float
    mine: float
    reference: float

    @classmethod
    def of(cls, pairs: list[tuple[float | None, float | None]]) -> Ratio | None:
        """None when the reference was not measured in any; SLOWEST where only the candidate was not."""
        known = [(mine, theirs) for mine, theirs in pairs if theirs is not None]
        if not known:
            return None
        logs = sorted(math.log(SLOWEST if m is None else min(SLOWEST, m / r)) for m, r in known)
        outer = 1 if len(logs) >= 6 else 0  # of 6 and 7 they cover 78 and 87 %
        return cls(
            centre=math.exp(median(logs)),
            low=math.exp(logs[outer]),
            high=math.exp(logs[-1 - outer]),
            mine=median([m for m, _ in known if m is not None] or [0.0]),
            reference=median([r for _, r in known]),
        )
