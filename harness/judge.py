"""Evidence + AnswerKey -> Scorecard. Pure: same evidence, same grade. The fault policy stands here, once."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt
from typing import Any

from harness.assignment import params_of
from harness.errors import SubmissionError
from harness.model import (
    AnswerKey,
    Assignment,
    Criterion,
    Ended,
    Evidence,
    Grader,
    LeftOut,
    Line,
    Score,
    Scorecard,
    Told,
    Trust,
    Verdict,
    as_score,
    points,
)

log = logging.getLogger(__name__)

NOTHING_RUNS_CAP = Decimal(25)
HUNDREDTH = Decimal("0.01")
GATED_STAGES = ("predict",)  # what must have finished for a submission to count as running


def judge(
    evidence: Evidence,
    key: AnswerKey,
    assignment: Assignment,
    graders: Mapping[str, Grader[Any]],
    *,
    edition: str,
    provenance: Mapping[str, str],
) -> Scorecard:
    """Judge every criterion that applies, and add up only when all of them have a value."""
    track = evidence.submission.track
    scores = {
        c.id: score_one(c, evidence, key, graders, assignment.told)
        for c in assignment.rubric
        if track in c.tracks
    }
    return card_of(scores, evidence, assignment, edition=edition, provenance=provenance)


def card_of(
    scores: Mapping[str, Score],
    evidence: Evidence,
    assignment: Assignment,
    *,
    edition: str,
    provenance: Mapping[str, str],
) -> Scorecard:
    """What these scores, by criterion, come to with the weights of ``assignment``: another level, say."""
    track = evidence.submission.track
    applies = [c for c in assignment.rubric if track in c.tracks]
    left_out = tuple(
        LeftOut(criterion=c, reason=f"does not apply to the {track.value} track")
        for c in assignment.rubric
        if track not in c.tracks
    )
    scale = 100.0 / sum(c.weight for c in applies)
    lines = tuple(_line(c, c.weight * scale, scores[c.id]) for c in applies)
    ungraded = [line.criterion.id for line in lines if line.score.verdict is Verdict.UNGRADED]
    gates = () if ungraded else _gates(evidence)
    total = None if ungraded else _total(lines, capped=bool(gates))
    return Scorecard(
        assignment=assignment.slug,
        assignment_version=assignment.version,
        submission=evidence.submission.digest,
        track=track,
        edition=edition,
        lines=lines,
        left_out=left_out,
        total=total,
        total_interval=None if total is None else _interval(lines, total, capped=bool(gates)),
        withheld=f"{', '.join(ungraded)} could not be graded, and not by the candidate's fault"
        if ungraded
        else "",
        gates=gates,
        needs_human=tuple(
            f"{line.criterion.id}: {line.score.suspicious}" for line in lines if line.score.suspicious
        ),
        provenance=dict(sorted(provenance.items())),
    )


def score_one(
    criterion: Criterion,
    evidence: Evidence,
    key: AnswerKey,
    graders: Mapping[str, Grader[Any]],
    told: Told,
) -> Score:
    """One criterion, by the fault policy: theirs is MISSING, ours is UNGRADED.

    This holds the program's only broad ``except``: a bug of a grader's must not cost a candidate,
    and must not be hidden either.
    """
    grader = graders[criterion.grader]
    for stage in grader.needs:
        result = evidence.result(stage)
        if result.writer is Trust.TOOLS and result.ended not in (Ended.FINISHED, Ended.SKIPPED):
            return Score.ungraded(f"our own stage {stage} failed: {result.reason or result.ended.value}")
        if result.ended is not Ended.FINISHED:
            return Score.missing(f"{stage} did not finish: {result.reason or result.ended.value}")
    try:
        return as_score(grader.grade(evidence, key, params_of(criterion, graders, told=told)))
    except SubmissionError as error:
        hint = f" ({error.hint})" if error.hint else ""
        return Score.missing(f"{error}{hint}")
    except (Exception, SystemExit) as error:
        log.exception("grader %s failed on %s", grader.name, criterion.id)
        return Score.ungraded(f"our grader {grader.name!r} failed: {type(error).__name__}: {error}"[:500])


def _line(criterion: Criterion, weight: float, score: Score) -> Line:
    weight = round(weight, 4)
    return Line(
        criterion=criterion,
        weight=weight,
        score=score,
        points=None if score.value is None else points(score.value, weight),
    )


def _gates(evidence: Evidence) -> tuple[str, ...]:
    unfinished = [s for s in GATED_STAGES if evidence.result(s).ended is not Ended.FINISHED]
    if not unfinished:
        return ()
    return (f"{unfinished[0]} did not finish, so the total is at most {NOTHING_RUNS_CAP}",)


def _total(lines: tuple[Line, ...], *, capped: bool) -> Decimal:
    total = sum((line.points for line in lines if line.points is not None), Decimal(0))
    total = min(total, NOTHING_RUNS_CAP) if capped else total
    return min(total, Decimal(100)).quantize(HUNDREDTH)


def _interval(lines: tuple[Line, ...], total: Decimal, *, capped: bool) -> tuple[Decimal, Decimal] | None:
    """Half widths of the criteria added in quadrature: their errors are taken as independent."""
    halves = [
        (line.score.interval[1] - line.score.interval[0]) / 2 * line.weight
        for line in lines
        if line.score.interval
    ]
    if capped or not any(halves):
        return None
    half = Decimal(str(sqrt(sum(h * h for h in halves)))).quantize(HUNDREDTH, ROUND_HALF_UP)
    return max(Decimal(0), total - half), min(Decimal(100), total + half)
