"""Totals of the controls -> is the order as it must be, and further apart than chance? Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from harness.certificate import Check
from harness.certify.controls import BELOW_NAIVE, LADDER, NEEDED, Golden, Kind

Totals = Mapping[str, Decimal | None]
ACT = "mend the control that is out of place, or the weights; then certify again"


@dataclass(frozen=True)
class Replicates:
    """Totals of every control with one group of entities left out, group by group.

    ``error_of`` is the delete-a-group jackknife: both controls lose the same rows, so what they have in
    common cancels (P. S. Kott, J. Official Statistics 17 (2001) 521).
    """

    totals: Mapping[str, Sequence[Decimal]]

    def error_of(self, one: str, other: str) -> float | None:
        """Standard error of the difference of two totals; None where one of them was not graded."""
        if not (self.totals.get(one) and self.totals.get(other)):
            return None
        apart = [float(a - b) for a, b in zip(self.totals[one], self.totals[other], strict=True)]
        mean, groups = sum(apart) / len(apart), len(apart)
        return float(((groups - 1) / groups * sum((d - mean) ** 2 for d in apart)) ** 0.5)


def complete(controls: Sequence[Golden]) -> Check:
    """Every kind that the order speaks of is there."""
    absent = [kind.value for kind in NEEDED if kind not in {g.kind for g in controls}]
    return Check(
        name="controls",
        passed=not absent,
        told=f"no control of kind {', '.join(absent)}" if absent else f"{len(controls)} controls, every kind",
        act="add submissions/<name>/ and expect/<name>.yaml with control: " + (absent[0] if absent else ""),
    )


def all_graded(controls: Sequence[Golden], totals: Totals, why: Mapping[str, str]) -> Check:
    """A total for every control: a withheld one means that our graders or anchors fail."""
    without = [g.name for g in controls if totals[g.name] is None]
    return Check(
        name="graded",
        passed=not without,
        told=f"{without[0]}: {why[without[0]]}" if without else "every control has a total",
        act="mend what the message names: it is ours, not the submission's",
    )


def order(controls: Sequence[Golden], totals: Totals, errors: Replicates | None, *, level: str = "") -> Check:
    """reference > careful > baseline > naive > each near-miss and cheat; broken at the bottom.

    With ``errors`` every step is also wider than its paired standard error. Over-engineering earns nothing
    over the reference, beyond that error.
    """
    broken = [
        *_steps(controls, totals, errors),
        *_not_above(controls, totals, errors),
        *_lowest(controls, totals),
    ]
    ladder = " > ".join(f"{g.name} {totals[g.name]}" for g in controls if g.kind in LADDER)
    apart = "; each step is wider than its paired standard error" if errors and not broken else ""
    return Check(
        name=f"order at the {level} level" if level else "order",
        passed=not broken,
        told="; ".join(broken) if broken else ladder + apart,
        act=ACT,
    )


def _steps(controls: Sequence[Golden], totals: Totals, errors: Replicates | None) -> Iterator[str]:
    """Every pair of neighbours on the ladder that is not surely in order."""
    kinds = [kind for kind in LADDER if kind in {g.kind for g in controls}]
    steps = [*pairwise(kinds), *((kinds[-1], lower) for lower in BELOW_NAIVE if kinds)]
    pairs = [(a, b) for one, other in steps for a in _of(controls, one) for b in _of(controls, other)]
    for a, b in pairs:
        one, other = totals[a.name], totals[b.name]
        if one is None or other is None:
            continue
        error = errors.error_of(a.name, b.name) if errors else None
        if one <= other:
            yield f"{a.name} ({one}) is not above {b.name} ({other})"
        elif error is not None and float(one - other) <= error:
            yield f"{a.name} ({one}) is above {b.name} ({other}) by less than the standard error, {error:.2f}"


def _not_above(controls: Sequence[Golden], totals: Totals, errors: Replicates | None) -> Iterator[str]:
    for best in _of(controls, Kind.REFERENCE):
        for other in _of(controls, Kind.OVER_ENGINEERED):
            one, limit = totals[other.name], totals[best.name]
            if one is None or limit is None:
                continue
            error = (errors.error_of(other.name, best.name) if errors else None) or 0.0
            if float(one - limit) > error:
                yield f"{other.name} ({one}) is above {best.name} ({limit}): over-engineering pays"


def _lowest(controls: Sequence[Golden], totals: Totals) -> Iterator[str]:
    """What does not run is at the bottom of all but the cheats, which may be there too."""
    for broken in _of(controls, Kind.BROKEN):
        for other in controls:
            one, total = totals[broken.name], totals[other.name]
            if (
                other.kind not in (Kind.BROKEN, Kind.CHEAT)
                and one is not None
                and total is not None
                and one > total
            ):
                yield f"{broken.name} ({one}) is not below {other.name} ({total})"


def _of(controls: Sequence[Golden], kind: Kind) -> list[Golden]:
    return [g for g in controls if g.kind is kind]
