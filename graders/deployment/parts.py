"""Weighted parts of a score: each says what it saw, and what would earn back what it lost."""

from __future__ import annotations

from dataclasses import dataclass

from harness.model import Finding, Score

SHOWN = 10


@dataclass(frozen=True)
class Part:
    """``value`` 0..1 of ``weight``. Whoever loses something says where, and what would mend it."""

    name: str
    weight: float
    value: float
    told: str
    findings: tuple[Finding, ...] = ()
    advice: str = ""


def score(
    parts: list[Part], *, factor: float = 1.0, because: Finding | None = None, measures: dict[str, float]
) -> Score:
    """The weighted mean of ``parts`` times ``factor``; ``because`` says why when it costs something."""
    total = sum(part.weight for part in parts)
    value = factor * sum(part.weight * part.value for part in parts) / total
    reasons = (because,) if because and factor < 1.0 else ()
    advice = [part.advice for part in parts if part.value < 1.0 and part.advice]
    told = [part.told for part in parts if part.told] + [f"{reason.what}." for reason in reasons]
    return Score.graded(
        value,
        " ".join(told) or "All that is looked at is as it should be.",
        earn_back="; ".join(dict.fromkeys([*advice, *(reason.fix for reason in reasons)])),
        findings=(*reasons, *(f for part in parts for f in part.findings)),
        measures={**{part.name: part.value for part in parts}, **measures},
    )


def first_of(findings: list[Finding]) -> tuple[Finding, ...]:
    """At most SHOWN of one kind; the last one says how many are left unsaid."""
    if len(findings) <= SHOWN:
        return tuple(findings)
    last = findings[SHOWN - 1]
    more = f"{last.what[:1900]} (and {len(findings) - SHOWN} more of this kind)"
    return (*findings[: SHOWN - 1], last.model_copy(update={"what": more}))
