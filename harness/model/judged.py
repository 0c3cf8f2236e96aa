"""A judgement of one criterion: a verdict, a value, and the evidence for it."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any, Self

from pydantic import Field, model_validator

from harness.model.findings import Chart, Finding
from harness.model.values import Frozen


class Verdict(StrEnum):
    """GRADED has a value; MISSING is 0 for a stated reason; UNGRADED is ours and has none."""

    GRADED = "graded"
    MISSING = "missing"
    UNGRADED = "ungraded"


class Score(Frozen):
    """A judgement of one criterion: value 0..1 and the evidence for it."""

    verdict: Verdict
    value: float | None = None
    interval: tuple[float, float] | None = None  # about 95 %
    reason: str = Field(min_length=1)
    earn_back: str = ""  # what would earn the lost part
    findings: tuple[Finding, ...] = ()
    measures: dict[str, float] = {}
    charts: tuple[Chart, ...] = ()
    suspicious: str = ""  # non-empty: a person must look; never a zero by itself

    @model_validator(mode="after")
    def _a_score_has_a_value_unless_it_is_ungraded(self) -> Self:
        if self.verdict is Verdict.UNGRADED:
            if self.value is not None:
                raise ValueError("an ungraded score has no value")
            return self
        if self.value is None or not 0.0 <= self.value <= 1.0:
            raise ValueError(f"a score is within 0..1, not {self.value!r}")
        if self.verdict is Verdict.MISSING and self.value != 0.0:
            raise ValueError("a missing score is 0")
        if self.interval and not 0.0 <= self.interval[0] <= self.interval[1] <= 1.0:
            raise ValueError(f"an interval is ordered and within 0..1, not {self.interval!r}")
        if bad := [k for k, v in self.measures.items() if not math.isfinite(v)]:
            raise ValueError(f"measures are finite numbers: {bad}")
        return self

    @classmethod
    def graded(cls, value: float, reason: str, **rest: Any) -> Score:
        """A value, rounded to a millionth so that a grade is the same on every machine."""
        return cls(verdict=Verdict.GRADED, value=round(min(1.0, max(0.0, value)), 6), reason=reason, **rest)

    @classmethod
    def missing(cls, reason: str, **rest: Any) -> Score:
        """Zero, for a stated reason that is the candidate's."""
        return cls(verdict=Verdict.MISSING, value=0.0, reason=reason, **rest)

    @classmethod
    def ungraded(cls, reason: str) -> Score:
        """No value, for a reason that is ours."""
        return cls(verdict=Verdict.UNGRADED, reason=reason)


def points(value: float, weight: float) -> Decimal:
    """``value * weight`` in hundredths of a point, halves up (floats would print 71.25 as 71.2)."""
    exact = Decimal(str(value)) * Decimal(str(weight))
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def as_score(answer: object) -> Score:
    """What a grader answered, which no type checker has seen when it is not one of ours.

    Raises:
        TypeError: it is no Score.
    """
    if not isinstance(answer, Score):
        raise TypeError(f"it answered with a {type(answer).__name__}, not with a Score")
    return answer
