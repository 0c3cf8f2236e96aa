"""(Fixture, its Outcome, its twin's) -> Ruling: what it gained, and every promise that it broke. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tests.attacks.firing_range import Outcome
from tests.attacks.fixtures import Fixture


class Status(StrEnum):
    """SURVIVED: every promise held. KNOWN: it gains, as its ``known`` says, and breaks nothing else."""

    SURVIVED = "survived"
    KNOWN = "known"
    FAILED = "FAILED"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Ruling:
    """``gain``: points over the twin, the total's or the sum of the criteria that rose, whichever is more."""

    status: Status
    gain: float
    broken: tuple[str, ...]


def rule(fixture: Fixture, outcome: Outcome, twin: Outcome) -> Ruling:
    """Strict both ways: a ``known`` shortfall that shows no more has failed too, so that its mark goes."""
    if twin.total is None:
        why = twin.fault or twin.refused or twin.withheld or "it has no card"
        return Ruling(Status.FAILED, 0.0, (f"its twin {twin.id} was not graded: {why[:300]}",))
    gain = gained(outcome, twin)
    broken = [*_faults(outcome), *outcome.harm, *_bounds(fixture, outcome), *_unmet(fixture, outcome)]
    broken += _runs(fixture, outcome)
    if fixture.honest and -gained_net(outcome, twin) > fixture.loses_at_most:
        broken.append(f"an honest control loses {-gained_net(outcome, twin):.2f}: {_where(outcome, twin)}")
    excess = f"gains {gain:.2f} points over {twin.id}: {_where(outcome, twin)}"
    cheated = gain > fixture.gain_at_most and not fixture.honest
    if fixture.known and not cheated:
        broken.append(f"no longer gains ({gain:.2f}): take its 'known' away")
    if cheated and not fixture.known:
        broken.append(excess)
    if broken:
        return Ruling(Status.FAILED, gain, tuple(broken))
    return Ruling(Status.KNOWN, gain, (excess,)) if cheated else Ruling(Status.SURVIVED, gain, ())


def gained(outcome: Outcome, twin: Outcome) -> float:
    """The stricter of two: what is lost elsewhere must not hide what was won by cheating."""
    rises = [max(0.0, won - twin.points.get(leaf, 0.0)) for leaf, won in outcome.points.items()]
    if not outcome.points or outcome.points.keys() != twin.points.keys():
        return gained_net(outcome, twin)  # another track has other weights: only totals compare
    return round(max(gained_net(outcome, twin), sum(rises)), 2)


def gained_net(outcome: Outcome, twin: Outcome) -> float:
    """The difference of the totals; no card, no points."""
    return round((outcome.total or 0.0) - (twin.total or 0.0), 2)


def _where(outcome: Outcome, twin: Outcome) -> str:
    changes = {leaf: round(won - twin.points.get(leaf, 0.0), 2) for leaf, won in outcome.points.items()}
    return ", ".join(f"{leaf} {change:+.2f}" for leaf, change in changes.items() if change)


def _faults(outcome: Outcome) -> list[str]:
    if outcome.fault:
        return [f"it broke the harness: {outcome.fault[:300]}"]
    if outcome.total is None and not outcome.refused:
        return [f"the total is withheld: {outcome.withheld[:300]}"]
    return []


def _bounds(fixture: Fixture, outcome: Outcome) -> list[str]:
    found = []
    if outcome.seconds > fixture.seconds_at_most:
        found.append(f"took {outcome.seconds:.0f} s, at most {fixture.seconds_at_most:.0f}")
    if outcome.host_mb is not None and outcome.host_mb > fixture.host_mb_at_most:
        found.append(f"took {outcome.host_mb:.0f} MB of the host, at most {fixture.host_mb_at_most:.0f}")
    return found


def _unmet(fixture: Fixture, outcome: Outcome) -> list[str]:
    must = fixture.must
    found = [
        f"{stage} did not say {pattern!r}: {outcome.tails.get(stage, '')[-200:]!r}"
        for stage, pattern in must.said.items()
        if not re.search(pattern, outcome.tails.get(stage, ""))
    ]
    found += _differ("ended", {s: tuple(e) for s, e in must.ended.items()}, outcome.ended)
    found += _differ("took attempts", {s: (n,) for s, n in must.attempts.items()}, outcome.attempts)
    found += _differ("has the verdict", {c: (v,) for c, v in must.verdicts.items()}, outcome.verdicts)
    for leaf, pattern in must.reasons.items():
        if not re.search(pattern, outcome.reasons.get(leaf, "")):
            found.append(f"{leaf} gives no reason {pattern!r}: {outcome.reasons.get(leaf)!r}")
    for leaf, (low, high) in must.points.items():
        if leaf not in outcome.points or not low <= outcome.points[leaf] <= high:
            found.append(f"{leaf} has {outcome.points.get(leaf)} points, not {low}..{high}")
    if must.total and (outcome.total is None or not must.total[0] <= outcome.total <= must.total[1]):
        found.append(f"the total is {outcome.total}, not {must.total[0]}..{must.total[1]}")
    if must.told and not re.search(must.told, outcome.told):
        found.append(f"nobody told {must.told!r}")
    if must.needs_human is not None and bool(outcome.needs_human) != must.needs_human:
        found.append(f"needs a human: {bool(outcome.needs_human)}")
    return [*found, *_refusal(must.refused, outcome)]


def _differ(what: str, wanted: Mapping[str, tuple[object, ...]], found: Mapping[str, object]) -> list[str]:
    return [
        f"{key} {what} {found.get(key)!r}, not {' or '.join(map(str, values))}"
        for key, values in wanted.items()
        if found.get(key) not in values
    ]


def _refusal(pattern: str, outcome: Outcome) -> list[str]:
    if pattern and not re.search(pattern, outcome.refused):
        return [f"it was not refused with {pattern!r} but: {outcome.refused or outcome.fault or 'graded'}"]
    if outcome.refused and not pattern:
        return [f"it was refused: {outcome.refused}"]
    return []


def _runs(fixture: Fixture, outcome: Outcome) -> list[str]:
    if outcome.total is not None and outcome.runs != 1:
        return [f"sent {fixture.times} times, it was graded {outcome.runs} times"]
    return []
