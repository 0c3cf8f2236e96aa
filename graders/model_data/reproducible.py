"""A6: the same data and code give the same model: trained again, it says the same of hidden rows.

The second training ran in a fresh container under another PYTHONHASHSEED. Predictions are compared, not model
files: what a model is stored as is nobody's concern.
"""

from __future__ import annotations

import numpy as np

from graders import answers, predictions, standing
from graders.model_data.ruler import Ruler
from graders.standing import StandingParams
from graders.statistics import BASELINE_AT
from graders.violations import FILE, PredictionsError
from harness.model import AnswerKey, Evidence, Finding, Grader, Place, Score, Severity

STAGE, AGAIN = "predict", "predict-retrained"
MOST = 95.0  # percentile of the rows that must agree: a few on the edge of a split may not
# changes on the reference's scale, and what is left at each: straight lines between, flat beyond
CHANGES, VALUES = (1e-6, 2e-6, 0.005, 0.02, 0.10), (1.0, 0.7, 0.7, 0.4, 0.0)
FIX = "seed every source of chance (splits, models, sampling), and let nothing hang on the order of a set"


class ReproducibleParams(StandingParams):
    """As for every standing."""


def grade(evidence: Evidence, key: AnswerKey, params: ReproducibleParams) -> Score:
    """The curve's value, times how far the ranking is from chance: a constant repeats itself too."""
    sealed = answers.read(key)
    try:
        first = predictions.read(evidence, STAGE, sealed.ids)
        second = predictions.read(evidence, AGAIN, sealed.ids)
    except PredictionsError as error:
        return error.score()
    stood = standing.stand(sealed, first, "natural", params)
    rows = sealed.of("natural")
    moved = Ruler(first[rows], sealed.reference[rows]).shifts(first[rows], second[rows])
    exact = np.abs(first[rows] - second[rows])
    most = float(np.percentile(exact if exact.max() <= CHANGES[0] else moved, MOST))
    knows = min(1.0, stood.place.value / BASELINE_AT)
    value = knows * float(np.interp(most, CHANGES, VALUES))
    reason = (
        f"Trained again with another hash seed, {MOST:.0f} % of {moved.size:,} predictions change by at most "
        f"{most:.2g} (on the reference's scale); the largest change is {float(exact.max()):.2g}."
    )
    findings: tuple[Finding, ...] = ()
    if value < 1.0:
        severity = Severity.MINOR if value >= VALUES[2] else Severity.MAJOR
        place = Place(file=FILE, stage=AGAIN)
        findings = (Finding(what=reason, place=place, severity=severity, fix=FIX, rule="not-reproducible"),)
    return Score.graded(
        value,
        reason,
        earn_back=FIX if findings else "",
        findings=findings,
        measures={"changed": most, "largest_change": float(exact.max()), "rows": float(moved.size)},
    )


GRADER = Grader(name="reproducible", needs=(STAGE, AGAIN), params=ReproducibleParams, grade=grade)
