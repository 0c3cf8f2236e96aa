"""A5: probabilities that can be taken at their word, and what acting on them is worth.

The loss that recalibration removes on hidden rows (graders/recalibration.py), as a share of what the
reference saves against the base rate. Where the assignment states what an action costs and brings, also what
acting above the candidate's own threshold is worth, against the best threshold for the same predictions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from pydantic import Field

from graders import answers, predictions, standing
from graders.answers import HINT
from graders.ranking import Bools, Floats
from graders.recalibration import Removed, removed
from graders.standing import StandingParams
from graders.statistics import BASELINE_AT, Z95, ramp
from graders.violations import FILE, PredictionsError
from harness.errors import InfraError
from harness.model import AnswerKey, Evidence, Finding, Grader, Place, Score, Severity

STAGE = "predict"
ENOUGH = 0.95  # the best threshold is chosen on the very rows it is judged on
FIX = "recalibrate on held-out rows: class weights and resampling shift probabilities"
FIX_THRESHOLD = "act where the expected gain exceeds the cost, and say so: [claims] threshold"


class CalibrationParams(StandingParams):
    """``full`` and ``zero``: shares of the reference's saving, at which all and nothing is left.

    ``cost`` of acting on a row and ``gain`` when it was positive; 0: the assignment states none.
    ``cost_weight``: the part that acting has, where it does.
    """

    full: float = Field(default=0.05, ge=0.0, lt=1.0)
    zero: float = Field(default=0.50, gt=0.0)
    cost: float = Field(default=0.0, ge=0.0)
    gain: float = Field(default=0.0, ge=0.0)
    cost_weight: float = Field(default=0.3, ge=0.0, le=1.0)


@dataclass(frozen=True)
class Worth:
    """What acting is worth a row: at the threshold used, at the best one; ``own``: it was claimed."""

    threshold: float
    own: bool
    used: float
    best: float

    @property
    def value(self) -> float:
        """The share of the best that is had, full from ENOUGH of it. Nothing to win: nothing is lost."""
        return ramp(self.used, zero=0.0, full=ENOUGH * self.best) if self.best > 0 else 1.0


def grade(evidence: Evidence, key: AnswerKey, params: CalibrationParams) -> Score:
    """Calibration and acting, times how far the ranking is from chance: a constant is calibrated too."""
    sealed = answers.read(key)
    try:
        predicted = predictions.read(evidence, STAGE, sealed.ids)
    except PredictionsError as error:
        return error.score()
    stood = standing.stand(sealed, predicted, "natural", params)
    rows = sealed.of("natural")
    labels, ids = sealed.label[rows], [sealed.ids.names[n] for n in np.flatnonzero(rows)]
    try:
        theirs = removed(labels, predicted[rows], ids)
        reference = removed(labels, sealed.reference[rows], ids)
    except ValueError as error:
        raise InfraError(f"the answer key cannot grade natural rows: {error}", hint=HINT) from error
    saved = _entropy(labels) - reference.recalibrated
    if saved <= 0.0:
        raise InfraError("the reference saves nothing against the base rate", hint=HINT)
    worth = _worth(labels, predicted[rows], evidence.submission.settings.claims.threshold, params)
    knows = min(1.0, stood.place.value / BASELINE_AT)
    return _score(theirs, reference, saved, worth, knows, params)


def _entropy(labels: Bools) -> float:
    """The log loss of the base rate for everybody."""
    rate = float(labels.mean())
    return float(-(rate * np.log(rate) + (1.0 - rate) * np.log(1.0 - rate)))


def _worth(
    labels: Bools, predicted: Floats, threshold: float | None, params: CalibrationParams
) -> Worth | None:
    """None where the assignment states no cost. Without a threshold the one that the costs imply is used."""
    if params.cost <= 0.0 or params.gain <= 0.0:
        return None
    order = np.argsort(-predicted, kind="stable")
    total = np.cumsum(params.gain * labels[order] - params.cost)
    last = np.append(
        predicted[order][1:] != predicted[order][:-1], True
    )  # equal predictions are acted on alike
    best = max(0.0, float(total[last].max()))
    used = params.cost / params.gain if threshold is None else threshold
    acted = predicted >= used
    mine = float((params.gain * labels[acted] - params.cost).sum())
    return Worth(used, threshold is not None, mine / labels.size, best / labels.size)


def _score(
    theirs: Removed,
    reference: Removed,
    saved: float,
    worth: Worth | None,
    knows: float,
    params: CalibrationParams,
) -> Score:
    share, se = theirs.nats / saved, theirs.se / saved
    full = max(params.full, reference.nats / saved)  # nobody has to be better calibrated than the reference

    def valued(at: float) -> float:
        return ramp(at, zero=params.zero + full, full=full)

    def together(calibrated: float) -> float:
        weight = params.cost_weight if worth else 0.0
        return knows * ((1.0 - weight) * calibrated + weight * (worth.value if worth else 0.0))

    value = together(valued(share))
    ends = sorted(together(valued(max(0.0, at))) for at in (share - Z95 * se, share + Z95 * se))
    reason = (
        f"Recalibration removes {theirs.nats:.4f} of a log loss of {theirs.loss:.4f}: {share:.0%} of what "
        f"the reference saves against the base rate (the reference itself {reference.nats / saved:.0%})."
    )
    if worth:
        whose = "their threshold" if worth.own else "the threshold that the costs imply"
        reason += (
            f" Acting above {worth.threshold:.2f}, {whose}, is worth {worth.used:.2f} a row, "
            f"the best is {worth.best:.2f}."
        )
    if knows < 1.0:
        reason += " The ranking is below a simple baseline's, and counts for as much less."
    findings = _findings(value, valued(share), worth, reason)
    return Score.graded(
        value,
        reason,
        interval=(ends[0], ends[1]),
        earn_back="; ".join(finding.fix for finding in findings),
        findings=findings,
        measures={
            "log_loss": theirs.loss,
            "removed": theirs.nats,
            "removed_se": theirs.se,
            "share": share,
            "reference_removed": reference.nats,
        }
        | ({"worth": worth.used, "best_worth": worth.best, "threshold": worth.threshold} if worth else {}),
    )


def _findings(value: float, calibrated: float, worth: Worth | None, reason: str) -> tuple[Finding, ...]:
    """Where it is lost; nothing when nothing is."""
    if value >= 1.0:
        return ()
    where = Place(file=FILE, stage=STAGE)
    found = []
    if calibrated < 1.0:
        severity = Severity.MAJOR if calibrated < 0.5 else Severity.MINOR
        found.append(Finding(what=reason, place=where, severity=severity, fix=FIX, rule="calibration"))
    if worth and worth.value < 1.0:
        what = f"acting above {worth.threshold:.2f} has {worth.value:.0%} of what the best threshold has"
        found.append(
            Finding(what=what, place=where, severity=Severity.INFO, fix=FIX_THRESHOLD, rule="threshold")
        )
    if not found:
        fix = "first a model that ranks better than a simple baseline"
        found.append(
            Finding(what=reason, place=where, severity=Severity.MAJOR, fix=fix, rule="calibrated-chance")
        )
    return tuple(found)


GRADER = Grader(name="calibration", needs=(STAGE,), params=CalibrationParams, grade=grade)
