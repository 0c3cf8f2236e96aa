"""A2: the same area on rows with other rates and forms of mess, between the anchors on those rows."""

from __future__ import annotations

from graders import answers, predictions, standing
from graders.standing import BASELINE, CANDIDATE, REFERENCE, Standing, StandingParams
from graders.statistics import BEST_AT, REFERENCE_AT, Z95
from graders.violations import FILE, PredictionsError
from harness.model import AnswerKey, Chart, Evidence, Grader, Score

STAGE = "predict"
FIX = (
    "clean by rule rather than by a list of the values seen in training, and test on values you have not seen"
)


class StressedScoreParams(StandingParams):
    """As for every standing."""


def grade(evidence: Evidence, key: AnswerKey, params: StressedScoreParams) -> Score:
    """Stressed rows, normalised by what baseline and reference reach on them."""
    sealed = answers.read(key)
    try:
        predicted = predictions.read(evidence, STAGE, sealed.ids)
    except PredictionsError as error:
        return error.score()
    natural = standing.stand(sealed, predicted, "natural", params)
    stressed = standing.stand(sealed, predicted, "stressed", params)
    return Score.graded(
        stressed.place.value,
        _reason(natural, stressed),
        interval=stressed.place.interval,
        earn_back="" if stressed.place.value >= BEST_AT else f"hold up on messier rows: {FIX}",
        findings=stressed.findings(STAGE, FILE, FIX),
        measures=stressed.measures
        | {
            f"natural_{natural.metric.key}": natural.area(),
            "drop": natural.area() - stressed.area(),
            "reference_drop": natural.area(REFERENCE) - stressed.area(REFERENCE),
        },
        charts=(_chart(natural, stressed),),
    )


def _reason(natural: Standing, stressed: Standing) -> str:
    drop = natural.area() - stressed.area()
    reference_drop = natural.area(REFERENCE) - stressed.area(REFERENCE)
    metric = natural.metric.label
    told = f"Messier rows cost {drop:.4f} of {metric}; they cost the reference {reference_drop:.4f}."
    if stressed.inverted:
        told += " The predictions look inverted."
    elif stressed.place.value >= REFERENCE_AT:
        told += " The model holds up as well as the reference."
    return f"{stressed.sentence} {told}"


def _chart(natural: Standing, stressed: Standing) -> Chart:
    bars = [
        (f"{name}, {stood.on}", stood.area(model), Z95 * stood.comparison.se(model))
        for name, model in (("candidate", CANDIDATE), ("baseline", BASELINE), ("reference", REFERENCE))
        for stood in (natural, stressed)
    ]
    return Chart(
        kind="intervals",
        title="Natural rows and messier rows",
        y_label=natural.metric.label,
        x=tuple(name for name, _, _ in bars),
        y=tuple(round(area, 5) for _, area, _ in bars),
        low=tuple(round(max(0.0, area - half), 5) for _, area, half in bars),
        high=tuple(round(min(1.0, area + half), 5) for _, area, half in bars),
        caption="Whiskers are 95 % intervals; a robust model falls no further than the reference does.",
    )


GRADER = Grader(name="stressed_score", needs=(STAGE,), params=StressedScoreParams, grade=grade)
