"""D1: their Dockerfile builds, its container starts and stays, and GET health answers 200.

    value = .30 built + .20 stays up + .35 healthy within 60 s + .15 reachable from outside its container

A server that only answers health earns all of this and nothing of D2.
"""

from __future__ import annotations

from graders.deployment import observed
from graders.deployment.observed import BUILD, STAGE, Probe, Server
from graders.deployment.parts import Part, score
from harness.model import AnswerKey, Ended, Evidence, Finding, Grader, NoParams, Place, Score, Severity

BUILT, STAYS, HEALTHY, REACHABLE = 0.30, 0.20, 0.35, 0.15


def grade(evidence: Evidence, key: AnswerKey, params: NoParams) -> Score:
    """The four parts; without a Dockerfile there is nothing."""
    build, serve = evidence.result(BUILD), evidence.result(STAGE)
    if BUILD not in evidence.stages:
        return observed.unserved(evidence)
    if build.ended is not Ended.FINISHED:
        return _not_built(evidence)
    found = observed.probe(evidence)  # also refuses to blame a server for a prober of ours
    if serve.ended is Ended.SKIPPED:
        parts = [
            _built(evidence),
            *(_lost(n, w, serve.reason) for n, w in (("stays up", STAYS), ("healthy", HEALTHY))),
        ]
        return score([*parts, Part("reachable", REACHABLE, 0.0, "")], measures={})
    server = observed.server(evidence)
    probe = found if isinstance(found, Probe) else None
    parts = [
        _built(evidence),
        _stays(server, probe),
        _healthy(server, probe, evidence),
        _reachable(server, probe),
    ]
    seconds = {} if probe is None else {"healthy_after_s": probe.health.seconds or 0.0}
    return score(parts, measures={"build_s": build.seconds, **seconds})


def _built(evidence: Evidence) -> Part:
    return Part("built", BUILT, 1.0, f"The image was built in {evidence.result(BUILD).seconds:.0f} s.")


def _stays(server: Server, probe: Probe | None) -> Part:
    alive = server.ended in (Ended.FINISHED, Ended.TIMEOUT)
    if alive or (probe and probe.after and probe.after.health.seconds is not None):
        return Part("stays up", STAYS, 1.0, "")
    when = "while it was asked" if probe else "before it was healthy"
    told = f"It ended {when}: {server.reason}"
    return Part("stays up", STAYS, 0.0, told, (_finding(told, "server-ended"),), "keep the server running")


def _healthy(server: Server, probe: Probe | None, evidence: Evidence) -> Part:
    if probe is not None:
        return Part("healthy", HEALTHY, 1.0, f"It was healthy after {probe.health.seconds:.1f} s.")
    reason = evidence.result(STAGE).reason or server.reason
    told = f"It never answered its health path with 200 on port {server.port}: {reason}"
    act = "answer GET on the health path with 200 within 60 s, on the port of $PORT, with a read-only root"
    return Part("healthy", HEALTHY, 0.0, told, (_finding(told, "never-healthy", act),), act)


def _reachable(server: Server, probe: Probe | None) -> Part:
    if probe is None:
        return Part("reachable", REACHABLE, 0.0, "")
    if not probe.only_from_inside:
        return Part("reachable", REACHABLE, 1.0, "")
    told = f"Port {server.port} listens on 127.0.0.1 only: nobody outside the container could reach it."
    act = "bind to 0.0.0.0"
    return Part("reachable", REACHABLE, 0.0, told, (_finding(told, "binds-loopback", act),), act)


def _lost(name: str, weight: float, reason: str) -> Part:
    told = f"It was not started: {reason}"
    return Part(name, weight, 0.0, told, (_finding(told, "not-started"),), "let the training finish")


def _not_built(evidence: Evidence) -> Score:
    build = evidence.result(BUILD)
    told = f"The image was not built: {build.reason or build.ended.value}"
    act = "`docker build .` must end well with the packages of your requirements"
    return Score.missing(
        told,
        earn_back=act,
        findings=(
            Finding(
                what=told[:2000],
                place=Place(file=evidence.submission.settings.serve.dockerfile, stage=BUILD)
                if evidence.submission.settings.serve
                else Place(file="Dockerfile", stage=BUILD),
                severity=Severity.CRITICAL,
                fix=act,
                rule="not-built",
            ),
        ),
    )


def _finding(what: str, rule: str, fix: str = "") -> Finding:
    return Finding(what=what[:2000], place=Place(stage=STAGE), severity=Severity.CRITICAL, fix=fix, rule=rule)


GRADER = Grader(name="service_up", needs=(), params=NoParams, grade=grade)
