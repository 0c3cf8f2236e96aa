"""A1: the assignment's metric on fresh natural rows, between chance, baseline, reference and best."""

from __future__ import annotations

from graders import answers, predictions, standing
from graders.standing import BASELINE, REFERENCE, Standing, StandingParams
from graders.statistics import BASELINE_AT, BEST_AT, NAIVE_AT, REFERENCE_AT
from graders.violations import FILE, PredictionsError
from harness.model import AnswerKey, Chart, Evidence, Grader, Metric, Score

STAGE = "predict"
CURVE_POINTS = 80
CALIBRATION_BINS = 10


class HiddenScoreParams(StandingParams):
    """As for every standing."""


def grade(evidence: Evidence, key: AnswerKey, params: HiddenScoreParams) -> Score:
    """Natural rows only; the interval is paired against both anchors on the same rows."""
    sealed = answers.read(key)
    try:
        predicted = predictions.read(evidence, STAGE, sealed.ids)
    except PredictionsError as error:
        return error.score()
    stood = standing.stand(sealed, predicted, "natural", params)
    return Score.graded(
        stood.place.value,
        _reason(stood),
        interval=stood.place.interval,
        earn_back=_earn_back(stood),
        findings=stood.findings(STAGE, FILE, "cross-validate features and models; see what the errors share"),
        measures=stood.measures
        | {
            "auc": stood.candidate.auc,
            "average_precision": stood.candidate.average_precision,
            "log_loss": stood.candidate.log_loss,
            "brier": stood.candidate.brier,
        },
        charts=(_scale(stood), _curve(stood), _calibration(stood)),
    )


def _reason(stood: Standing) -> str:
    value = stood.place.value
    if stood.inverted:
        return f"{stood.sentence} That is worse than chance: the predictions look inverted."
    if value <= 0.0:
        return f"{stood.sentence} That cannot be told from chance."
    if value < BASELINE_AT:
        return f"{stood.sentence} That is below a simple honest baseline."
    if value < REFERENCE_AT:
        return f"{stood.sentence} That is between the baseline and the reference."
    return f"{stood.sentence} That is at the level of the reference or above it."


def _earn_back(stood: Standing) -> str:
    if stood.place.value >= BEST_AT:
        return ""
    if stood.inverted:
        return "predict the probability of the positive class, not of the other one"
    target = next(
        area
        for at, area in (
            (BASELINE_AT, stood.area(BASELINE)),
            (REFERENCE_AT, stood.area(REFERENCE)),
            (2.0, stood.place.best),
        )
        if stood.place.value < at
    )
    return f"an {stood.metric.label} above {target:.3f} on fresh rows earns the next part"


def _scale(stood: Standing) -> Chart:
    at = (stood.comparison.chance, stood.area(BASELINE), stood.area(REFERENCE), stood.place.best)
    return Chart(
        kind="scale",
        title="Where the model stands",
        x=tuple(f"{n} {a:.3f}" for n, a in zip(("chance", "baseline", "reference", "best"), at, strict=True)),
        y=(stood.place.value,),
        low=(NAIVE_AT, BASELINE_AT, REFERENCE_AT, BEST_AT),
        caption=f"The marker is this submission, {stood.metric.label} {stood.area():.3f}; "
        "all are measured on the same rows.",
    )


def _curve(stood: Standing) -> Chart:
    """The curve whose area the metric is."""
    if stood.metric is Metric.ROC_AUC:
        title, labels = "ROC curve on hidden rows", ("false positive rate", "true positive rate")
        along, up = stood.candidate.curve(CURVE_POINTS)
        caption = "The nearer to the upper left corner, the better the ranking; the diagonal is chance."
    else:
        title, labels = "Precision and recall on hidden rows", ("recall", "precision")
        along, up = stood.candidate.precision_curve(CURVE_POINTS)
        caption = (
            "Of the rows ranked highest, the share that is positive, as more of all positives are found; "
            f"chance stays at {stood.comparison.chance:.3f}."
        )
    return Chart(
        kind="line",
        title=title,
        x_label=labels[0],
        y_label=labels[1],
        x=tuple(round(float(a), 5) for a in along),
        y=tuple(round(float(u), 5) for u in up),
        caption=caption,
    )


def _calibration(stood: Standing) -> Chart:
    said, seen = stood.candidate.calibration(CALIBRATION_BINS)
    return Chart(
        kind="bars",
        title="Calibration on hidden rows",
        x_label="mean prediction of each tenth of the rows",
        y_label="observed rate",
        x=tuple(f"{s:.3f}" for s in said),
        y=tuple(round(float(s), 5) for s in seen),
        caption="A calibrated model has bars as high as the number below them. Shown here, not scored.",
    )


GRADER = Grader(name="hidden_score", needs=(STAGE,), params=HiddenScoreParams, grade=grade)
