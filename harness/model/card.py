"""Scores by criterion, and a total exactly when all of them have a value."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from pydantic import model_validator

from harness.model.asked import Criterion, Track
from harness.model.judged import Score, Verdict
from harness.model.values import Frozen


class Line(Frozen):
    """One criterion on the card; ``weight`` is after renormalising over what applies."""

    criterion: Criterion
    weight: float
    score: Score
    points: Decimal | None


class LeftOut(Frozen):
    """A criterion that does not apply, and why."""

    criterion: Criterion
    reason: str


class Scorecard(Frozen):
    """Scores by criterion, the total or why it is withheld, and where it all came from."""

    assignment: str
    assignment_version: int
    submission: str
    track: Track
    edition: str
    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...] = ()
    total: Decimal | None
    total_interval: tuple[Decimal, Decimal] | None = None
    withheld: str = ""  # why there is no total
    gates: tuple[str, ...] = ()  # caps that were applied, as sentences
    needs_human: tuple[str, ...] = ()
    provenance: dict[str, str]

    @model_validator(mode="after")
    def _no_total_while_anything_is_ungraded(self) -> Self:
        ungraded = any(line.score.verdict is Verdict.UNGRADED for line in self.lines)
        if ungraded == (self.total is not None):
            raise ValueError("a total is given exactly when every criterion is graded")
        return self
