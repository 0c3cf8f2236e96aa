"""A7: a baseline to compare with, and the part of the rows where the model is weakest, as they are measured.

submission.toml: ``[claims] baseline = 0.72`` and ``weakest = "contract=One year"``. Parts are the values of
the text columns of the rows to predict, and their months. Ties favour the candidate: a part is among the weak
when on as many rows as they had no other part can be told to be weaker, and it clearly outranks nothing. Who
takes the weakest of what they measured names a part that is clearly not by one chance in forty.
"""

from __future__ import annotations

import calendar
import math
import re
from dataclasses import dataclass

import numpy as np
from pydantic import Field

from graders import answers, predictions, standing
from graders.answers import HINT, Answers
from graders.ranking import Bools, Floats, Ranking
from graders.standing import REFERENCE, Standing, StandingParams
from graders.statistics import BASELINE_AT, Z95, compare, hanley_mcneil_se, ramp
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
    Place,
    Score,
    Severity,
)

STAGE, TOML, SLICES = "predict", "submission.toml", "slices"
BASELINE, WEAKEST = 0.3, 0.7
LEAST_ROWS, LEAST_OF_A_CLASS = 60, 10
UNKNOWN_PART = 0.5  # a part that is no value of a text column cannot be measured here, and may be right
SHOWN = 12
MONTHS = {
    spelt: name.lower()
    for number, name in enumerate(calendar.month_name)
    if number
    for spelt in (str(number), f"{number:02d}", name[:3].lower())
}
FIX_WEAKEST = 'name the part where the model is worst: [claims] weakest = "column=value"'
FIX_BASELINE = "say what a simple guess reaches by the same metric: [claims] baseline = 0.72"


@dataclass(frozen=True)
class Part:
    """A value of a column: its area on natural rows, and the standard error."""

    column: str
    value: str
    rows: int
    area: float
    se: float
    total: int  # rows of all parts
    metric: Metric

    def noise(self, claim_rows: int) -> float:
        """The standard error of the same part where there are ``claim_rows`` rows in all, added to ours."""
        return self.se * math.sqrt(1.0 + self.total / claim_rows)

    @property
    def name(self) -> str:
        """``column=value``."""
        return f"{self.column}={self.value}"


class ErrorAnalysisParams(StandingParams):
    """``claim_rows``: on how many rows a candidate can have measured, as for their claim."""

    claim_rows: int = Field(default=500, ge=20)


def grade(evidence: Evidence, key: AnswerKey, params: ErrorAnalysisParams) -> Score:
    """.3 baseline + .7 weakest part, times how far the ranking is from chance."""
    sealed = answers.read(key)
    try:
        predicted = predictions.read(evidence, STAGE, sealed.ids)
    except PredictionsError as error:
        return error.score()
    stood = standing.stand(sealed, predicted, "natural", params)
    # an average precision moves with the share of positives: weak by it, or weak as a ranking, is weak
    ways = [_parts(key, sealed, predicted, metric) for metric in {params.metric: 0, Metric.ROC_AUC: 0}]
    parts = ways[0]
    claims = evidence.submission.settings.claims
    baseline, about_baseline = _baseline(claims, stood, params.claim_rows)
    judged = [_weakest(claims, each, stood, params.claim_rows) for each in ways]
    weakest, about_weakest = max(judged, key=lambda one: one[0])
    knows = min(1.0, stood.place.value / BASELINE_AT)
    value = knows * (BASELINE * baseline + WEAKEST * weakest)
    lost = [(about_baseline, FIX_BASELINE, "no-baseline")] if baseline < 1.0 else []
    lost += [(about_weakest, FIX_WEAKEST, "weakest-part")] if weakest < 1.0 else []
    if knows < 1.0:
        chance = "the ranking is below a simple baseline's, and there is little to analyse"
        lost.append((chance, "first a model that beats a simple baseline", "no-model"))
    return Score.graded(
        value,
        f"{about_baseline}. {about_weakest}.",
        earn_back="; ".join(fix for _, fix, _ in lost),
        findings=tuple(
            Finding(
                what=what, place=Place(file=TOML, stage=STAGE), severity=Severity.MINOR, fix=fix, rule=rule
            )
            for what, fix, rule in lost
        ),
        measures={"baseline": baseline, "weakest": weakest, "parts": float(len(parts))},
        charts=(_chart(parts),),
    )


def _parts(key: AnswerKey, sealed: Answers, predicted: Floats, metric: Metric) -> list[Part]:
    """Every part with rows enough, the weakest first.

    Raises:
        InfraError: the answer key has no parts, or they are not of its rows.
    """
    table = key.table(SLICES)
    if "id" not in table.columns or len(table.columns) < 2 or table["id"].duplicated().any():
        raise InfraError("the answer key's table 'slices' has no columns, or an id twice", hint=HINT)
    natural = sealed.of("natural")
    names = np.array(sealed.ids.names, dtype=object)[natural]
    aligned = table.set_index("id").reindex(names)
    if aligned.isna().any(axis=None):
        raise InfraError("the answer key's table 'slices' lacks rows", hint=HINT)
    label, scores = sealed.label[natural], predicted[natural]
    found: list[Part] = []
    for column in map(str, aligned.columns):
        values = aligned[column].to_numpy(dtype=object)  # once: it copies every row
        for value in sorted(set(values) - {""}):
            part = _part(column, str(value), values == value, label, scores, metric)
            found += [] if part is None else [part]
    if not found:
        raise InfraError("no part of the answer key's rows is large enough", hint=HINT)
    return sorted(found, key=lambda part: (part.area, part.name))


def _part(column: str, value: str, rows: Bools, label: Bools, scores: Floats, metric: Metric) -> Part | None:
    positives = int(label[rows].sum())
    if rows.sum() < LEAST_ROWS or min(positives, int(rows.sum()) - positives) < LEAST_OF_A_CLASS:
        return None
    ranking = Ranking(label[rows], scores[rows])
    return Part(
        column,
        value,
        int(rows.sum()),
        ranking.area(metric),
        compare(ranking, metric=metric).se(),
        label.size,
        metric,
    )


def _weakest(claims: Claims, parts: list[Part], stood: Standing, claim_rows: int) -> tuple[float, str]:
    """1 when what they name cannot be told from the weakest; down to 0 when it ranks like the whole."""
    if not claims.weakest:
        return 0.0, "No weakest part is named"
    column, _, value = (_plain(piece) for piece in claims.weakest.partition("="))
    value = MONTHS.get(value, value) if column == "month" else value
    named = next((part for part in parts if (_plain(part.column), part.value) == (column, value)), None)
    if named is None:
        return UNKNOWN_PART, f"{shown(claims.weakest)} is no part that can be measured here"
    weakest, whole = parts[0], stood.candidate.area(parts[0].metric)
    told = (
        f"{named.name}, named as the weakest, has an {named.metric.label} of {named.area:.3f} "
        f"(standard error {named.se:.3f}); "
        f"the weakest measured is {weakest.name} with {weakest.area:.3f}, the whole has {whole:.3f}"
    )
    clearly = [
        p for p in parts
        if named.area - p.area > Z95 * math.hypot(named.noise(claim_rows), p.noise(claim_rows))
    ]  # fmt: skip
    if named == weakest or (not clearly and named.area - whole <= Z95 * named.noise(claim_rows)):
        return 1.0, told
    if clearly:
        told += f"; {clearly[0].name} with {clearly[0].area:.3f} is clearly weaker than the one that is named"
    # a point on the way: past what noise explains, and nothing where it ranks like the whole and better
    return (ramp(named.area, zero=whole, full=weakest.area) if weakest.area < whole else 0.0), told


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _baseline(claims: Claims, stood: Standing, claim_rows: int) -> tuple[float, str]:
    """1 when it lies where simple guesses do: from chance to the reference, within noise.

    Which guess it was is theirs to choose and is not run here, so this asks for no more.
    """
    if claims.baseline is None:
        return 0.0, "No baseline is stated"
    given = claims.baseline / 100.0 if 1.0 < claims.baseline <= 100.0 else claims.baseline
    if not 0.0 <= given <= 1.0:
        return 0.0, f"The baseline {claims.baseline:g} is no {stood.metric.label}"
    chance, top = stood.comparison.chance, stood.area(REFERENCE)
    noise = 2.0 * _noise(given, stood, claim_rows)
    told = (
        f"The baseline, {given:.3g}, is matched against chance ({chance:.3f}), a simple model of ours "
        f"({stood.area(standing.BASELINE):.3f}) and the reference ({top:.3f})"
    )
    return float(chance - noise <= given <= top + noise), told


def _noise(given: float, stood: Standing, claim_rows: int) -> float:
    rate = stood.candidate.positives / stood.candidate.labels.size
    if stood.metric is Metric.AVERAGE_PRECISION:
        return stood.comparison.se(REFERENCE) * math.sqrt(stood.candidate.labels.size / claim_rows)
    return hanley_mcneil_se(given, claim_rows * rate, claim_rows * (1.0 - rate))


def _chart(parts: list[Part]) -> Chart:
    some = parts[:SHOWN]
    return Chart(
        kind="intervals",
        title="Where the model is weak",
        y_label=parts[0].metric.label,
        x=tuple(part.name for part in some),
        y=tuple(round(part.area, 5) for part in some),
        low=tuple(round(max(0.0, part.area - Z95 * part.se), 5) for part in some),
        high=tuple(round(min(1.0, part.area + Z95 * part.se), 5) for part in some),
        caption="Hidden rows by the values of their text columns, the weakest first; 95 % intervals.",
    )


GRADER = Grader(name="error_analysis", needs=(STAGE,), params=ErrorAnalysisParams, grade=grade)
