"""D3: what cannot be answered is refused with a reason, what can is answered, and the server lives on.

value = refused x answered x sturdy x alive

refused    over the bad requests: 1 for a 4xx whose message names the field, .75 for one that does not name
           it, .5 for a 4xx without words, 0 for anything else
answered   the share of edge rows, odd but valid, that get a 200 and a probability: a blanket 400 has none
sturdy     over requests drawn at random around a valid row (docker/runner/drawn.py): 1 when every one is
           answered, and none with a 5xx; falling to .5 where a fifth are not
alive      1 when it is healthy afterwards and says of a row what it said before; .3 when it is not
"""

from __future__ import annotations

import re

from graders.deployment import observed
from graders.deployment.observed import PROBE, STAGE, Asked, Case, Edge, Probe, quoted
from graders.deployment.parts import first_of
from graders.statistics import ramp
from harness.errors import InfraError
from harness.model import AnswerKey, Evidence, Finding, Grader, NoParams, Place, Score, Severity

UNNAMED, WORDLESS, DEAD = 0.75, 0.5, 0.3
FRAIL_AT, FRAIL = 0.20, 0.5  # ours: a field that nobody thought of fails a request in fifty
STURDY = "answer whatever JSON comes with a 4xx or a prediction: validate types before you compute"
WORDS = re.compile(r"[A-Za-z]{3}")
SAME = 1e-6


def grade(evidence: Evidence, key: AnswerKey, params: NoParams) -> Score:
    """The product of the four."""
    found = observed.probe(evidence)
    if isinstance(found, Score):
        return found
    if not found.bad or not found.edges:
        raise InfraError("the prober asked no bad request, or no edge row")
    credits = [_credit(case) for case in found.bad]
    refused = sum(credits) / len(credits)
    well = [edge for edge in found.edges if _answered(edge)]
    answered = len(well) / len(found.edges)
    alive = 1.0 if _alive(found) else DEAD
    sturdy, about = _sturdy(found)
    told = (
        f"{len([c for c in credits if c])} of {len(credits)} bad requests were refused with a 4xx; "
        f"{sum(case.status >= 500 for case in found.bad)} were answered with a 5xx. "
        f"{len(well)} of {len(found.edges)} odd but valid rows were answered.{about}"
    )
    findings = (*_edges(found), *_dead(found), *_drawn(found), *_cases(found, credits))
    return Score.graded(
        refused * answered * sturdy * alive,
        told + ("" if alive == 1.0 else " Afterwards it was not what it was before."),
        earn_back="" if not findings else _advice(refused, answered, alive, sturdy),
        findings=findings,
        measures={"refused": refused, "answered": answered, "alive": alive, "sturdy": sturdy},
    )


def _sturdy(found: Probe) -> tuple[float, str]:
    """Without such requests, as older images had none, nothing is charged."""
    drawn = found.drawn
    if drawn is None or not drawn.tried:
        return 1.0, ""
    value = 1.0 - (1.0 - FRAIL) * ramp(drawn.failed / drawn.tried, zero=0.0, full=FRAIL_AT)
    return value, f" Of {drawn.tried} requests drawn at random {drawn.failed} crashed it or got no answer."


def _drawn(found: Probe) -> tuple[Finding, ...]:
    drawn = found.drawn
    if drawn is None or not drawn.failed or drawn.smallest is None:
        return ()
    told = f"{quoted(drawn.smallest.sent)} gets: {quoted(drawn.smallest.told)}"
    return (
        Finding(
            what=f"{drawn.failed} of {drawn.tried} drawn requests fail; the smallest: {told}"[:2000],
            place=Place(file=PROBE, stage=STAGE),
            severity=Severity.MAJOR,
            fix=STURDY,
            rule="crash-on-drawn-input",
        ),
    )


def _credit(case: Case) -> float:
    if not 400 <= case.status < 500 or case.fault:
        return 0.0
    if not WORDS.search(case.said):
        return WORDLESS
    return 1.0 if case.field.lower() in case.said.lower() else UNNAMED


def _answered(edge: Edge) -> bool:
    return edge.status == 200 and edge.prediction is not None and -SAME <= edge.prediction <= 1.0 + SAME


def _alive(found: Probe) -> bool:
    after = found.after
    if after is None or after.health.seconds is None or after.one.prediction is None:
        return False
    before = next((one for one in found.one if one.id == after.one.id), None)
    return before is not None and _same(before, after.one)


def _same(before: Asked, after: Asked) -> bool:
    if before.prediction is None or after.prediction is None:
        return False
    return abs(before.prediction - after.prediction) <= SAME


def _cases(found: Probe, credits: list[float]) -> tuple[Finding, ...]:
    lost = sorted(
        ((credit, case) for credit, case in zip(credits, found.bad, strict=True) if credit < 1.0),
        key=lambda entry: (entry[0], -entry[1].status),
    )
    return first_of([_case(case) for _, case in lost])


def _case(case: Case) -> Finding:
    named = f" (field {case.field})" if case.field else ""
    fix = "answer 4xx and say which field is wrong" if case.field else "answer 4xx and say what is wrong"
    crashed = case.status >= 500 or case.status == 0
    return Finding(
        what=f"{case.why}{named}: sent {quoted(case.sent)}, got {case.told}"[:2000],
        place=Place(file=PROBE, stage=STAGE),
        severity=Severity.MAJOR if crashed or case.status < 400 else Severity.MINOR,
        fix=fix,
        rule="crash-on-bad-input"
        if crashed
        else "bad-input-accepted"
        if case.status < 400
        else "unsaid-reason",
    )


def _edges(found: Probe) -> tuple[Finding, ...]:
    return first_of(
        [
            Finding(
                what=f"{edge.why}: row {quoted(edge.id)} is valid, got {edge.told}"[:2000],
                place=Place(file=PROBE, rows=(edge.id,), stage=STAGE),
                severity=Severity.MAJOR,
                fix="answer what the data dictionary allows, as the predict command does",
                rule="valid-row-refused",
            )
            for edge in found.edges
            if not _answered(edge)
        ]
    )


def _dead(found: Probe) -> tuple[Finding, ...]:
    if _alive(found):
        return ()
    after = found.after
    seen = "nobody asked" if after is None else f"health {after.health.told}, a good row {after.one.told}"
    return (
        Finding(
            what=f"after the bad requests the server does not answer as before: {seen}"[:2000],
            place=Place(file=PROBE, stage=STAGE),
            severity=Severity.CRITICAL,
            fix="no request may end or change the server",
            rule="not-alive-after",
        ),
    )


def _advice(refused: float, answered: float, alive: float, sturdy: float) -> str:
    acts = {
        "validate every request and answer 4xx with a message that names the field": refused,
        "answer every row that the data dictionary allows": answered,
        "let no request end the server": alive,
        STURDY: sturdy,
    }
    return "; ".join(act for act, value in acts.items() if value < 1.0)


GRADER = Grader(name="bad_input", needs=(), params=NoParams, grade=grade)
