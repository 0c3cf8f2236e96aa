"""D2: the service keeps its contract, and says of a row what the batch command says of it.

    value = (.40 one row alone + .40 a list + .10 another id + .10 described by OpenAPI) x skill

Each of the first three: 1 when every row agrees to 1e-6, falling to 0 where a fifth of them does not; .5 when
all of them agree but for rounding. Agreement is also measured on the reference's scale, so that squeezed
predictions do not agree by being small. Skill is min(1, A1 / .40): a constant agrees with a constant.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from pydantic import Field

from graders import answers, predictions, standing
from graders.answers import Ids
from graders.deployment import observed
from graders.deployment.observed import PROBE, STAGE, Asked, Probe, quoted
from graders.deployment.parts import Part, first_of, score
from graders.model_data.ruler import Ruler
from graders.ranking import Floats
from graders.standing import StandingParams
from graders.statistics import BASELINE_AT, ramp
from graders.violations import PredictionsError
from harness.errors import InfraError
from harness.model import AnswerKey, Evidence, Finding, Grader, Place, Score, Severity

PREDICT = "predict"
ALONE, LISTED, RENAMED, OPENAPI = 0.40, 0.40, 0.10, 0.10
NOTHING_AT = 0.80  # the share of agreeing rows at which a part is worth nothing
ROUNDED, ROUNDED_SHIFT = 5e-4, 0.01  # three decimals
NOTHING = (float("inf"), float("inf"))  # as far as no answer is from one
FOR_ROUNDING = 0.5


class SkewParams(StandingParams):
    """``tolerance``: what a float may lose on its way; ``shift``: the same on the reference's scale."""

    tolerance: float = Field(default=1e-6, gt=0.0, le=0.01)
    shift: float = Field(default=0.005, gt=0.0, le=0.1)


@dataclass(frozen=True, eq=False)
class Batch:
    """What the predict command said, and when another number is the same."""

    ids: Ids
    values: Floats
    ruler: Ruler
    params: SkewParams

    def of(self, name: str) -> float:
        """The batch prediction of a row that the prober asked for."""
        if name not in self.ids.at:
            raise InfraError(f"the prober asked for a row that the answer key does not have: {name[:40]}")
        return float(self.values[self.ids.at[name]])

    def away(self, name: str, served: float) -> tuple[float, float]:
        """How far the service is from the batch: in probability, and on the reference's scale."""
        batch = self.of(name)
        return abs(served - batch), float(self.ruler.shifts(np.array([batch]), np.array([served]))[0])

    def same(self, away: tuple[float, float]) -> bool:
        """Within both tolerances."""
        return away[0] <= self.params.tolerance and away[1] <= self.params.shift


def grade(evidence: Evidence, key: AnswerKey, params: SkewParams) -> Score:
    """Service against batch, row by row."""
    sealed = answers.read(key)
    try:
        whole = predictions.read(evidence, PREDICT, sealed.ids)
    except PredictionsError as error:
        return error.score()
    stood = standing.stand(sealed, whole, "natural", params)
    skill = min(1.0, stood.place.value / BASELINE_AT)
    found = observed.probe(evidence)
    if isinstance(found, Score):
        return found
    natural = sealed.of("natural")
    batch = Batch(sealed.ids, whole, Ruler(whole[natural], sealed.reference[natural]), params)
    parts = [
        _agreement("one row alone", ALONE, found.one, [one.id for one in found.one], batch),
        _agreement("a list of rows", LISTED, found.many, [one.id for one in found.many], batch),
        _agreement("another id", RENAMED, found.renamed, [one.of for one in found.renamed], batch),
        _openapi(found),
    ]
    because = Finding(
        what=f"It is worth {skill:.0%} of this: the model itself is below a simple honest baseline (see A1)",
        place=Place(stage=PREDICT),
        severity=Severity.MAJOR,
        fix="serve a model that is at least as good as the baseline",
        rule="no-skill",
    )
    return score(parts, factor=skill, because=because, measures={"skill": skill})


def _agreement(name: str, weight: float, asked: tuple[Asked, ...], ids: list[str], batch: Batch) -> Part:
    if not asked:
        raise InfraError(f"the prober asked for nothing: {name}")
    pairs = [
        (NOTHING if one.prediction is None else batch.away(of, one.prediction), of, one)
        for of, one in zip(ids, asked, strict=True)
    ]
    differ = sorted((p for p in pairs if not batch.same(p[0])), key=lambda p: (-p[0][1], -p[0][0], p[1]))
    share = 1.0 - len(differ) / len(pairs)
    rounded = bool(differ) and all(gap <= ROUNDED and shift <= ROUNDED_SHIFT for (gap, shift), _, _ in differ)
    value = max(ramp(share, zero=NOTHING_AT, full=1.0), FOR_ROUNDING if rounded else 0.0)
    told = f"{name.capitalize()}: {len(pairs) - len(differ)} of {len(pairs)} as the batch command says."
    advice = (
        "send the numbers unrounded"
        if rounded
        else "let the service and the predict command call the same code, from the raw row to the number"
    )
    findings = [_difference(name, of, one, batch) for _, of, one in differ]
    return Part(name.replace(" ", "_"), weight, value, told, first_of(findings), advice)


def _difference(name: str, of: str, one: Asked, batch: Batch) -> Finding:
    says = one.told if one.prediction is None else f"{one.prediction:.9g}"
    return Finding(
        what=f"{name}: row {quoted(one.id)}: the service says {says}, the batch command {batch.of(of):.9g}"[
            :2000
        ],
        place=Place(file=PROBE, rows=(of,), stage=STAGE),
        severity=Severity.MAJOR,
        fix="one function from the raw row to the prediction, used by both",
        rule="train-serve-skew" if one.prediction is not None else "contract",
    )


def _openapi(found: Probe) -> Part:
    if found.openapi.describes_predict:
        return Part("openapi", OPENAPI, 1.0, "")
    told = f"/openapi.json does not describe the predict path (status {found.openapi.status or 'none'})."
    act = "serve a description of the API at /openapi.json that has the predict path"
    finding = Finding(
        what=told, place=Place(stage=STAGE), severity=Severity.MINOR, fix=act, rule="no-openapi"
    )
    return Part("openapi", OPENAPI, 0.0, told, (finding,), act)


GRADER = Grader(name="skew", needs=(PREDICT,), params=SkewParams, grade=grade)
