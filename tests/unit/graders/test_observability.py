"""D8: what a log and /metrics must show of a request, and what they must keep to themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders import REGISTRY
from graders.deployment import observability
from graders.deployment.observability import counters
from graders.kit.case import Case, good_case
from graders.kit.case.evidence import write
from graders.kit.case.service import STATUSES, log, marked, probe
from graders.kit.check import outcome
from harness.errors import InfraError
from harness.model import NoParams, Score, StageResult

ACCESS = '127.0.0.1 - - [30/Nov/2026 10:00:00] "POST /predict HTTP/1.1" {} -'
UVICORN = 'INFO:     127.0.0.1:43210 - "POST /predict HTTP/1.1" {} OK'


def graded(tmp_path: Path, tail: str | None = None, **changes: Any) -> Score:
    case = good_case(tmp_path, NoParams())
    root = case.evidence.root
    told = json.loads((root / "serve" / "probe.json").read_text())
    served = {row["id"]: row["prediction"] for row in told["many"]}
    write(root, "serve", "probe.json", json.dumps(probe(served, marked=marked(**changes))))
    stages = dict(case.evidence.stages)
    if tail is not None:
        stages["serve"] = StageResult(**(stages["serve"].model_dump() | {"tail": tail}))
    evidence = case.evidence.model_copy(update={"stages": stages})
    return outcome(REGISTRY["observability"], Case(evidence, case.key, case.params))


def scraped(text: str, status: int = 200) -> dict[str, Any]:
    return {"status": status, "fault": "", "body": text}


def test_a_service_that_logs_and_counts_earns_everything(tmp_path: Path) -> None:
    assert graded(tmp_path).value == pytest.approx(1.0)


@pytest.mark.parametrize(
    "fields",
    [
        {"status": None, "http": {"response": {"status_code": 0}}, "latency": 0.1},
        {"level": "info", "msg": "request", "statusCode": "0", "durationMs": "3.1"},
    ],
    ids=["ECS", "camel case, as text"],
)
def test_any_usual_form_of_a_json_log_will_do(tmp_path: Path, fields: dict[str, Any]) -> None:
    lines = []
    for status in STATUSES:
        line = json.loads(json.dumps(fields))
        if "http" in line:
            line["http"]["response"]["status_code"] = status
        else:
            line["statusCode"] = str(status)
        lines.append(json.dumps(line))
    assert graded(tmp_path, "\n".join(lines)).value == pytest.approx(1.0)


def test_lines_of_others_may_stand_between_those_of_our_requests(tmp_path: Path) -> None:
    health = json.dumps({"path": "/health", "status": 200, "duration_ms": 1})
    mixed = "\n".join(line for own in log().splitlines() for line in (own, health, UVICORN.format(200)))
    assert graded(tmp_path, f"{mixed}\nShutting down\n").value == pytest.approx(1.0)


@pytest.mark.parametrize("form", [ACCESS, UVICORN])
def test_lines_for_people_are_worth_half_of_the_log(tmp_path: Path, form: str) -> None:
    score = graded(tmp_path, "\n".join(form.format(status) for status in STATUSES))
    assert score.measures == {"log": observability.IN_WORDS, "private": 1.0, "metrics": 1.0}
    assert [f.rule for f in score.findings] == ["unstructured-log"]


def test_lines_without_a_duration_lose_a_little(tmp_path: Path) -> None:
    lines = [json.dumps({"path": "/predict", "status": status}) for status in STATUSES]
    assert graded(tmp_path, "\n".join(lines)).measures["log"] == observability.WITHOUT_TIME


@pytest.mark.parametrize(
    "tail",
    ["", "started\n", "\n".join(json.dumps({"status": 200, "duration_ms": 1}) for _ in range(60))],
    ids=["nothing", "no request", "written beforehand"],
)
def test_a_log_that_does_not_follow_the_requests_earns_neither_log_nor_silence(
    tmp_path: Path, tail: str
) -> None:
    score = graded(tmp_path, tail)
    assert (score.measures["log"], score.measures["private"]) == (0.0, 0.0)
    assert {f.rule for f in score.findings} == {"no-request-log", "silent"}


def test_a_request_that_is_written_down_costs_its_privacy_and_is_shown(tmp_path: Path) -> None:
    told = f'{log()}\n{{"status": 200, "body": "Jane QXJVBNMKZPWT@mail.example"}}'
    score = graded(tmp_path, told)
    assert score.measures["private"] == 0.0
    (finding,) = [f for f in score.findings if f.rule == "private-logged"]
    assert "QXJVBNMKZPWT" in finding.what


def test_a_label_of_a_metric_keeps_no_secret_either(tmp_path: Path) -> None:
    one, other = marked()["metrics"]
    told = other | {"body": other["body"].replace("/predict", "qxjvbnmkzpwt")}
    assert graded(tmp_path, metrics=[one, told]).measures["private"] == 0.0


@pytest.mark.parametrize(
    ("before", "after", "worth"),
    [
        ("", "", 0.0),
        ("{}", '{"requests": 5}', 0.0),
        ("<html>", "<html>", 0.0),
        ("# TYPE up gauge\nup 1\n", "# TYPE up gauge\nup 500\n", observability.STILL),
        (
            "# TYPE a_total counter\na_total 5\n",
            "# TYPE a_total counter\na_total 7\n",
            observability.LESS,
        ),
        (
            "",
            '# TYPE s histogram\ns_bucket{le="+Inf"} 8\ns_count 8\ns_sum 0.1\n',
            1.0,
        ),
    ],
    ids=["empty", "JSON", "a page", "a gauge only", "one process of several", "a histogram"],
)
def test_what_metrics_are_worth(tmp_path: Path, before: str, after: str, worth: float) -> None:
    score = graded(tmp_path, metrics=[scraped(before), scraped(after)])
    assert score.measures["metrics"] == worth


def test_no_metrics_at_all_say_so(tmp_path: Path) -> None:
    score = graded(tmp_path, metrics=[scraped("", 404), scraped("not found", 404)])
    assert "status 404" in score.reason


def test_a_server_that_died_before_has_nothing_to_show(tmp_path: Path) -> None:
    score = graded(tmp_path, statuses=[0] * 8, metrics=[scraped("", 0), scraped("", 0)])
    assert score.value == 0.0


def test_a_server_with_one_answer_for_all_keeps_half(tmp_path: Path) -> None:
    case = good_case(tmp_path, NoParams())
    path = case.evidence.root / "serve" / "probe.json"
    told = json.loads(path.read_text())
    for row in told["one"]:
        row["prediction"] = 0.5
    path.write_text(json.dumps(told))
    score = outcome(REGISTRY["observability"], case)
    assert score.value == pytest.approx(observability.STUB)
    assert "one-answer" in {f.rule for f in score.findings}


def test_a_plan_without_marked_requests_is_our_fault(tmp_path: Path) -> None:
    case = good_case(tmp_path, NoParams())
    path = case.evidence.root / "serve" / "probe.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"marked": None}))
    with pytest.raises(InfraError, match="no marked request"):
        observability.grade(case.evidence, case.key, NoParams())


SAMPLE = st.one_of(
    st.text(max_size=60),
    st.text(alphabet='ab_{}="\\ #,\n0129.eE+-NaIif', max_size=80),
    st.sampled_from(["# TYPE a counter", 'a{b="c"} 1', "a_total NaN", "# EOF", 'a{b="\\"} 2', "# HELP"]),
)


@given(st.lists(SAMPLE, max_size=8).map("\n".join))
def test_whatever_stands_in_metrics_is_read_or_refused(text: str) -> None:
    found = counters(text)
    assert found is None or all(isinstance(value, float) for value in found.values())
