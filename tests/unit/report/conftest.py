"""Four runs as a report gets them: excellent, poor, broken and ungraded; and a way to make others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from harness.model import (
    Assignment,
    Chart,
    Claims,
    Commands,
    Criterion,
    DatasetRef,
    Ended,
    Evidence,
    Finding,
    LeftOut,
    Line,
    Place,
    Score,
    Scorecard,
    Settings,
    Severity,
    StageResult,
    Submission,
    Track,
    Trust,
    Verdict,
    points,
)
from harness.report import render

DIGEST = "3f8a1c9d27b6" + "0" * 52
RUBRIC = (
    ("A1", "Hidden score", "hidden_score", 25.0),
    ("A2", "Score on stressed data", "stressed_score", 12.0),
    ("A3", "Messy-data probes", "probes", 25.0),
    ("B1", "Structure", "structure", 8.0),
    ("B3", "Errors and defects", "defects", 6.0),
    ("C1", "Tests run and check something", "tests_run", 10.0),
    ("E2", "Claims match measurements", "claims", 14.0),
)
PIPELINE = '''"""Train the churn model."""
import pandas as pd


def load(path):
    df = pd.read_csv(path)
    try:
        df["tenure"] = df["tenure"].astype(float)
    except Exception:
        pass
    df = df.dropna()
    return df


def features(df):
    return pd.get_dummies(df.drop(columns=["churned"]))
'''
PROBES = (
    "spelling of contract",
    "cents or units",
    "decimal comma",
    "sentinel -999",
    "order of rows",
    "closure code",
)


@dataclass(frozen=True)
class Run:
    """What ``render`` takes, and a way to make it with other values."""

    card: Scorecard
    evidence: Evidence
    assignment: Assignment

    def into(self, folder: Path) -> Path:
        """The rendered page."""
        return render(self.card, self.evidence, self.assignment, folder)[0]


@pytest.fixture(scope="session")
def excellent(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """All stages went, little is lost."""
    scores = {
        "A1": _hidden(0.871, (0.84, 0.9)),
        "A2": _stressed(0.86, (0.81, 0.91)),
        "A3": _probes(0.985, (0.0004, 0.0, 0.0, 0.0011, 0.0, 0.0)),
        "B1": Score.graded(
            0.94, "Functions are short; the deepest nesting is 3", measures={"p90 complexity": 6.0}
        ),
        "B3": Score.graded(1.0, "No defect of the pack was found"),
        "C1": Score.graded(1.0, "21 tests ran and passed, 19 of them fail on the sabotaged copy"),
        "E2": Score.graded(1.0, "Claimed 0.846, measured 0.851: within two standard errors"),
    }
    return run(
        tmp_path_factory.mktemp("excellent"),
        scores,
        claims=Claims(metric="roc_auc", value=0.846, how="time split, last 20 %"),
    )


@pytest.fixture(scope="session")
def poor(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """It runs, uses the leak, and its code has many defects."""
    scores = {
        "A1": _hidden(0.57, (0.52, 0.62)),
        "A2": _stressed(0.31, (0.25, 0.37)),
        "A3": _probes(
            0.25,
            (0.154, 0.031, 0.2, 0.118, 0.0, 0.33),
            findings=_probe_findings(),
            earn_back="Normalise spelling, units and commas, and drop closure_code: it is filled later",
        ),
        "B1": Score.graded(
            0.55,
            "p90 cognitive complexity is 19; 2 of 9 functions are longer than 50 lines",
            findings=(
                Finding(
                    what="function build_features is 121 lines long",
                    place=Place(file="src/train.py", line=15),
                    severity=Severity.MAJOR,
                    fix="split it by source table",
                    rule="long-function",
                ),
            ),
            measures={"p90 complexity": 19.0, "functions over 50 lines": 2.0, "deepest nesting": 7.0},
        ),
        "B3": Score.graded(
            0.2,
            "14 defects, one of them hides every error of the loader",
            findings=_defects(14),
            earn_back="Let errors out, or log them with the row they come from",
        ),
        "C1": Score.graded(
            0.4,
            "3 tests pass, and all 3 still pass when every function raises",
            findings=(
                Finding(
                    what="test_model stays green on the sabotaged copy: it asserts nothing about the model",
                    place=Place(file="tests/test_model.py", line=2, stage="test-sabotaged"),
                    severity=Severity.MAJOR,
                    fix="assert on predictions for rows you know",
                ),
            ),
        ),
        "E2": Score.graded(
            0.1,
            "Claimed 0.962, measured 0.817: 19 standard errors too high",
            earn_back="Report a time split without closure_code",
            suspicious="The claim is 0.145 above the measurement, as a leaked column would give",
            findings=(
                Finding(
                    what="claims.value = 0.962 in submission.toml",
                    severity=Severity.CRITICAL,
                    place=Place(file="submission.toml", line=6),
                    fix="estimate on rows later than the training rows",
                ),
            ),
        ),
    }
    return run(
        tmp_path_factory.mktemp("poor"),
        scores,
        claims=Claims(metric="roc_auc", value=0.962, how="random 5-fold"),
        needs_human=("E2: the claim is 0.145 above the measurement, as a leaked column would give",),
    )


@pytest.fixture(scope="session")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """``predict`` dies: three criteria are missing for one reason, and the total is capped."""
    reason = "predict did not finish: exit code 1 after 2.1 s"
    dead = StageResult(
        stage="predict",
        ended=Ended.FAILED,
        reason="exit code 1 after 2.1 s",
        exit_code=1,
        seconds=2.13,
        cpu_seconds=1.9,
        peak_memory_mb=211.4,
        argv=("python", "-m", "churn.predict"),
        attempts=2,
        tail="Traceback (most recent call last):\n  line 9 of predict.py\nKeyError: 'closure_code'\n",
    )
    scores = {name: Score.missing(reason) for name in ("A1", "A2", "A3")}
    scores |= {
        "B1": Score.graded(0.9, "Functions are short"),
        "B3": Score.graded(1.0, "No defect of the pack was found"),
        "C1": Score.graded(
            0.4,
            "1 of 3 tests passes",
            findings=(
                Finding(what="test_predict fails", place=Place(stage="test"), severity=Severity.MAJOR),
            ),
        ),
        "E2": Score.missing(reason),
    }
    return run(
        tmp_path_factory.mktemp("broken"),
        scores,
        stages={"predict": dead},
        gates=("predict did not finish, so the total is at most 25",),
    )


@pytest.fixture(scope="session")
def ungraded(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A grader of ours failed on a notebook: no total, and two criteria do not apply."""
    scores = {
        "A1": _hidden(0.8, (0.76, 0.84)),
        "A2": Score.ungraded("our grader 'stressed_score' failed: KeyError: 'entity'"),
        "A3": _probes(0.9, (0.002, 0.0, 0.0, 0.014, 0.0, 0.0)),
        "B1": Score.graded(0.7, "Cells are short; two functions nest deeply", findings=_defects(1)),
        "B3": Score.graded(0.85, "One defect", findings=_defects(1)),
        "E2": Score.missing("no claim was made", earn_back="Fill [claims] in submission.toml"),
    }
    return run(tmp_path_factory.mktemp("ungraded"), scores, track=Track.NOTEBOOK)


@pytest.fixture(scope="session")
def folder_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Run], Path]:
    """The folder that a run is rendered into: once, however many tests look at it."""
    folders: dict[int, tuple[Run, Path]] = {}

    def folder(run: Run) -> Path:
        if id(run) not in folders:
            into = tmp_path_factory.mktemp("rendered")
            run.into(into)
            folders[id(run)] = (run, into)  # kept, so that no other run gets its id
        return folders[id(run)][1]

    return folder


@pytest.fixture(scope="session")
def page_of(folder_of: Callable[[Run], Path]) -> Callable[[Run], str]:
    """The page of a run, as text."""
    return lambda run: (folder_of(run) / "report.html").read_text(encoding="utf-8")


@pytest.fixture
def any_run(request: pytest.FixtureRequest) -> Run:
    """The run named by the test's parameter."""
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


@pytest.fixture
def one(tmp_path: Path) -> Callable[..., Run]:
    """A run of the given scores, by criterion."""
    return lambda scores, **rest: run(tmp_path, scores, **rest)


def run(
    folder: Path,
    scores: dict[str, Score],
    *,
    track: Track = Track.REPO,
    stages: dict[str, StageResult] | None = None,
    claims: Claims | None = None,
    gates: tuple[str, ...] = (),
    needs_human: tuple[str, ...] = (),
) -> Run:
    """A card whose weights are scaled to 100 over what it has, with the evidence behind it."""
    rubric = tuple(Criterion(id=i, title=t, grader=g, weight=w) for i, t, g, w in RUBRIC)
    scale = 100 / sum(c.weight for c in rubric if c.id in scores)
    lines = tuple(_line(c, round(c.weight * scale, 4), scores[c.id]) for c in rubric if c.id in scores)
    ungraded = [line.criterion.id for line in lines if line.points is None]
    earned = sum((line.points for line in lines if line.points is not None), Decimal(0))
    total = min(earned, Decimal(25)) if gates else earned
    card = Scorecard(
        assignment="telco-churn",
        assignment_version=1,
        submission=DIGEST,
        track=track,
        edition="telco-churn-7",
        lines=lines,
        left_out=tuple(
            LeftOut(criterion=c, reason=f"does not apply to the {track.value} track")
            for c in rubric
            if c.id not in scores
        ),
        total=None if ungraded else total,
        total_interval=None if ungraded or gates else (total - Decimal("1.37"), total + Decimal("1.37")),
        withheld=f"{', '.join(ungraded)} could not be graded, and not by the candidate's fault"
        if ungraded
        else "",
        gates=gates,
        needs_human=needs_human,
        provenance={"takehome": "0.1.0", "candidate image": "sha256:5be1", "tools image": "sha256:77aa"},
    )
    root = folder / "submission"
    for name, text in {
        "src/train.py": PIPELINE,
        "tests/test_model.py": "def test_model():\n    assert True\n",
        "submission.toml": '[commands]\ntrain = "make"\n\n[claims]\nmetric = "roc_auc"\nvalue = 0.962\n',
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    submission = Submission(
        root=root,
        digest=DIGEST,
        track=track,
        files=11,
        size_bytes=48_213,
        settings=Settings(
            commands=Commands(train="python src/train.py"),
            claims=claims or Claims(),
            effort={"hours": "4", "ai_tools": "completion in the editor"},
            detected=("predict: `make predict` was found in the Makefile",),
        ),
        notes=("left out .venv/ (a virtual environment)",),
    )
    evidence = Evidence(root=folder / "evidence", submission=submission, stages=_stages() | (stages or {}))
    assignment = Assignment(
        slug="telco-churn",
        title="Telco churn: who is about to leave?",
        version=1,
        tracks=tuple(Track),
        dataset=DatasetRef(name="telco-churn", seed=7),
        rubric=rubric,
        anchors={"baseline": "submissions/baseline", "reference": "submissions/reference"},
    )
    return Run(card, evidence, assignment)


def _line(criterion: Criterion, weight: float, score: Score) -> Line:
    value = None if score.verdict is Verdict.UNGRADED or score.value is None else points(score.value, weight)
    return Line(criterion=criterion, weight=weight, score=score, points=value)


def _stages() -> dict[str, StageResult]:
    rows = (
        (
            "train",
            14.31,
            13.9,
            412.0,
            Trust.CANDIDATE,
            "read 5634 rows\nvalidation AUC 0.846\nmodel written\n",
        ),
        ("predict", 3.82, 3.4, 268.0, Trust.CANDIDATE, "9214 rows\n"),
        ("predict-one", 2.11, 1.9, 190.0, Trust.CANDIDATE, ""),
        ("predict-shuffled", 2.3, 2.0, 201.0, Trust.CANDIDATE, ""),
        ("test", 6.05, 5.7, 240.0, Trust.CANDIDATE, "21 passed in 4.81s\n"),
        ("test-sabotaged", 4.4, 4.1, 233.0, Trust.CANDIDATE, "19 failed, 2 passed in 3.1s\n"),
        ("static", 1.2, 1.1, 88.0, Trust.TOOLS, ""),
    )
    return {
        name: StageResult(
            stage=name,
            ended=Ended.FINISHED,
            exit_code=0,
            seconds=wall,
            cpu_seconds=cpu,
            peak_memory_mb=peak,
            writer=trust,
            tail=tail,
            argv=("python3", "-I", "stage.py", "--", name),
            files=("predictions.csv",) if name.startswith("predict") else (),
        )
        for name, wall, cpu, peak, trust, tail in rows
    }


def _hidden(value: float, interval: tuple[float, float]) -> Score:
    auc = 0.81 + (value - 0.4) / 0.45 * 0.043
    return Score.graded(
        value,
        f"ROC AUC {auc:.4f} on 5,000 rows nobody had seen; the reference has 0.8530",
        interval=interval,
        measures={"roc_auc": auc, "rows": 5000.0, "standard error": 0.0058},
        earn_back="Use the contacts table: the reference gains most from it",
        findings=(
            Finding(
                what=f"{auc:.4f} against 0.8530 on the same rows",
                place=Place(stage="predict"),
                severity=Severity.INFO,
            ),
        ),
        charts=(
            Chart(
                kind="scale",
                title="From naive to best known",
                x=("naive", "baseline", "reference", "best known"),
                y=(value,),
                low=(0.0, 0.4, 0.85, 1.0),
                caption="0 is a coin, 1 the best anybody reached.",
            ),
            Chart(
                kind="intervals",
                title="ROC AUC on hidden rows",
                x=("baseline", "this submission", "reference"),
                y=(0.81, auc, 0.853),
                low=(0.798, auc - 0.011, 0.843),
                high=(0.822, auc + 0.011, 0.863),
                y_label="ROC AUC",
                caption="Dots are estimates, lines about 95 % intervals.",
            ),
        ),
    )


def _stressed(value: float, interval: tuple[float, float]) -> Score:
    return Score.graded(
        value,
        "Keeps most of its ranking when a third of the cells are messy"
        if value > 0.5
        else "Loses half of its ranking when a third of the cells are messy",
        interval=interval,
        findings=(
            Finding(
                what="AUC falls with the share of messy cells",
                place=Place(stage="predict"),
                severity=Severity.MINOR if value > 0.5 else Severity.MAJOR,
                fix="parse numbers and categories once, in one place",
            ),
        ),
        charts=(
            Chart(
                kind="line",
                title="ROC AUC as mess grows",
                x=(0.0, 0.1, 0.2, 0.3, 0.4),
                y=tuple(0.85 - (1.05 - value) * 0.5 * d for d in (0.0, 0.1, 0.2, 0.3, 0.4)),
                low=tuple(0.84 - (1.05 - value) * 0.5 * d for d in (0.0, 0.1, 0.2, 0.3, 0.4)),
                high=tuple(0.86 - (1.05 - value) * 0.5 * d for d in (0.0, 0.1, 0.2, 0.3, 0.4)),
                x_label="share of messy cells",
                y_label="ROC AUC",
                limit=0.77,
                caption="A flat curve does not care about mess.",
            ),
        ),
    )


def _probes(value: float, changes: tuple[float, ...], **rest: Any) -> Score:
    worst = max(changes)
    rest.setdefault(
        "findings",
        (
            Finding(
                what="sentinel -999: predictions move by 0.0011 on average",
                place=Place(rows=("r-1204", "r-3377"), stage="predict"),
                severity=Severity.INFO,
                fix="treat -999 as missing",
            ),
        ),
    )
    return Score.graded(
        value,
        f"{sum(c <= 0.01 for c in changes)} of {len(changes)} probes hold; the worst moves scores by {worst}",
        measures=dict(zip(PROBES, changes, strict=True)),
        charts=(
            Chart(
                kind="bars",
                title="How far a prediction moves when only the writing changes",
                x=PROBES,
                y=changes,
                limit=0.01,
                y_label="mean |change of probability|",
                caption="The same customer, written differently; bars beyond the line lose points.",
            ),
        ),
        **rest,
    )


def _probe_findings() -> tuple[Finding, ...]:
    return (
        Finding(
            what="closure code: filling it moves predictions by 0.33; it is known only afterwards",
            place=Place(file="src/train.py", line=16),
            severity=Severity.CRITICAL,
            fix="drop closure_code from the features",
        ),
        Finding(
            what="decimal comma: '29,85' and '29.85' differ by 0.2",
            place=Place(rows=tuple(f"r-{n}" for n in range(1200, 1215)), stage="predict"),
            severity=Severity.MAJOR,
            fix="parse numbers with the comma as well",
        ),
        Finding(
            what="spelling: 'Month to month' and 'month-to-month' become two categories",
            place=Place(file="src/train.py", line=16),
            severity=Severity.MAJOR,
            fix="fold case and punctuation before get_dummies",
        ),
    )


def _defects(count: int) -> tuple[Finding, ...]:
    first = Finding(
        what="`except Exception: pass` hides every error of the loader",
        place=Place(file="src/train.py", line=9),
        severity=Severity.CRITICAL,
        fix="catch ValueError and say which row",
        rule="S110",
    )
    rest = tuple(
        Finding(
            what="dropna() over the whole frame drops rows that predict must answer"
            if n == 1
            else f"print in library code ({n})",
            place=Place(file="src/train.py", line=11 if n == 1 else 1 + n % 8),
            severity=Severity.MAJOR if n == 1 else Severity.MINOR,
            fix="use logging",
            rule="T201",
        )
        for n in range(1, count)
    )
    return (*reversed(rest), first)
