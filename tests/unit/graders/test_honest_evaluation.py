"""A4: little trainings, honest and not, really trained on dealt outcomes; and files that are no report."""

from __future__ import annotations

import json
import runpy
import shutil
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from graders.kit.case import Case, good_case, write, write_reports
from graders.model_data import honest_evaluation, reports
from graders.model_data.honest_evaluation import UNJUDGED, HonestEvaluationParams
from harness.collect.permuting import permuted_copy
from harness.edition.permutation import Plan
from harness.errors import InfraError
from harness.model import PERMUTED_STAGES, Claims, Ended, Metric, Track

HERE = Path(__file__).parent / "evaluations"
DEALINGS = 4
THINGS = 450
PLAN = Plan(
    table="rows.csv",
    id="id",
    moves={"outcome": "", "closed": ""},
    together=tuple((f"r{n}", f"c{n}") for n in range(0, THINGS, 2)),
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows whose outcome four columns tell in part; every second stands there twice under another id."""
    rng = np.random.default_rng(5)
    signal, noise = rng.normal(size=(THINGS, 4)), rng.normal(size=(THINGS, 150))
    outcome = rng.random(THINGS) < 1.0 / (1.0 + np.exp(-(signal @ [1.2, -0.9, 0.6, 0.4] - 1.0)))
    frame = pd.DataFrame(signal, columns=[f"x{n}" for n in range(4)]).round(6)
    frame = frame.join(pd.DataFrame(noise, columns=[f"z{n}" for n in range(150)]).round(4))
    frame.insert(0, "id", [f"r{n}" for n in range(THINGS)])
    frame = frame.assign(day=rng.permutation(THINGS), shop=[f"s{n}" for n in rng.integers(0, 220, THINGS)])
    frame["closed"] = np.where(outcome & (rng.random(THINGS) < 0.8), "K1", "")
    frame["outcome"] = np.where(outcome & (rng.random(THINGS) < 0.95), "yes", "no")
    copies = frame[::2].assign(id=[f"c{n}" for n in range(0, THINGS, 2)])
    folder = tmp_path_factory.mktemp("data")
    pd.concat([frame, copies]).sample(frac=1.0, random_state=1).to_csv(folder / "rows.csv", index=False)
    return folder


def train(script: Path, data: Path, model: Path) -> None:
    """Run a script as a fresh program would, without importing everything again."""
    before = sys.argv, sys.path[:]
    sys.argv, sys.path[:0] = [script.name, str(data), str(model)], [str(HERE)]
    sys.modules.pop("common", None)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            runpy.run_path(str(script), run_name="__main__")
    finally:
        sys.argv, sys.path[:] = before
        sys.modules.pop("common", None)


@pytest.fixture(scope="module")
def stage_set(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A good submission, whose reports every training of below writes over."""
    return good_case(tmp_path_factory.mktemp("case"), HonestEvaluationParams())


def judged(script: Path, data: Path, tmp_path: Path, case: Case):
    root = case.evidence.root
    train(script, data, root / "train" / "model")
    for name in PERMUTED_STAGES[:DEALINGS]:
        with permuted_copy(data, PLAN, seed=name, into=tmp_path / "dealt") as dealt:
            train(script, dealt, root / name / "model")
    reported = reports.read(case.evidence, "train", Metric.ROC_AUC)
    assert not isinstance(reported, str), reported
    claim = Claims(metric="roc_auc", value=reported.figures[reported.highest()])
    settings = case.evidence.submission.settings.model_copy(update={"claims": claim})
    submission = case.evidence.submission.model_copy(update={"settings": settings})
    evidence = case.evidence.model_copy(update={"submission": submission})
    return honest_evaluation.grade(evidence, case.key, case.params)


@pytest.mark.parametrize("script", sorted((HERE / "honest").glob("*.py")), ids=lambda path: path.stem)
def test_an_honest_evaluation_loses_nothing(script, data, tmp_path, stage_set):
    score = judged(script, data, tmp_path, stage_set)
    assert score.measures["permuted"] == 1.0, score.reason
    assert not score.suspicious


@pytest.mark.parametrize("script", sorted((HERE / "dishonest").glob("*.py")), ids=lambda path: path.stem)
def test_a_dishonest_evaluation_loses_most(script, data, tmp_path, stage_set):
    score = judged(script, data, tmp_path, stage_set)
    assert score.measures["permuted"] <= 0.5, score.reason
    assert any(f.rule in ("permuted-report", "fixed-report") for f in score.findings)
    assert score.charts[0].limit == 0.5


# ------------------------------------------------------------------------------------- what is no report


@pytest.fixture
def case(tmp_path, stage_set):
    """A copy of the good submission, with its own reports."""
    root = tmp_path / "evidence"
    shutil.copytree(stage_set.evidence.root, root)
    write_reports(root, 0.85)
    return Case(stage_set.evidence.model_copy(update={"root": root}), stage_set.key, stage_set.params)


def graded(case, **submission):
    update = {"submission": case.evidence.submission.model_copy(update=submission)} if submission else {}
    return honest_evaluation.grade(case.evidence.model_copy(update=update), case.key, case.params)


def claiming(case, **claims):
    settings = case.evidence.submission.settings
    return {"settings": settings.model_copy(update={"claims": Claims(**claims)})}


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b'{"roc_auc": NaN}', b'{"roc_auc": 1e999}', b'{"roc_auc": "0.85"}', b'{"roc_auc": true}',
        b'{"roc_auc": ' + b"9" * 5000 + b"}", b"[" * 100_000, b'{"train_roc_auc": 0.85}',
        b'{"baseline": {"auc": 0.85}}',
        b'{"roc_auc_se": 0.85}', b'{"accuracy": 0.85}', b" " * 2**21,
    ],
)  # fmt: skip
def test_what_is_no_report_earns_less_than_an_honest_one(case, content):
    write(case.evidence.root, "train", "model/metrics.json", content)
    score = graded(case)
    assert score.value == pytest.approx(UNJUDGED)
    assert "metrics.json" in score.earn_back


def test_a_link_is_no_report(case, tmp_path):
    path = case.evidence.root / "train/model/metrics.json"
    path.rename(tmp_path / "elsewhere.json")
    path.symlink_to(tmp_path / "elsewhere.json")
    assert graded(case).value == pytest.approx(UNJUDGED)


@pytest.mark.parametrize(
    "content",
    [
        {"roc_auc": 0.85}, {"validation": {"roc_auc": 0.85, "brier": 0.1}}, {"test_auc": 85.0}, {"AUC": 0.85},
        {"cv": {"roc_auc": {"mean": 0.85, "std": 0.01}}}, {"metric": "roc_auc", "value": 0.85},
        {"roc_auc": [0.84, 0.86]}, {"train_auc": 0.99, "auc": 0.85}, {"oof_roc_auc": 0.85}, {"ROC AUC": 0.85},
        {"metrics": [{"name": "auc", "value": 0.85}]} , {"valAuc": 0.85},
    ],
)  # fmt: skip
def test_many_ways_to_write_it_are_read(case, content):
    if "metrics" in content:
        content = {"metrics": content["metrics"][0]}
    write(case.evidence.root, "train", "model/metrics.json", json.dumps(content))
    found = reports.read(case.evidence, "train", Metric.ROC_AUC)
    assert not isinstance(found, str), found
    assert list(found.figures.values()) == pytest.approx([0.85])


def test_a_report_in_the_repository_counts_as_well(case):
    for name in ("train", *PERMUTED_STAGES[:4]):
        old = case.evidence.root / name / "model/metrics.json"
        (case.evidence.root / name / "work").mkdir(parents=True)
        old.rename(case.evidence.root / name / "work/metrics.json")
    assert graded(case).value == 1.0


def test_a_report_of_chance_beside_a_high_claim_is_no_report_of_it(case):
    write_reports(case.evidence.root, 0.5)
    score = graded(case)
    assert score.value == pytest.approx(UNJUDGED)
    assert "no report of that" in score.reason


def test_of_five_figures_the_one_that_is_claimed_is_tested(case):
    for name, honest in (("train", 0.6), *((name, 0.5) for name in PERMUTED_STAGES[:4])):
        figures = {"a": {"auc": 0.85}, "b": {"auc": honest}, "c": {"auc": 0.5}}
        write(case.evidence.root, name, "model/metrics.json", json.dumps(figures))
    score = graded(case)
    assert score.value == 0.0
    assert score.findings[0].rule == "fixed-report"


def test_training_that_ends_on_dealt_outcomes_before_it_reports_cannot_be_tested(case):
    for name in PERMUTED_STAGES:
        (case.evidence.root / name / "model/metrics.json").unlink(missing_ok=True)
    score = graded(case)
    assert score.value == pytest.approx(UNJUDGED)
    assert "before any check" in score.earn_back


def test_exactly_chance_every_time_is_for_a_person_to_look_at_and_costs_nothing(case):
    write_reports(case.evidence.root, 0.85, (0.5, 0.5, 0.5, 0.5))
    score = graded(case)
    assert score.suspicious
    assert score.value == 1.0


def test_a_claim_above_what_fresh_rows_show_costs_half_at_most(case):
    write_reports(case.evidence.root, 0.99)
    score = graded(case, **claiming(case, metric="roc_auc", value=0.99))
    assert score.value == pytest.approx(0.5)


def test_a_modest_claim_costs_nothing_here(case):
    assert graded(case, **claiming(case, metric="roc_auc", value=0.75)).value == 1.0


def test_without_a_claim_the_highest_figure_is_tested(case):
    assert graded(case, **claiming(case)).value == 1.0


def test_a_notebook_is_judged_without_dealt_outcomes(case):
    assert graded(case, track=Track.NOTEBOOK).value == 1.0


def test_trainings_that_we_did_not_run_are_ours(case):
    stages = {
        name: result.model_copy(update={"ended": Ended.SKIPPED}) if name in PERMUTED_STAGES else result
        for name, result in case.evidence.stages.items()
    }
    with pytest.raises(InfraError):
        honest_evaluation.grade(case.evidence.model_copy(update={"stages": stages}), case.key, case.params)


def smelling(case, rule: str) -> None:
    path = case.evidence.root / "static/static.json"
    found = json.loads(path.read_text())
    smell = {"path": "src/churn.py", "line": 7, "cell": None, "rule": rule, "message": "seen", "used": True}
    path.write_text(json.dumps(found | {"smells": [smell]}))


def test_a_smell_that_the_runs_refute_is_told_and_costs_nothing(case):
    smelling(case, "evaluated-on-train")
    score = graded(case)
    assert score.value == 1.0
    assert str(score.findings[0].place) == "src/churn.py:7"


def test_a_smell_that_no_run_can_refute_costs_a_quarter(case):
    smelling(case, "tuned-on-test")
    assert graded(case).value == pytest.approx(0.75)


def test_a_scaler_fitted_before_the_split_costs_nothing(case):
    smelling(case, "fit-before-split")
    assert graded(case).value == 1.0
