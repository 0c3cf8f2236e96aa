"""The fault policy: theirs costs the criterion, ours withholds the total and costs nobody."""

from __future__ import annotations

import logging
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from harness.errors import InfraError, SubmissionError
from harness.judge import judge
from harness.model import (
    AnswerKey,
    Assignment,
    Criterion,
    DatasetRef,
    Ended,
    Evidence,
    Grader,
    NoParams,
    Score,
    Scorecard,
    Settings,
    StageResult,
    Submission,
    Track,
    Trust,
    Verdict,
    points,
)


def evidence(tmp_path: Path, *, track: Track = Track.REPO, **ended: Ended) -> Evidence:
    stages = {"predict": Ended.FINISHED, "static": Ended.FINISHED, **ended}
    return Evidence(
        root=tmp_path,
        submission=Submission(
            root=tmp_path, digest="0" * 64, track=track, settings=Settings(), files=1, size_bytes=1
        ),
        stages={n: StageResult(stage=n, ended=e, reason=f"{n} {e.value}") for n, e in stages.items()},
    )


def grader(name: str, result: Score | Exception, *needs: str) -> Grader[Any]:
    def grade(evidence: Evidence, key: AnswerKey, params: NoParams) -> Score:
        if isinstance(result, Exception):
            raise result
        return result

    return Grader(name=name, needs=needs, params=NoParams, grade=grade)


def card(tmp_path: Path, evidence: Evidence, *graders: Grader[Any], notebook_too: bool = True) -> Scorecard:
    tracks = tuple(Track) if notebook_too else (Track.REPO,)
    rubric = tuple(
        Criterion(id=f"A{i}", title=f"Leaf {i}", grader=g.name, weight=100 / len(graders),
                  tracks=tracks if i == 1 else tuple(Track))
        for i, g in enumerate(graders, 1)
    )  # fmt: skip
    assignment = Assignment(
        slug="tiny", title="t", version=1, tracks=tuple(Track), dataset=DatasetRef(name="tiny", seed=1),
        anchors={}, rubric=rubric,
    )  # fmt: skip
    registry = {g.name: g for g in graders}
    return judge(
        evidence, AnswerKey(tmp_path), assignment, registry, edition="e", provenance={"harness": "1"}
    )


FULL = Score.graded(1.0, "all of it")


def test_a_grader_bug_withholds_the_total_and_never_charges_the_candidate(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        judged = card(tmp_path, evidence(tmp_path), grader("good", FULL), grader("bug", KeyError("oops")))
    assert judged.total is None
    assert judged.lines[0].points == Decimal("50.00")
    assert judged.lines[1].score.verdict is Verdict.UNGRADED
    assert "A2 could not be graded" in judged.withheld
    assert "oops" in caplog.text


def test_a_damaged_answer_key_withholds_the_total(tmp_path: Path) -> None:
    def reads_the_key(evidence: Evidence, key: AnswerKey, params: NoParams) -> Score:
        key.table("rows")
        return FULL

    (tmp_path / "rows.parquet").write_bytes(b"PAR1 not really")
    judged = card(
        tmp_path, evidence(tmp_path), Grader(name="k", needs=(), params=NoParams, grade=reads_the_key)
    )
    assert judged.total is None
    assert "answer key" in judged.lines[0].score.reason


def test_infrastructure_trouble_in_a_grader_is_never_charged(tmp_path: Path) -> None:
    judged = card(tmp_path, evidence(tmp_path), grader("infra", InfraError("disk")))
    assert judged.lines[0].score.verdict is Verdict.UNGRADED


def test_a_candidates_bad_file_costs_the_criterion_with_its_reason(tmp_path: Path) -> None:
    bad = SubmissionError("your predictions.csv has no column id", hint="add it")
    judged = card(tmp_path, evidence(tmp_path), grader("good", FULL), grader("theirs", bad))
    assert judged.total == Decimal("50.00")
    assert judged.lines[1].score.verdict is Verdict.MISSING
    assert judged.lines[1].score.reason == "your predictions.csv has no column id (add it)"


def test_a_stage_that_did_not_finish_costs_what_needs_it_with_the_stages_reason(tmp_path: Path) -> None:
    seen = evidence(tmp_path, static=Ended.TIMEOUT)
    judged = card(tmp_path, seen, grader("good", FULL), grader("needs", FULL, "static"))
    assert judged.lines[1].score.reason == "static did not finish: static timeout"
    assert judged.total == Decimal("50.00")


def test_an_analyser_of_ours_that_fails_is_never_charged(tmp_path: Path) -> None:
    seen = evidence(tmp_path)
    failed = StageResult(stage="static", ended=Ended.OUT_OF_MEMORY, writer=Trust.TOOLS)
    seen = seen.model_copy(update={"stages": seen.stages | {"static": failed}})
    judged = card(tmp_path, seen, grader("good", FULL), grader("needs", FULL, "static"))
    assert judged.lines[1].score.verdict is Verdict.UNGRADED
    assert judged.total is None


def test_when_nothing_runs_the_total_is_capped_and_the_card_says_so(tmp_path: Path) -> None:
    judged = card(tmp_path, evidence(tmp_path, predict=Ended.FAILED), grader("good", FULL))
    assert judged.total == Decimal("25.00")
    assert "at most 25" in judged.gates[0]


def test_a_leaf_that_does_not_apply_is_left_out_and_the_rest_renormalised(tmp_path: Path) -> None:
    seen = evidence(tmp_path, track=Track.NOTEBOOK)
    half = Score.graded(0.5, "half")
    judged = card(tmp_path, seen, grader("repo", FULL), grader("all", half), notebook_too=False)
    assert [left.criterion.id for left in judged.left_out] == ["A1"]
    assert judged.lines[0].weight == 100
    assert judged.total == Decimal("50.00")


def test_something_suspicious_asks_for_a_person_and_takes_no_point(tmp_path: Path) -> None:
    odd = Score.graded(1.0, "all of it", suspicious="the suite passes on broken code")
    judged = card(tmp_path, evidence(tmp_path), grader("odd", odd))
    assert judged.total == Decimal("100.00")
    assert judged.needs_human == ("A1: the suite passes on broken code",)


def test_the_same_evidence_gives_the_same_card_to_the_last_byte(tmp_path: Path) -> None:
    noisy = Score.graded(1 / 3, "a third", interval=(0.2, 0.5), measures={"auc": 0.1 + 0.2})
    cards = [
        card(tmp_path, evidence(tmp_path), grader("a", noisy), grader("b", FULL)).model_dump_json()
        for _ in range(2)
    ]
    assert cards[0] == cards[1]
    assert Scorecard.model_validate_json(cards[0]).model_dump_json() == cards[0]


def test_a_card_with_a_total_and_an_ungraded_line_cannot_be_made(tmp_path: Path) -> None:
    judged = card(tmp_path, evidence(tmp_path), grader("bug", KeyError()))
    with pytest.raises(ValidationError, match="exactly when every criterion is graded"):
        Scorecard.model_validate_json(judged.model_dump_json().replace('"total":null', '"total":"1"'))


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": Verdict.UNGRADED, "value": 0.0, "reason": "r"},
        {"verdict": Verdict.GRADED, "reason": "r"},
        {"verdict": Verdict.GRADED, "value": float("nan"), "reason": "r"},
        {"verdict": Verdict.MISSING, "value": 0.1, "reason": "r"},
        {"verdict": Verdict.GRADED, "value": 0.1, "reason": ""},
        {"verdict": Verdict.GRADED, "value": 0.1, "reason": "r", "interval": (0.5, 0.4)},
        {"verdict": Verdict.GRADED, "value": 0.1, "reason": "r", "measures": {"x": float("inf")}},
    ],
)
def test_a_score_that_makes_no_sense_cannot_be_made(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Score(**wrong)


def test_halves_are_rounded_up_as_people_do() -> None:
    assert points(0.7125, 1.0) == Decimal("0.71")
    assert points(0.00005, 100) == Decimal("0.01")
    assert points(0.125, 1) == Decimal("0.13")


@given(st.floats(0, 1), st.floats(0.01, 100))
def test_points_are_never_negative_nor_more_than_the_weight(value: float, weight: float) -> None:
    assert 0 <= points(value, weight) <= Decimal(str(weight)) + Decimal("0.005")
