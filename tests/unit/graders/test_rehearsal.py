"""The judges a candidate may run at home: they need no secret, and say what they say of hidden rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from graders import REGISTRY
from graders.communication.claims import ClaimsParams
from graders.kit.case import good_case, make_rows, model, write, write_key, write_predictions
from graders.rehearsal import REHEARSAL, MetricParams
from harness.handout.spec import OPEN_GRADERS
from harness.model import AnswerKey, Metric, NoParams, Score, Verdict


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in OPEN_GRADERS
        if name in REGISTRY and REHEARSAL[name] is REGISTRY[name] and name != "claims"
    ],
)
def test_an_open_grader_never_opens_the_key(name: str, tmp_path: Path) -> None:
    case = good_case(tmp_path, NoParams())
    grader = REGISTRY[name]
    without = grader.grade(case.evidence, AnswerKey(root=tmp_path / "nowhere"), grader.params())
    assert without == grader.grade(case.evidence, case.key, grader.params())
    assert without.verdict is Verdict.GRADED


@pytest.mark.parametrize(
    ("content", "value"), [('{"roc_auc": 0.85}', 1.0), ('{"roc_auc": 0.7}', 0.0), ("{}", 0.0), ("[", 0.0)]
)
def test_a_report_is_read_at_home_and_compared_with_the_claim(
    content: str, value: float, tmp_path: Path
) -> None:
    case = good_case(tmp_path, MetricParams())
    write(case.evidence.root, "train", "model/metrics.json", content)
    grader = REHEARSAL["honest_evaluation"]
    score = grader.grade(case.evidence, AnswerKey(root=tmp_path / "nowhere"), MetricParams())
    assert score.value == value
    assert bool(score.findings) == (value < 1.0)


def test_a_claim_is_judged_without_a_look_at_the_anchors(tmp_path: Path) -> None:
    case = good_case(tmp_path, ClaimsParams())
    rows = make_rows()
    half = np.full(len(rows), 0.5)
    public = write_key(tmp_path / "public", rows, baseline=half, reference=half)
    claims = REHEARSAL["claims"]
    assert claims.grade(case.evidence, public, ClaimsParams()) == claims.grade(
        case.evidence, case.key, ClaimsParams()
    )


@pytest.mark.parametrize("metric", ["roc_auc", "average_precision"])
def test_the_metric_comes_with_an_interval_that_holds_it(metric: str, tmp_path: Path) -> None:
    score = measured(tmp_path, metric, noise=0.5)
    assert score.interval is not None
    assert score.value is not None
    assert score.interval[0] < score.value < score.interval[1]
    assert score == measured(tmp_path, metric, noise=0.5)


def test_an_interval_covers_what_many_rows_would_say(tmp_path: Path) -> None:
    """Of 40 slices of 500 rows, the value of 20,000 rows lies within the 95 % interval of nearly all."""
    many = make_rows(99, natural=20_000, stressed=0, probed=1)
    truth = measured_on(tmp_path / "many", many, "roc_auc").value or 0.0
    covered = 0
    for seed in range(40):
        slice_ = make_rows(seed, natural=500, stressed=0, probed=1)
        low, high = measured_on(tmp_path / str(seed), slice_, "roc_auc").interval or (0.0, 0.0)
        covered += low <= truth <= high
    assert covered >= 34


def measured(folder: Path, metric: str, *, noise: float) -> Score:
    rows = make_rows(5, natural=500, stressed=0, probed=1)
    return measured_on(folder / f"{metric}-{noise}", rows, metric, noise=noise)


def measured_on(folder: Path, rows: pd.DataFrame, metric: str, *, noise: float = 0.5) -> Score:
    case = good_case(folder / "case", NoParams())
    half = np.full(len(rows), 0.5)
    key = write_key(folder / "key", rows, baseline=half, reference=half)
    write_predictions(case.evidence.root, "predict", rows["id"], model(rows, noise=noise))
    return REHEARSAL["metric"].grade(case.evidence, key, MetricParams(metric=Metric(metric)))
