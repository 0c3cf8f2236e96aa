"""A4: is the figure that training reports one of unseen rows?

Three kinds of evidence, of which the worst counts, so that one mistake is charged once:

    permuted   trained again on outcomes dealt to other rows, an honest evaluation reports chance
    gap        the claim (else the report) is not above what fresh rows show; E2 charges the same in full
    code       smells of leakage, where the runs above do not refute them

Sources: RUBRIC, facts 2 and 7; permutation tests of classifiers, Ojala & Garriga, JMLR 11 (2010); Hanley and
McNeil (1982) for the error of a ROC area at chance.
"""

from __future__ import annotations

import math
import statistics as stats
from dataclasses import dataclass, field

import numpy as np
from pydantic import Field

from graders import analysis, answers, predictions, standing
from graders.code.smell_rules import RULES, Data
from graders.communication import claims
from graders.model_data import reports
from graders.model_data.reports import Report
from graders.standing import StandingParams, sentence_case
from graders.statistics import BASELINE_AT, Z95, hanley_mcneil_se, ramp
from graders.violations import PredictionsError, shown
from harness.errors import InfraError
from harness.model import (
    PERMUTED_STAGES,
    AnswerKey,
    Chart,
    Ended,
    Evidence,
    ExtraStage,
    Finding,
    Grader,
    Metric,
    Place,
    Score,
    Severity,
    Track,
)

STAGE, TRAIN, TOML = "predict", "train", "submission.toml"
# the share of the reported advantage over chance that is still reported when the outcomes say nothing
FULL_EXCESS, ZERO_EXCESS = 0.10, 0.40  # ours: a tenth is what choosing the best of twenty models does
SURE = 2.0  # standard errors that are left to chance, in favour of the candidate
UNJUDGED = 0.4  # without a report that can be tested: less than any honest one earns
GAP_FLOOR = 0.5  # E2 charges the gap in full
CRITICAL_FLOOR, MAJOR_FLOOR = 0.5, 0.75  # B2 charges the smells; a reading of code may err
# what a training on dealt outcomes would have shown, had it touched the figure that is reported
SHOWN_BY_RUNNING = (
    "target-before-split",
    "resample-before-split",
    "target-in-features",
    "evaluated-on-train",
)
LEAKS = (
    *SHOWN_BY_RUNNING, "fit-on-test", "tuned-on-test",
    "random-split", "random-split-of-unique", "random-split-of-lags",
)  # fmt: skip
REFUTED = " (but on dealt outcomes the report falls to chance: nothing is charged)"
WRITE_IT = (
    'let training write metrics.json into {{model}}: {{"{0}": 0.84}}, measured on unseen rows, '
    "before any check that may end it, and claim the same in submission.toml"
)
SPLIT_FIRST = (
    "measure on rows that no step has seen: split first, copies of one thing on one side, and fit, select, "
    "resample and encode within the training part only"
)


class HonestEvaluationParams(StandingParams):
    """``claim_rows``: on how many rows a candidate can have measured, as for their claim.

    ``over_time`` and ``repeated_entities``: what the data are like, as for the smells of B2.
    """

    claim_rows: int = Field(default=500, ge=20)
    over_time: bool = False
    repeated_entities: bool = False

    def said(self) -> frozenset[Data]:
        """What is true of the data."""
        return frozenset(d for d in (Data.OVER_TIME, Data.REPEATED) if getattr(self, d.value))


@dataclass(frozen=True)
class Part:
    """One kind of evidence: what it leaves, in which range, why, and whether anything could be tested."""

    value: float
    told: str
    interval: tuple[float, float] = (1.0, 1.0)
    judged: bool = True
    findings: tuple[Finding, ...] = ()
    measures: dict[str, float] = field(default_factory=dict)
    charts: tuple[Chart, ...] = ()
    suspicious: str = ""


@dataclass(frozen=True)
class Scale:
    """The metric at chance: its value there, and its standard error on the rows a candidate has."""

    metric: Metric
    chance: float
    se: float


def grade(evidence: Evidence, key: AnswerKey, params: HonestEvaluationParams) -> Score:
    """The worst of the three, times how far the ranking is from chance."""
    sealed = answers.read(key)
    found = analysis.read(evidence)
    smells = analysis.looked(found.smells, "data and model smells")
    try:
        predicted = predictions.read(evidence, STAGE, sealed.ids)
    except PredictionsError as error:
        return error.score()
    stood = standing.stand(sealed, predicted, "natural", params)
    scale = _scale(stood, params)
    notebook = evidence.submission.track is Track.NOTEBOOK
    report = "" if notebook else reports.read(evidence, TRAIN, params.metric)
    gap = _gap(evidence, stood, report, params)
    permuted = _permuted(evidence, report, stood.area(), scale)
    code = _code(found, smells, params, refuted=permuted.judged and permuted.value >= 1.0 and not notebook)
    knows = min(1.0, stood.place.value / BASELINE_AT)
    return _score(knows, permuted, gap, code, params.metric)


def _scale(stood: standing.Standing, params: HonestEvaluationParams) -> Scale:
    rate = stood.candidate.positives / stood.candidate.labels.size
    positives = params.claim_rows * rate
    if params.metric is Metric.AVERAGE_PRECISION:
        # at chance it is the prevalence, whose relative error is that of the count of positives
        return Scale(params.metric, stood.comparison.chance, rate / math.sqrt(positives))
    se = hanley_mcneil_se(0.5, positives, params.claim_rows - positives)
    return Scale(params.metric, stood.comparison.chance, se)


def _score(knows: float, permuted: Part, gap: Part, code: Part, metric: Metric) -> Score:
    least = min(gap.value, code.value)
    value = min(permuted.value, least) if permuted.judged else permuted.value * least
    ends = [knows * (min(end, least) if permuted.judged else end * least) for end in permuted.interval]
    findings = (*permuted.findings, *gap.findings, *code.findings)
    if knows < 1.0:
        why = "the ranking is below a simple baseline's, and an honest figure of it says little"
        place = Place(file="predictions.csv", stage=STAGE)
        act = "first a model that beats a simple baseline"
        findings = (*findings, Finding(what=why, place=place, fix=act, rule="no-model"))
    charged = [f for f in findings if f.severity is not Severity.INFO]
    return Score.graded(
        knows * value,
        f"{permuted.told} {gap.told} {code.told}",
        interval=(min(*ends, knows * value), max(*ends, knows * value)),
        earn_back="; ".join(dict.fromkeys(f.fix for f in charged)) if knows * value < 1.0 else "",
        findings=findings,
        measures={"permuted": permuted.value, "gap": gap.value, "code": code.value, "knows": knows}
        | permuted.measures
        | gap.measures,
        charts=permuted.charts,
        suspicious=permuted.suspicious,
    )


# ------------------------------------------------------------------------------ trained on dealt outcomes


def _permuted(evidence: Evidence, report: Report | str, measured: float, scale: Scale) -> Part:
    """What the report says once outcomes are dealt to other rows, against what it says of the real ones.

    Raises:
        InfraError: it should have been tried, and was not.
    """
    if evidence.submission.track is Track.NOTEBOOK:
        return Part(1.0, "A notebook trains as it runs, and is not trained on dealt outcomes.")
    tried = [name for name in PERMUTED_STAGES if evidence.result(name).ended is not Ended.SKIPPED]
    if not tried:
        raise InfraError(
            "no training on dealt outcomes was run", hint="the edition has no inputs/permuted/plan.json"
        )
    if isinstance(report, str):
        return _untested(f"{sentence_case(report)}", scale.metric, TRAIN)
    claim = claims.understood(evidence.submission.settings.claims, scale.metric)
    said = measured if isinstance(claim, str) else claim.area
    path = report.highest() if isinstance(claim, str) else report.nearest(said)
    real = report.figures[path]
    missing = max(said - real, 0.0)
    backed = ramp(missing, zero=4.0 * scale.se, full=2.0 * scale.se)
    if backed == 0.0 or real - scale.chance < 2.0 * scale.se:
        whose = "measured" if isinstance(claim, str) else "claimed"
        told = f"The report says {path} {real:.4g}, and {said:.4g} is {whose}: it is no report of that"
        return _untested(told, scale.metric, TRAIN)
    again = {name: _again(evidence, name, path, scale.metric) for name in tried}
    figures = {name: figure for name, figure in again.items() if figure is not None}
    if not figures:
        why = f"On dealt outcomes training reported no {path}"
        return _untested(f"{why} ({_how_ended(evidence, tried)})", scale.metric, tried[0])
    return _tested(path, report.file, real, figures, scale, backed)


def _again(evidence: Evidence, stage: str, path: str, metric: Metric) -> float | None:
    found = reports.read(evidence, stage, metric)
    return None if isinstance(found, str) else found.figures.get(path)


def _how_ended(evidence: Evidence, tried: list[str]) -> str:
    return "; ".join(sorted({evidence.result(name).ended.value for name in tried}))


def _untested(why: str, metric: Metric, stage: str) -> Part:
    act = WRITE_IT.format(metric.value)
    place = Place(file=reports.FILE, stage=stage)
    finding = Finding(what=why[:2000], place=place, severity=Severity.MAJOR, fix=act, rule="no-report")
    told = f"{why}: whether it was measured honestly cannot be tested by running it."
    return Part(UNJUDGED, told, (UNJUDGED, UNJUDGED), judged=False, findings=(finding,))


def _tested(
    path: str, file: str, real: float, figures: dict[str, float], scale: Scale, backed: float
) -> Part:
    """By the share of the advantage over chance that stays, less what chance explains."""
    values = list(figures.values())
    spread = max(stats.stdev(values), scale.se) if len(values) > 1 else scale.se
    mean, se = stats.fmean(values), spread / math.sqrt(len(values))
    share = (mean - scale.chance) / (real - scale.chance)
    noise = SURE * se / (real - scale.chance)
    low, value, high = (
        backed * _left(s) + (1.0 - backed) * UNJUDGED
        for s in (share + noise, share - noise, share - 2 * noise)
    )
    times = f"{len(values)} time{'s' if len(values) > 1 else ''}"
    told = (
        f"Trained {times} on outcomes dealt to other rows, its report says {shown(path)} {mean:.3f} "
        f"on average (standard error {se:.3f}; chance is {scale.chance:.3f}, "
        f"of the real outcomes it says {real:.3f}): "
        f"{max(0.0, share):.0%} of the advantage needs no outcome."
    )
    return Part(
        value,
        told,
        (min(low, value), max(high, value)),
        findings=_stays(told, file, values, real, min(figures)) if value < 1.0 else (),
        measures={
            "reported": real,
            "permuted_mean": mean,
            "permuted_se": se,
            "excess": share,
            "permutations": float(len(values)),
        },
        charts=(_chart(path, real, figures, scale),),
        suspicious=_suspicion(path, values, scale),
    )


def _left(share: float) -> float:
    return ramp(share, zero=ZERO_EXCESS, full=FULL_EXCESS)


def _stays(told: str, file: str, values: list[float], real: float, stage: str) -> tuple[Finding, ...]:
    fixed = all(abs(value - real) < 1e-9 for value in values)
    what = f"The same figure whatever the outcomes are: {real:.4g} is not measured. {told}" if fixed else told
    place = Place(file=file, stage=stage)
    severity, rule = Severity.CRITICAL, "fixed-report" if fixed else "permuted-report"
    fix = "report what training measures, not a number written beforehand" if fixed else SPLIT_FIRST
    return (Finding(what=what[:2000], place=place, severity=severity, fix=fix, rule=rule),)


def _suspicion(path: str, values: list[float], scale: Scale) -> str:
    """Exactly chance each time: a constant model honestly does that, and so does who noticed the test."""
    if len(values) < 3 or any(abs(value - scale.chance) > 1e-9 for value in values):
        return ""
    return f"{shown(path)} is exactly {scale.chance:g} on all dealt outcomes: read how it is computed"


def _chart(path: str, real: float, figures: dict[str, float], scale: Scale) -> Chart:
    labels = ("real outcomes", *(name.replace("permuted-", "dealt ") for name in figures))
    values = np.array([real, *figures.values()])
    return Chart(
        kind="intervals",
        title="What training reports when outcomes mean nothing",
        y_label=scale.metric.label,
        x=labels,
        y=tuple(round(float(v), 5) for v in values),
        low=tuple(round(max(0.0, float(v) - Z95 * scale.se), 5) for v in values),
        high=tuple(round(min(1.0, float(v) + Z95 * scale.se), 5) for v in values),
        limit=round(scale.chance, 5),
        caption="Dashed: chance, to which an honest evaluation falls; bars: what chance explains.",
    )


# ---------------------------------------------------------------------------------------- gap and code


def _gap(
    evidence: Evidence, stood: standing.Standing, report: Report | str, params: HonestEvaluationParams
) -> Part:
    """Upwards only: a modest claim is not dishonest. Without a claim the report stands for it."""
    claim = claims.understood(evidence.submission.settings.claims, params.metric)
    file = TOML
    if isinstance(claim, str):
        if isinstance(report, str):
            return Part(1.0, "Nothing is claimed that fresh rows could contradict.")
        claim, file = claims.Claim(report.figures[report.highest()], claims.MOST_ROUNDING), report.file
    told = claims.ClaimsParams(metric=params.metric, claim_rows=params.claim_rows)
    own = claims.standard_error(claim, stood.candidate, stood.comparison, told)
    above = claim.area - stood.area() - claim.rounding
    z = min(99.0, max(0.0, above) / max(math.hypot(own, stood.comparison.se()), 1e-9))
    value = GAP_FLOOR + (1.0 - GAP_FLOOR) * ramp(z, zero=claims.ZERO_Z, full=claims.FULL_Z)
    said = (
        f"{claim.area:.4g} is said, {stood.area():.4f} measured on fresh rows: {z:.1f} standard errors less."
    )
    if value == 1.0:
        return Part(1.0, "Fresh rows do not contradict what is claimed.", measures={"z": z})
    place = Place(file=file, stage=STAGE)
    finding = Finding(what=said, place=place, severity=Severity.MAJOR, fix=SPLIT_FIRST, rule="claims-gap")
    return Part(value, said, findings=(finding,), measures={"z": z})


def _code(
    found: analysis.Analysis,
    smells: tuple[analysis.Smell, ...],
    params: HonestEvaluationParams,
    *,
    refuted: bool,
) -> Part:
    """The worst smell of leakage in code that is used; what the runs refute is told and costs nothing."""
    data, files = params.said(), {f.path for f in found.code}
    seen = [
        s
        for s in smells
        if s.rule in LEAKS
        and s.used
        and s.path in files
        and (not RULES[s.rule].on or RULES[s.rule].on & data)
    ]
    value, findings = 1.0, []
    for smell in seen:
        rule = RULES[smell.rule]
        costs = not (refuted and smell.rule in SHOWN_BY_RUNNING)
        if costs:
            value = min(value, CRITICAL_FLOOR if rule.severity is Severity.CRITICAL else MAJOR_FLOOR)
        findings.append(
            Finding(
                what=f"{smell.message}{'' if costs else REFUTED}"[:2000],
                place=Place(file=smell.path, line=smell.line, cell=smell.cell),
                severity=rule.severity if costs else Severity.INFO,
                fix=rule.fix,
                rule=smell.rule,
            )
        )
    charged = sorted({f.rule for f in findings if f.severity is not Severity.INFO})
    told = (
        f"Read in the code: {', '.join(charged)}."
        if charged
        else "The code shows no leak that touches the figure."
    )
    return Part(value, told, findings=tuple(findings[:12]))


GRADER = Grader(
    name="honest_evaluation",
    needs=(STAGE, analysis.STAGE),
    params=HonestEvaluationParams,
    grade=grade,
    asks=(ExtraStage.PERMUTED,),
)
