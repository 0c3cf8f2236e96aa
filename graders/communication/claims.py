"""E2: what the candidate says the model reaches, against what it reaches on rows nobody has seen.

z = gap / its standard error; full credit up to 2, none from 4 on. The gap counts both ways: a claim far too
low is as little use to whoever decides as one far too high.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from pydantic import Field

from graders import answers, predictions
from graders.answers import HINT
from graders.ranking import Ranking
from graders.standing import sentence_case
from graders.statistics import Z95, Comparison, compare, hanley_mcneil_se, ramp
from graders.violations import PredictionsError, shown
from harness.errors import InfraError
from harness.model import (
    AnswerKey,
    Chart,
    Claims,
    Evidence,
    Finding,
    Grader,
    Metric,
    Params,
    Place,
    Score,
    Severity,
)

STAGE = "predict"
TOML = "submission.toml"
SYNONYMS = {
    Metric.ROC_AUC: frozenset(
        {"rocauc", "auc", "auroc", "aucroc", "rocaucscore", "areaundertheroccurve", "areaunderroc"}
    ),
    Metric.AVERAGE_PRECISION: frozenset(
        {"averageprecision", "averageprecisionscore", "ap", "auprc", "prauc", "aucpr", "aupr"}
    ),
}
FULL_Z, ZERO_Z = 2.0, 4.0
MOST_ROUNDING = 0.005  # a claim is expected to have two decimals; fewer do not widen what counts as true


class ClaimsParams(Params):
    """``claim_rows``: on how many rows a candidate can have measured: the public validation set.

    ``metric``: the assignment's; a claim that names another is none.
    """

    metric: Metric = Metric.ROC_AUC
    claim_rows: int = Field(default=500, ge=20)


@dataclass(frozen=True)
class Claim:
    """A usable claim: an area, half a unit of its last digit, and what was understood."""

    area: float
    rounding: float
    note: str = ""


def grade(evidence: Evidence, key: AnswerKey, params: ClaimsParams) -> Score:
    """The claim of submission.toml against the area on natural rows."""
    sealed = answers.read(key)
    claims = evidence.submission.settings.claims
    read = understood(claims, params.metric)
    if isinstance(read, str):
        return _no_claim(read, params.metric)
    try:
        predicted = predictions.read(evidence, STAGE, sealed.ids)
    except PredictionsError as error:
        return error.score()
    rows = sealed.of("natural")
    try:
        ranking = Ranking(sealed.label[rows], predicted[rows])
        measured = compare(ranking, metric=params.metric)
    except ValueError as error:
        raise InfraError(f"the answer key cannot grade natural rows: {error}", hint=HINT) from error
    return _score(read, measured, standard_error(read, ranking, measured, params), params)


def standard_error(claim: Claim, ranking: Ranking, measured: Comparison, params: ClaimsParams) -> float:
    """The standard error of a claim measured on ``claim_rows`` rows like ours.

    For a ROC area by its size alone (Hanley & McNeil). For average precision no such formula holds, so the
    error measured here is carried over by the square root of the rows.
    """
    if params.metric is Metric.AVERAGE_PRECISION:
        return measured.se() * math.sqrt(ranking.labels.size / params.claim_rows)
    rate = ranking.positives / ranking.labels.size
    return hanley_mcneil_se(claim.area, params.claim_rows * rate, params.claim_rows * (1.0 - rate))


def understood(claims: Claims, wanted: Metric = Metric.ROC_AUC) -> Claim | str:
    """The claim, or why it is none."""
    if claims.value is None:
        return "Nothing was claimed."
    metric = "".join(c for c in claims.metric.lower() if c.isalpha())
    if metric not in SYNONYMS[wanted]:
        named = shown(claims.metric) if claims.metric else "no metric"
        return f"The claim names {named}; the assignment's metric is {wanted.value}."
    value, note = claims.value, ""
    if math.isfinite(value) and 1.0 < value <= 100.0:
        value, note = value / 100.0, f" ({claims.value:g} was read as a percentage)"
    if not 0.0 <= value <= 1.0:  # also false for NaN
        return f"The claim {claims.value:g} is not an area: it must be within 0..1."
    decimals = len(f"{value:.12f}".rstrip("0").partition(".")[2])
    return Claim(value, min(MOST_ROUNDING, 0.5 * 10.0**-decimals), note)


def _score(claim: Claim, measured: Comparison, claim_se: float, params: ClaimsParams) -> Score:
    area, se = float(measured.areas[0]), measured.se()
    both = math.hypot(se, claim_se)
    if area - Z95 * se <= measured.chance:
        return _nothing_to_claim(area, se)
    z = _z(claim, area, both)
    value = _value(z)
    ends = sorted(_value(_z(claim, a, both)) for a in (area - Z95 * se, area, area + Z95 * se))
    way = "more" if claim.area > area else "less"
    gap = (
        f"{sentence_case(params.metric.label)}: claimed {claim.area:.4g}{claim.note}, "
        f"measured {area:.4f} on fresh rows: "
        f"{abs(claim.area - area):.4f} {way} than measured, {z:.1f} standard errors"
    )
    findings: tuple[Finding, ...] = ()
    if value < 1.0:
        high = claim.area > area
        fix = (
            "evaluate on rows that no step has seen: split first; leave out what is known only afterwards"
            if high
            else "evaluate the model you send, on rows like those it will meet"
        )
        severity = Severity.MAJOR if value < 0.5 else Severity.MINOR
        place = Place(file=TOML, stage=STAGE)
        findings = (Finding(what=gap, place=place, severity=severity, fix=fix, rule="claims-gap"),)
    return Score.graded(
        value,
        f"{gap} of both measurements ({params.claim_rows} rows for the claim). {_verdict(value)}",
        interval=(ends[0], ends[-1]),
        earn_back="" if value == 1.0 else findings[0].fix,
        findings=findings,
        measures={
            "claimed": claim.area,
            "measured": area,
            "gap": claim.area - area,
            "z": z,
            "measured_se": se,
        }
        | {"claim_se": claim_se},
        charts=(_chart(claim, area, se, claim_se, params.metric),),
    )


def _z(claim: Claim, area: float, se: float) -> float:
    """How many standard errors lie between them, less what rounding explains."""
    gap = max(0.0, abs(claim.area - area) - claim.rounding)
    return min(99.0, gap / max(se, 1e-9))


def _value(z: float) -> float:
    return ramp(z, zero=ZERO_Z, full=FULL_Z)


def _verdict(value: float) -> str:
    if value == 1.0:
        return "That is what measuring honestly looks like."
    return "That is more than chance explains." if value == 0.0 else "Chance may explain a part of it."


def _nothing_to_claim(area: float, se: float) -> Score:
    """A constant that is claimed to be one is true, and took no measuring."""
    why = f"The predictions rank no better than chance ({area:.4f}, standard error {se:.4f})."
    act = "first a model that beats chance on unseen rows, then what it reaches"
    finding = Finding(
        what=why, place=Place(file=TOML, stage=STAGE), severity=Severity.MAJOR, fix=act, rule="no-model"
    )
    return Score.graded(
        0.0, why, earn_back=act, findings=(finding,), measures={"measured": area, "measured_se": se}
    )


def _no_claim(why: str, metric: Metric) -> Score:
    act = (
        f'say what the model reaches on unseen rows: [claims] metric = "{metric.value}", '
        'value = 0.84, how = "..."'
    )
    return Score.missing(
        why,
        earn_back=act,
        findings=(
            Finding(what=why, place=Place(file=TOML), severity=Severity.MINOR, fix=act, rule="no-claim"),
        ),
    )


def _chart(claim: Claim, area: float, se: float, claim_se: float, metric: Metric) -> Chart:
    both = ((claim.area, claim_se), (area, se))
    return Chart(
        kind="intervals",
        title="Claimed and measured",
        y_label=metric.label,
        x=("claimed", "measured"),
        y=tuple(round(a, 5) for a, _ in both),
        low=tuple(round(max(0.0, a - Z95 * s), 5) for a, s in both),
        high=tuple(round(min(1.0, a + Z95 * s), 5) for a, s in both),
        caption="95 % intervals; an honest estimate and its measurement overlap.",
    )


GRADER = Grader(name="claims", needs=(STAGE,), params=ClaimsParams, grade=grade)
