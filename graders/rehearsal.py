"""The judges of a self-check: public rows only, no answer key, no rubric, no total.

``key`` here is the public validation slice laid out like an answer key (harness/check/slice.py), so that a
claim is judged at home by the code that judges it later. Its anchors mean nothing and are not read.

    predictions   is predictions.csv what is asked for?
    company       does a row get the same answer alone, and among others in another order?
    honest_evaluation  is there a metrics.json that can be read, and does it say what is claimed?
    metric        how well are the public rows ranked, and how far may chance have moved that?
    the rest      tests_run, structure, defects, claims: as they are
"""

from __future__ import annotations

from typing import Any

import numpy as np

from graders import answers, predictions
from graders.code import conventions, defects, dependencies, ml_smells, repository, structure
from graders.communication import claims, form
from graders.model_data import batches, reports
from graders.model_data.ruler import Ruler
from graders.ranking import Ranking
from graders.statistics import Z95, compare
from graders.testing import test_smells, tests_run
from graders.violations import FILE, PredictionsError, shown
from harness.model import (
    AnswerKey,
    Evidence,
    Finding,
    Grader,
    Metric,
    NoParams,
    Params,
    Place,
    Score,
    Severity,
)

STAGE, TRAIN = "predict", "train"
SAME = 0.02  # a claim is rounded, and a training without a seed moves a little
# as the probes grader has it by default; what an assignment sets is not known here
TOLERANCE = 0.005


class MetricParams(Params):
    """``metric``: the assignment's."""

    metric: Metric = Metric.ROC_AUC


def predictions_file(evidence: Evidence, key: AnswerKey, params: NoParams) -> Score:
    """1 when the file holds one probability for each public row."""
    ids = answers.read(key).ids
    try:
        values = predictions.read(evidence, STAGE, ids)
    except PredictionsError as error:
        return error.score()
    distinct = np.unique(values).size
    told = f"{values.size:,} rows, each with a probability; {distinct:,} different values"
    return Score.graded(1.0, told, measures={"rows": float(values.size), "distinct": float(distinct)})


def company(evidence: Evidence, key: AnswerKey, params: NoParams) -> Score:
    """The mean of the two: one row alone, and rows and columns in another order."""
    ids = answers.read(key).ids
    try:
        whole = predictions.read(evidence, STAGE, ids)
    except PredictionsError as error:
        return error.score()
    ruler = Ruler(whole, whole)
    sizes = key.table("batches").set_index("stage")["rows"]
    checks = [
        batches.check(evidence, stage, ids, whole, ruler, rows=int(sizes[stage]), tolerance=TOLERANCE)
        for stage in (batches.ONE, batches.SHUFFLED)
    ]
    ran = [check for check in checks if check is not None]
    if not ran:
        return Score.missing("neither batch was run")
    lost = [check for check in ran if check.value < 1.0]
    findings = tuple(
        Finding(
            what=f"{check.probe}: {check.told}"[:2000],
            place=Place(file=FILE, rows=check.rows, stage=check.stage),
            severity=Severity.MAJOR,
            fix=check.fix,
            rule=check.stage,
        )
        for check in lost
    )
    reason = "; ".join(f"{check.probe}: {check.told}" for check in lost) or "the same in any company"
    value = sum(check.value for check in ran) / len(ran)
    return Score.graded(value, reason, earn_back="; ".join(c.fix for c in lost), findings=findings)


def public_metric(evidence: Evidence, key: AnswerKey, params: MetricParams) -> Score:
    """The metric itself as the value, with its 95 % interval: on public rows, and so no score."""
    sealed = answers.read(key)
    try:
        predicted = predictions.read(evidence, STAGE, sealed.ids)
    except PredictionsError as error:
        return error.score()
    measured = compare(Ranking(sealed.label, predicted), metric=params.metric)
    value, half = float(measured.areas[0]), Z95 * measured.se()
    low, high = max(0.0, value - half), min(1.0, value + half)
    told = f"{params.metric.label} {value:.3f} on {sealed.label.size:,} public validation rows"
    return Score.graded(value, f"{told} (95 % interval {low:.3f} to {high:.3f})", interval=(low, high))


def report(evidence: Evidence, key: AnswerKey, params: MetricParams) -> Score:
    """1 when training left a figure on unseen rows that is the claim; nothing is trained anew here."""
    found = reports.read(evidence, TRAIN, params.metric)
    act = f'let training write metrics.json into {{model}}: {{"{params.metric.value}": 0.84}}, on unseen rows'
    place = Place(file=reports.FILE, stage=TRAIN)
    if isinstance(found, str):
        finding = Finding(what=found, place=place, severity=Severity.MAJOR, fix=act, rule="no-report")
        return Score.missing(found, earn_back=act, findings=(finding,))
    claim = claims.understood(evidence.submission.settings.claims, params.metric)
    path = found.highest() if isinstance(claim, str) else found.nearest(claim.area)
    figure = found.figures[path]
    told = f"{found.file} says {shown(path)} {figure:.4g}"
    if isinstance(claim, str) or claim.area - figure <= SAME:
        return Score.graded(1.0, told, measures={"reported": figure})
    told = f"{told}; claimed is {claim.area:.4g}"
    act = "claim what training reports, or report what you claim"
    finding = Finding(what=told, place=place, severity=Severity.MAJOR, fix=act, rule="another-claim")
    return Score.graded(0.0, told, earn_back=act, findings=(finding,), measures={"reported": figure})


REHEARSAL: dict[str, Grader[Any]] = {
    "predictions": Grader("predictions", (STAGE,), NoParams, predictions_file),
    "company": Grader("company", (STAGE,), NoParams, company),
    "metric": Grader("metric", (STAGE,), MetricParams, public_metric),
    "tests_run": tests_run.GRADER,
    "structure": structure.GRADER,
    "defects": defects.GRADER,
    "conventions": conventions.GRADER,
    "ml_smells": ml_smells.GRADER,
    "dependencies": dependencies.GRADER,
    "repository": repository.GRADER,
    "test_smells": test_smells.GRADER,
    "form": form.GRADER,
    "claims": claims.GRADER,
    "honest_evaluation": Grader("honest_evaluation", (TRAIN,), MetricParams, report),
}
