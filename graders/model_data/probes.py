"""A3: the same facts written another way get the same prediction; what should move it, moves it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from pydantic import Field

from graders import answers, predictions, standing
from graders.answers import Answers, Pairs
from graders.model_data import advice, batches
from graders.model_data.ruler import Ruler
from graders.ranking import Floats, Ints
from graders.standing import StandingParams
from graders.statistics import BASELINE_AT, Z95, normal_cdf, ramp
from graders.violations import FILE, PredictionsError
from harness.errors import InfraError
from harness.model import AnswerKey, Chart, Evidence, Finding, Grader, Place, Score, Severity

STAGE = "predict"
EXAMPLES = 3


class ProbesParams(StandingParams):
    """What counts as the same prediction.

    ``tolerance``: a pair that moves no further holds; a customer holds when all of their pairs do.
    ``fade``: the credit falls straight to nothing at
    ``fade * tolerance``. With .005 and 5 it ends at .025: careful submissions measure .000 and naive ones
    .01-.20 (RUBRIC fact 1), so the slope only softens rounding, and does not reward a trap half met.
    ``shuffled_rows``: how many rows the stage predict-shuffled is given.
    ``advice``: probe -> what would fix it, in words of the skill; a general sentence otherwise.
    """

    tolerance: float = Field(default=0.005, gt=0.0, le=0.1)
    fade: float = Field(default=5.0, gt=1.0, le=100.0)
    shuffled_rows: int = Field(default=300, ge=1)
    advice: dict[str, str] = Field(default={})


@dataclass(frozen=True)
class Outcome:
    """How one probe went. ``se`` is the standard error of ``value`` over entities."""

    probe: str
    value: float
    se: float
    told: str
    mean_shift: float | None = None
    mean_dp: float | None = None
    rows: tuple[str, ...] = ()
    stage: str = STAGE
    fix: str = ""


def grade(evidence: Evidence, key: AnswerKey, params: ProbesParams) -> Score:
    """The mean over probes, times the skill of the model: a constant is invariant and worth nothing."""
    sealed = answers.read(key)
    try:
        predicted = predictions.read(evidence, STAGE, sealed.ids)
    except PredictionsError as error:
        return error.score()
    if not sealed.pairs:
        raise InfraError("the answer key has no probe rows", hint=answers.HINT)
    stood = standing.stand(sealed, predicted, "natural", params)
    skill = min(1.0, stood.place.value / BASELINE_AT)
    natural = sealed.of("natural")
    ruler = Ruler(predicted[natural], sealed.reference[natural])
    outcomes = [_probe(pairs, sealed, predicted, ruler, params) for pairs in sealed.pairs]
    batch = _batches(evidence, sealed, predicted, ruler, params)
    return _score([*_earned(outcomes, batch), *batch], skill, params)


def _probe(pairs: Pairs, sealed: Answers, predicted: Floats, ruler: Ruler, params: ProbesParams) -> Outcome:
    base, variant = predicted[pairs.base], predicted[pairs.variant]
    dp = variant - base
    shifts = ruler.shifts(base, variant)
    if pairs.rule == "equal":
        fade_end = params.fade * params.tolerance
        credit = np.clip((fade_end - shifts) / (fade_end - params.tolerance), 0.0, 1.0)
        value, se = _mean(_worst_by_entity(credit, pairs.entity))
        moved = int(np.count_nonzero(shifts > params.tolerance))
        told = f"{moved:,} of {dp.size:,} pairs move by more than {params.tolerance:g}"
        worst = np.argsort(-shifts, kind="stable")
    elif pairs.rule == "finite":
        value, se, told, worst = 1.0, 0.0, f"all {dp.size:,} rows have an answer", np.arange(0)
    else:
        sign = 1.0 if pairs.rule == "higher" else -1.0
        value, told = _direction(sign * dp, pairs)
        se, worst = 0.0, np.argsort(sign * dp, kind="stable")
    return Outcome(
        probe=pairs.probe,
        value=value,
        se=se,
        told=f"{told}; mean |dp| {np.abs(dp).mean():.4f}{_examples(pairs, sealed, predicted, worst)}",
        mean_shift=float(shifts.mean()) if pairs.rule == "equal" else None,
        mean_dp=float(np.abs(dp).mean()),
        rows=tuple(sealed.ids.names[i] for n in worst[:EXAMPLES] for i in (pairs.base[n], pairs.variant[n])),
        fix=params.advice.get(pairs.probe) or advice.fix(pairs.probe, pairs.rule),
    )


def _earned(outcomes: list[Outcome], batch: list[Outcome]) -> list[Outcome]:
    """Equality is worth what of it is left without company.

    Rows of one customer stand in one file, so a submission could find them and give them one answer.
    In the shuffled rows every customer stands once: where that changes the answer, the equality was
    looked up and not learned; a pair is left when both of its rows are. A model whose rows do not depend on
    each other loses nothing.
    """
    alone = next((o.value for o in batch if o.stage == batches.SHUFFLED), 1.0)
    if alone == 1.0:
        return outcomes
    told = f"; times {alone**2:.2f}: {alone:.0%} of rows keep their answer in other company, a pair is two"
    return [
        replace(o, value=o.value * alone**2, told=o.told + told) if o.mean_shift is not None else o
        for o in outcomes
    ]


def _direction(toward: Floats, pairs: Pairs) -> tuple[float, str]:
    """Full credit when the mean moves the right way with one-sided 95 % confidence, none at a coin's 50 %."""
    mean, se = _mean(_mean_by_entity(toward, pairs.entity))
    z = mean / se if se > 0 else math.copysign(math.inf, mean) if mean else 0.0
    shown = min(99.0, max(-99.0, z))
    told = f"predictions should be {pairs.rule}; the mean change that way is {mean:+.4f} (z {shown:.1f})"
    return ramp(normal_cdf(z), zero=0.5, full=0.95), told


def _worst_by_entity(credit: Floats, entity: Ints) -> Floats:
    """The lowest credit of each entity: one holds when it does however it is written."""
    worst = np.ones(int(entity.max()) + 1)
    np.minimum.at(worst, entity, credit)
    return worst[np.unique(entity)]


def _mean_by_entity(values: Floats, entity: Ints) -> Floats:
    counts = np.bincount(entity)
    means: Floats = np.bincount(entity, weights=values)[counts > 0] / counts[counts > 0]
    return means


def _mean(values: Floats) -> tuple[float, float]:
    """The mean and its standard error."""
    se = float(values.std(ddof=1)) / math.sqrt(values.size) if values.size > 1 else 0.0
    return float(values.mean()), se


def _examples(pairs: Pairs, sealed: Answers, predicted: Floats, worst: Ints) -> str:
    """The worst pairs as rows and numbers."""
    told = [
        f"{sealed.ids.names[b]} {predicted[b]:.4f} -> {sealed.ids.names[v]} {predicted[v]:.4f}"
        for b, v in ((pairs.base[n], pairs.variant[n]) for n in worst[:EXAMPLES])
    ]
    return f"; e.g. {', '.join(told)}" if told else ""


def _batches(
    evidence: Evidence, sealed: Answers, predicted: Floats, ruler: Ruler, params: ProbesParams
) -> list[Outcome]:
    checks = [
        batches.check(evidence, stage, sealed.ids, predicted, ruler, rows=rows, tolerance=params.tolerance)
        for stage, rows in ((batches.ONE, 1), (batches.SHUFFLED, params.shuffled_rows))
    ]
    return [
        Outcome(c.probe, c.value, 0.0, c.told, c.mean_shift, c.mean_dp, c.rows, c.stage, c.fix)
        for c in checks
        if c is not None
    ]


def _score(outcomes: list[Outcome], skill: float, params: ProbesParams) -> Score:
    held = sum(o.value for o in outcomes) / len(outcomes)
    se = skill * math.sqrt(sum(o.se**2 for o in outcomes)) / len(outcomes)
    value = held * skill
    lost = sorted((o for o in outcomes if o.value < 1.0), key=lambda o: (o.value, o.probe))
    findings = [_finding(o) for o in lost]
    reason = f"{len(outcomes) - len(lost)} of {len(outcomes)} probes hold"
    if lost:
        reason += "; not: " + ", ".join(f"{o.probe} ({o.value:.2f})" for o in lost)
    reason += "."
    if skill < 1.0:
        metric = params.metric.label
        told = (
            f"invariance counts in a model that predicts: times {skill:.2f}, "
            f"the {metric} against the baseline's"
        )
        reason += f" But {told}."
        where = Place(file=FILE, stage=STAGE)
        fix = f"reach the baseline's {metric}: predictions that ignore the rows are invariant too"
        findings.append(Finding(what=told, place=where, severity=Severity.MAJOR, fix=fix, rule="no-skill"))
    return Score.graded(
        value,
        reason,
        interval=(max(0.0, value - Z95 * se), min(1.0, value + Z95 * se)),
        earn_back="; ".join(dict.fromkeys([f.fix for f in findings][:EXAMPLES])),
        findings=tuple(findings),
        measures={"skill": skill, "held": held}
        | {f"mean_abs_dp.{o.probe}": o.mean_dp for o in outcomes if o.mean_dp is not None}
        | {f"mean_shift.{o.probe}": o.mean_shift for o in outcomes if o.mean_shift is not None}
        | {f"held.{o.probe}": o.value for o in outcomes},
        charts=_chart(outcomes, params),
    )


def _finding(outcome: Outcome) -> Finding:
    return Finding(
        what=f"{outcome.probe}: {outcome.told}"[:2000],
        place=Place(file=FILE, rows=outcome.rows, stage=outcome.stage),
        severity=Severity.MAJOR if outcome.value < 0.5 else Severity.MINOR,
        fix=outcome.fix,
        rule=f"probe-{outcome.probe}",
    )


def _chart(outcomes: list[Outcome], params: ProbesParams) -> tuple[Chart, ...]:
    bars = [(o.probe, o.mean_shift) for o in outcomes if o.mean_shift is not None]
    if not bars:
        return ()
    chart = Chart(
        kind="bars",
        title="How far predictions move when only the form of a row changes",
        y_label="mean change of the prediction",
        x=tuple(name for name, _ in bars),
        y=tuple(round(shift, 6) for _, shift in bars),
        limit=params.tolerance,
        caption="Every bar should stay below the dashed line, the tolerance; changes are on the reference's "
        "probability scale where the predictions are squeezed.",
    )
    return (chart,)


GRADER = Grader(name="probes", needs=(STAGE,), params=ProbesParams, grade=grade)
