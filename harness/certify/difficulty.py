"""Anchors on an edition's hidden rows -> is there room between them, is every edition as hard?"""

from __future__ import annotations

import statistics
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from sklearn.metrics import average_precision_score, roc_auc_score

from harness.audit.about import NAME as ABOUT
from harness.audit.about import read_about
from harness.certificate import Check
from harness.collect import Watcher
from harness.dataset import open_key
from harness.exam import Bench, Exam, prepare
from harness.model import Sandbox, Scorecard

SPREAD = 0.01  # standard deviation of the reference's metric over editions
ROOM = 0.02  # between the anchors: closer ones cannot be told apart, and are spread by the graders
CLEARLY = 4.0  # standard errors between the anchors
GROUPS = 20
NORMALISED_SE = 0.02  # of a score between the anchors: what the hidden rows are many enough for
METRICS = {"roc_auc": roc_auc_score, "average_precision": average_precision_score}


@dataclass(frozen=True)
class Anchored:
    """Baseline and reference on the natural rows of one edition."""

    edition: str
    metric: str
    rows: int
    baseline: float
    reference: float
    reference_auc: float  # whatever the metric: what the audit holds single columns against
    error: float  # of the difference, paired by row: delete-a-group jackknife


def measured(exam: Exam) -> Anchored:
    """The anchors' metric, read off the sealed tables."""
    key = open_key(exam.key)
    table = key.table("rows").merge(key.table("anchors"), on="id", validate="one_to_one")
    natural = table[table["role"].eq("natural")]
    metric = "roc_auc"
    if (exam.edition.folder / ABOUT).is_file():
        metric = read_about(exam.edition.folder).metric
    group = natural["entity"].astype(str).map(lambda e: zlib.crc32(e.encode()) % GROUPS).to_numpy()
    apart = [_gap(natural[group != n], metric) for n in range(GROUPS)]
    variance = (GROUPS - 1) / GROUPS * float(np.square(np.array(apart) - np.mean(apart)).sum())
    return Anchored(
        edition=exam.edition.name,
        metric=metric,
        rows=len(natural),
        baseline=_metric(natural, "baseline", metric),
        reference=_metric(natural, "reference", metric),
        reference_auc=_metric(natural, "reference", "roc_auc"),
        error=variance**0.5,
    )


def other_editions(bench: Bench, sandbox: Sandbox, watcher: Watcher, count: int) -> list[Anchored]:
    """The anchors on ``count`` more editions, as candidates would be given them."""
    found = []
    for n in range(1, count + 1):
        dataset = bench.assignment.dataset.model_copy(update={"seed": bench.assignment.dataset.seed + n})
        other = replace(bench, assignment=bench.assignment.model_copy(update={"dataset": dataset}))
        found.append(measured(prepare(other, sandbox, watcher)))
    return found


def headroom(anchored: Anchored) -> Check:
    """The reference is surely above the baseline, by enough to grade what lies between."""
    gap = anchored.reference - anchored.baseline
    figures = (
        f"{anchored.metric}: baseline {anchored.baseline:.4f}, reference {anchored.reference:.4f} on"
        f" {anchored.rows:,} rows, {gap:+.4f} with a paired standard error of {anchored.error:.4f}"
    )
    if gap < 0:
        told = f"the reference is below the baseline; {figures}"
    elif gap < ROOM or gap < CLEARLY * anchored.error:
        told = f"too little room between the anchors; {figures}"
    else:
        told = figures
    return Check(
        name="headroom",
        passed=gap >= max(ROOM, CLEARLY * anchored.error),
        told=told,
        act=f"at least {ROOM} and {CLEARLY:g} standard errors: mend anchors.reference, or give the world more"
        " to find",
    )


def spread(editions: Sequence[Anchored]) -> Check:
    """Whether candidates with other editions have it as hard.

    The standard deviation, because a range grows with the number of editions looked at.
    """
    found = [e.reference for e in editions]
    deviation = statistics.stdev(found) if len(found) > 1 else 0.0
    listed = ", ".join(f"{value:.4f}" for value in found)
    return Check(
        name="difficulty",
        passed=len(found) > 1 and deviation < SPREAD,
        told=f"{editions[0].metric} of the reference over {len(found)} editions: {listed}; standard deviation"
        f" {deviation:.4f} (at most {SPREAD})",
        act="more hidden rows, or fewer things that the seed decides about how hard it is",
    )


def precision(cards: Mapping[str, Scorecard]) -> Check:
    """The hidden rows are many enough: the widest standard error of a good control's score."""
    errors = {name: se for name, card in cards.items() if (se := _normalised_se(card)) is not None}
    if not errors:
        return Check(
            name="hidden rows",
            passed=False,
            told="no criterion gave a normalised standard error",
            act="the rubric needs a hidden score (grader hidden_score), and its controls a grade",
        )
    worst = max(errors, key=lambda name: errors[name])
    return Check(
        name="hidden rows",
        passed=errors[worst] <= NORMALISED_SE,
        told=f"the score of {worst} has a standard error of {errors[worst]:.4f} (at most {NORMALISED_SE})",
        act=f"about {(errors[worst] / NORMALISED_SE) ** 2:.1f} times as many natural rows to predict",
    )


def _normalised_se(card: Scorecard) -> float | None:
    found = (line.score.measures.get("normalised_se") for line in card.lines)
    return next((se for se in found if se is not None), None)


def _gap(rows: pd.DataFrame, metric: str) -> float:
    return _metric(rows, "reference", metric) - _metric(rows, "baseline", metric)


def _metric(rows: pd.DataFrame, model: str, metric: str) -> float:
    return float(METRICS[metric](rows["label"].to_numpy(), rows[model].to_numpy()))
