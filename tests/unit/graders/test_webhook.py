"""D9: what is due, what was heard, and what shows nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graders.deployment import webhook
from graders.kit import case
from graders.kit.check import outcome
from harness.errors import InfraError
from harness.model import Ended, NoParams, Score, Trust

SERVED = {f"R{n:06d}": (n * 37 % 100) / 100 for n in range(200)}


def graded(tmp_path: Path, **changes: Any) -> Score:
    return outcome(webhook.GRADER, seen(tmp_path, **changes))


def seen(tmp_path: Path, stage: dict[str, Any] | None = None, **changes: Any) -> case.Case:
    good = case.good_case(tmp_path, NoParams())
    told = case.webhook(SERVED, **changes)
    case.write(good.evidence.root, "serve-webhook", "webhook.json", json.dumps(told))
    stages = dict(good.evidence.stages)
    stages["serve-webhook"] = stages["serve-webhook"].model_copy(update=stage or {})
    return case.Case(good.evidence.model_copy(update={"stages": stages}), good.key, good.params)


def heard(name: str, prediction: float | None) -> dict[str, Any]:
    return {"id": name, "prediction": prediction, "heard": True}


def test_each_due_row_heard_once_earns_everything(tmp_path: Path) -> None:
    score = graded(tmp_path)
    assert (score.value, score.findings) == (1.0, ())


@pytest.mark.parametrize("digits", [6, 7, 9])
def test_six_digits_of_a_prediction_are_enough(tmp_path: Path, digits: int) -> None:
    rows = {name: value / 3 + 0.4 for name, value in SERVED.items()}
    calls = [
        heard(name, round(value, digits)) for name, value in list(rows.items())[:150] if value >= case.LEAST
    ]
    told = case.webhook(rows, calls=calls)
    good = seen(tmp_path, asked=told["asked"], calls=calls)
    assert outcome(webhook.GRADER, good).value == 1.0


@pytest.mark.parametrize("prediction", [None, 0.5])
def test_a_row_told_with_another_number_was_not_told(tmp_path: Path, prediction: float | None) -> None:
    calls = [heard(call["id"], prediction) for call in case.webhook(SERVED)["calls"] if call["heard"]]
    score = graded(tmp_path, calls=calls)
    assert score.measures["told"] <= 0.05
    assert "was heard with" in score.findings[0].what


def test_more_calls_for_a_row_that_was_not_heard_yet_are_no_surplus(tmp_path: Path) -> None:
    calls = [call for call in case.webhook(SERVED)["calls"] if not call["heard"]]
    score = graded(tmp_path, calls=[*calls * 5, *case.webhook(SERVED)["calls"]])
    assert score.value == 1.0


def test_a_row_without_an_answer_may_have_been_due(tmp_path: Path) -> None:
    """The server may have taken it, told of it, and been too slow for us."""
    told = case.webhook(SERVED)
    late = {**told["asked"][5], "id": "LATE", "prediction": None, "status": 0, "fault": "no answer"}
    score = graded(tmp_path, asked=[*told["asked"], late], calls=[*told["calls"], heard("LATE", 0.9)])
    assert score.measures["once"] == 1.0


def test_half_of_all_rows_heard_twice_leave_nothing_of_once(tmp_path: Path) -> None:
    calls = case.webhook(SERVED)["calls"]
    known = [call for call in calls if call["heard"]]
    score = graded(tmp_path, calls=[*calls, *known[: (len(known) + 1) // 2]])
    assert score.measures["once"] == 0.0
    assert score.value == pytest.approx(1 - webhook.ONCE)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"listening": False, "asked": [], "calls": []}, "itself listens at the port"),
        ({"calls": []}, "never called"),
        ({"calls": [], "odd": 12}, "12 calls came"),
        ({"least": 2.0, "calls": []}, "nobody was to be told"),
        ({"health": case.health(seconds=None)}, "never was healthy"),
        (
            {"stage": {"files": (), "ended": Ended.FAILED, "reason": "exit code 1"}},
            "was not there: exit code 1",
        ),
    ],
)
def test_what_shows_nothing_earns_nothing_and_says_why(
    tmp_path: Path, changes: dict[str, Any], told: str
) -> None:
    score = graded(tmp_path, **changes)
    assert score.value == 0.0
    assert told in score.reason
    assert score.earn_back


def test_who_was_never_called_again_after_a_503_is_told_so(tmp_path: Path) -> None:
    calls = [{**call, "heard": False} for call in case.webhook(SERVED)["calls"]]
    assert "never again after it had said 503" in graded(tmp_path, calls=calls).reason


def test_one_answer_for_everything_is_worth_half(tmp_path: Path) -> None:
    told = case.webhook(dict.fromkeys(SERVED, 0.9))
    assert graded(tmp_path, asked=told["asked"], calls=told["calls"]).value == pytest.approx(webhook.STUB)


def test_a_server_that_failed_at_its_end_keeps_what_was_heard_of_it(tmp_path: Path) -> None:
    score = graded(tmp_path, stage={"ended": Ended.FAILED, "reason": "exit code 137"})
    assert score.value == 1.0


def test_a_prober_of_ours_that_fails_charges_nobody(tmp_path: Path) -> None:
    spoilt = seen(tmp_path, stage={"ended": Ended.FAILED, "writer": Trust.TOOLS})
    with pytest.raises(InfraError, match="our prober failed"):
        webhook.GRADER.grade(spoilt.evidence, spoilt.key, spoilt.params)


def test_a_slow_service_waits_for_nobody(tmp_path: Path) -> None:
    """As slow without anybody to tell: what it takes is its own time."""
    slow = [{**one, "seconds": 4.0} for one in case.webhook(SERVED)["asked"]]
    good = seen(tmp_path, asked=slow)
    assert outcome(webhook.GRADER, good).measures["free"] < 0.1
    usual = [case.asked(name, value, seconds=3.9) for name, value in SERVED.items()]
    probe = case.probe(SERVED, many=usual, one=usual[:40])
    case.write(good.evidence.root, "serve", "probe.json", json.dumps(probe))
    assert outcome(webhook.GRADER, good).value == 1.0


def test_a_row_that_there_was_no_time_to_ask_for_waited_for_nobody(tmp_path: Path) -> None:
    told = case.webhook(SERVED)
    over = {"prediction": None, "status": 0, "fault": "not asked: the time for all requests was up"}
    asked = [{**one, **over} if one["part"] == "deaf" else one for one in told["asked"]]
    late = {one["id"] for one in asked if one["part"] == "deaf"}
    calls = [call for call in told["calls"] if call["id"] not in late]
    assert graded(tmp_path, asked=asked, calls=calls).value == 1.0
