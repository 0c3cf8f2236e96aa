"""D6: SIGTERM ends it within its grace, and twenty requests at once are answered like twenty in turn.

value = .5 stops + .5 together

stops      1 up to half the grace, falling to .5 at its end; 0 when it had to be killed or was dead before
together   1 when every row asked at once gets the answer it got alone, 0 where a fifth does not; 0 when
           the answers alone are all one, as a constant is thread-safe by nature
"""

from __future__ import annotations

from graders.deployment import observed
from graders.deployment.observed import PROBE, STAGE, Asked, Probe, Server, quoted
from graders.deployment.parts import Part, first_of, score
from graders.statistics import ramp
from harness.errors import InfraError
from harness.model import AnswerKey, Ended, Evidence, Finding, Grader, NoParams, Place, Score, Severity

NOTHING_AT = 0.80
SAME = 1e-6
LATE = 0.5
STUB = 0.5


def grade(evidence: Evidence, key: AnswerKey, params: NoParams) -> Score:
    """Both halves."""
    found = observed.probe(evidence)
    if isinstance(found, Score):
        return found
    server = observed.server(evidence)
    stop = {} if server.stop_s is None else {"stop_s": server.stop_s}
    together = _together(found)
    factor, because = (1.0, None) if found.answers else (STUB, together.findings[0])
    return score([_stops(server), together], factor=factor, because=because, measures=stop)


def _stops(server: Server) -> Part:
    act = "on SIGTERM stop taking requests, finish those under way and exit"
    if server.ended is Ended.FINISHED and server.stop_s is not None:
        value = 1.0 - LATE * ramp(server.stop_s, zero=server.grace_s / 2, full=server.grace_s)
        told = f"It stopped {server.stop_s:.1f} s after SIGTERM."
        late = () if value == 1.0 else (_finding(told, "slow-stop", act, Severity.MINOR),)
        return Part("stops", 0.5, value, told, late, act)
    told = f"It did not stop as it should: {server.reason or server.ended.value}"
    return Part("stops", 0.5, 0.0, told, (_finding(told, "no-clean-stop", act),), act)


def _together(found: Probe) -> Part:
    if not found.at_once:
        raise InfraError("the prober asked nothing at once")
    alone = {one.id: one.prediction for one in found.one}
    if not found.answers:
        told = "The answers to different rows are all the same, so that asking them at once shows nothing"
        act = "answer each row with its own prediction"
        return Part("together", 0.5, 0.0, "", (_finding(told, "one-answer", act),))
    differ = [one for one in found.at_once if not _same(one, alone.get(one.id))]
    share = 1.0 - len(differ) / len(found.at_once)
    told = (
        f"Asked at once, {len(found.at_once) - len(differ)} of {len(found.at_once)} rows got the same answer."
    )
    act = "share nothing between requests that a request changes"
    findings = [_changed(one, alone.get(one.id), act) for one in differ]
    return Part("together", 0.5, ramp(share, zero=NOTHING_AT, full=1.0), told, first_of(findings), act)


def _same(one: Asked, alone: float | None) -> bool:
    return one.prediction is not None and alone is not None and abs(one.prediction - alone) <= SAME


def _changed(one: Asked, alone: float | None, act: str) -> Finding:
    now = one.told if one.prediction is None else f"{one.prediction:.9g}"
    before = "nothing" if alone is None else f"{alone:.9g}"
    what = f"row {quoted(one.id)}: {before} alone, {now} among many at once"
    place = Place(file=PROBE, rows=(one.id,), stage=STAGE)
    return Finding(what=what[:2000], place=place, severity=Severity.MAJOR, fix=act, rule="not-thread-safe")


def _finding(what: str, rule: str, fix: str, severity: Severity = Severity.MAJOR) -> Finding:
    return Finding(what=what[:2000], place=Place(stage=STAGE), severity=severity, fix=fix, rule=rule)


GRADER = Grader(name="stops_well", needs=(), params=NoParams, grade=grade)
