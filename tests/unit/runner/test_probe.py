"""The prober against real servers on loopback: kind, frail, slow and hostile. It ends, and tells."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.runner.conftest import load
from tests.unit.runner.served import RAW

probe, exchange, answers = (sys.modules[name] for name in ("probe", "exchange", "answers"))
payloads = sys.modules["payloads"]
ROWS = [{"id": f"R{n:07d}", "x": n / 10, "name": "a"} for n in range(10)]
PLAN = {
    "rows": ROWS,
    "edges": [{"why": "a zero", "row": {"id": "E1", "x": 0}}],
    "marked": {
        "marks": ["qxjvbnmk"],
        "bodies": [ROWS[0] | {"by": "qxjvbnmk"}, {"id": "B", "x": "qxjvbnmk"}, ROWS[1] | {"by": "qxjvbnmk"}],
    },
    "bad": [{"why": "text for a number", "field": "x", "body": {"rows": [{"id": "B", "x": "much"}]}}],
}
Serve = Callable[[str], int]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start a server of a kind; its port."""
    started: list[subprocess.Popen[str]] = []

    def start(kind: str) -> int:
        script = Path(__file__).with_name("served.py")
        process = subprocess.Popen([sys.executable, str(script), kind], stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout is not None
        return int(process.stdout.readline())

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def places(tmp_path: Path) -> Any:
    (tmp_path / "output").mkdir()
    (tmp_path / "plan.json").write_text(json.dumps(PLAN))
    return probe.Places(plan=tmp_path / "plan.json", output=tmp_path / "output")


def probed(places: Any, port: int, *more: str) -> tuple[int, dict[str, Any]]:
    code = probe.main(["--port", str(port), "--predict", "/predict", "--health", "/health", *more], places)
    return code, json.loads((places.output / "probe.json").read_text())


@pytest.fixture(autouse=True)
def _nobody_waits_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "HEALTH_S", 0.3)


# --------------------------------------------------------------------------- whole probes


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["good", "numbers"])
def test_a_good_server_is_asked_everything_and_answers_it(serve: Serve, places: Any, kind: str) -> None:
    code, found = probed(places, serve(kind))
    assert code == 0
    assert found["health"]["seconds"] < 5
    expected = {row["id"]: row["x"] / 10 for row in ROWS}
    for step in ("one", "many", "at_once"):
        assert {one["id"]: one["prediction"] for one in found[step]} == pytest.approx(expected), step
    assert [one["prediction"] for one in found["renamed"]] == [one["prediction"] for one in found["one"]]
    assert {one["of"] for one in found["renamed"]} == set(expected)
    assert not {one["id"] for one in found["renamed"]} & set(expected)
    assert [one["status"] for one in found["edges"]] == [200]
    assert {case["status"] for case in found["bad"]} == {422}
    assert found["bad"][-1]["field"] == "x"
    assert found["openapi"] == {"status": 200, "describes_predict": True}
    assert found["after"]["one"]["prediction"] == found["one"][0]["prediction"]
    assert found["listens"] == ["0100007F"]
    assert found["drawn"] == {"tried": 120, "failed": 0, "smallest": None}
    assert (found["marked"]["marks"], found["marked"]["statuses"]) == (["qxjvbnmk"], [200, 422, 200])
    assert [scrape["status"] for scrape in found["marked"]["metrics"]] == [404, 404]


@pytest.mark.slow
def test_what_nobody_thought_of_is_drawn_and_shown_as_small_as_it_gets(serve: Serve, places: Any) -> None:
    """This one falls over a text for the one field that no bad request of the plan touches."""
    _, found = probed(places, serve("upper"))
    assert found["drawn"]["tried"] == 120
    assert found["drawn"]["failed"] > 5
    assert found["drawn"]["smallest"]["told"] == "status 500"
    assert len(found["drawn"]["smallest"]["sent"]) < 100
    assert probed(places, serve("upper"))[1]["drawn"] == found["drawn"]


def test_marked_requests_without_their_mark_are_no_plan(places: Any, tmp_path: Path) -> None:
    told = PLAN | {"marked": {"marks": ["qxjvbnmk"], "bodies": [{"id": "A"}]}}
    places.plan.write_text(json.dumps(told))
    assert probe.main(["--port", "1", "--predict", "/p", "--health", "/h"], places) == probe.NO_PLAN


@pytest.mark.slow
def test_a_server_that_dies_of_a_bad_request_is_seen_dead_afterwards(serve: Serve, places: Any) -> None:
    code, found = probed(places, serve("frail"))
    assert code == 0
    assert all(one["prediction"] is not None for one in found["one"])
    assert {case["status"] for case in found["bad"]} == {0}
    assert found["after"]["health"]["seconds"] is None
    assert found["after"]["one"]["fault"] == "nobody listens"


@pytest.mark.slow
def test_a_blanket_refusal_is_seen_on_good_rows_and_edges_too(serve: Serve, places: Any) -> None:
    _, found = probed(places, serve("refusing"))
    asked = [*found["one"], *found["many"], *found["edges"], *found["bad"]]
    assert {one["status"] for one in asked} == {400}
    assert found["one"][0]["fault"] == "status 400"
    assert "bad request" in found["one"][0]["said"]


@pytest.mark.slow
def test_answers_without_end_are_cut_and_the_probe_goes_on(serve: Serve, places: Any) -> None:
    code, found = probed(places, serve("endless"))
    assert code == 0
    asked = [*found["one"], *found["many"], *found["at_once"], *found["edges"]]
    assert all("more than" in one["fault"] for one in asked), asked[0]
    assert (places.output / "probe.json").stat().st_size < 1 << 20


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["ill", *RAW])
def test_a_server_that_never_is_healthy_ends_the_probe_soon(
    serve: Serve, places: Any, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "HEALTH_REQUEST_S", 0.2)
    began = time.monotonic()
    code, found = probed(places, serve(kind))
    if kind == "endless-body":  # it starts as a 200 should, and has no end
        assert "more than" in found["health"]["fault"] or "in time" in found["health"]["fault"]
    assert code == probe.NEVER_HEALTHY
    assert found.keys() == {"version", "health"}
    assert found["health"]["seconds"] is None
    assert time.monotonic() - began < 5


def test_nobody_at_the_port_is_never_healthy(places: Any) -> None:
    code, found = probed(places, 1)
    assert (code, found["health"]["fault"]) == (probe.NEVER_HEALTHY, "nobody listens")


@pytest.mark.slow
def test_when_the_time_is_up_the_rest_is_said_not_to_have_been_asked(serve: Serve, places: Any) -> None:
    code, found = probed(places, serve("good"), "--budget-s", "-1")
    assert code == 0
    assert {one["fault"] for one in found["one"]} == {probe.OVER}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"rows": []}', '{"rows": [{"x": 1}]}', '{"rows": [1]}'])
def test_a_plan_that_is_none_is_our_fault_and_no_measurement(places: Any, text: str) -> None:
    places.plan.write_text(text)
    words = ["--port", "1", "--predict", "/predict", "--health", "/health"]
    assert probe.main(words, places) == probe.NO_PLAN
    assert not (places.output / "probe.json").exists()


# --------------------------------------------------------------------------- one exchange


@pytest.mark.slow
@pytest.mark.parametrize("kind", RAW)
def test_no_hostile_answer_costs_more_than_its_time_or_its_bytes(serve: Serve, kind: str) -> None:
    port, began = serve(kind), time.monotonic()
    reply = exchange.ask(port, "POST", "/predict", b"{}", timeout_s=0.4, most_bytes=1 << 20)
    assert reply.fault
    assert len(reply.body) <= 1 << 20
    assert time.monotonic() - began < 3


@pytest.mark.slow
def test_a_large_request_to_a_server_that_reads_nothing_ends_in_time(serve: Serve) -> None:
    began = time.monotonic()
    reply = exchange.ask(serve("silent"), "POST", "/predict", b"x" * (32 << 20), timeout_s=1.0)
    assert reply.fault == "the request was not read in time"
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    ("declared", "asked"),
    [
        ("/predict", "/predict"),
        ("v1/score?fast=1", "/v1/score?fast=1"),
        ("//elsewhere/x", "/elsewhere/x"),
        ("/a b\r\nHost: x", "/a%20b%0D%0AHost:%20x"),
    ],
)
def test_a_declared_path_stays_in_its_line(declared: str, asked: str) -> None:
    assert probe.path_of(declared) == asked


# --------------------------------------------------------------------------- answers


@pytest.mark.parametrize(
    "body",
    [
        b'{"predictions": [{"id": "a", "prediction": 0.25}, {"id": "b", "prediction": 1}]}',
        b'{"predictions": [{"id": "b", "prediction": 1}, {"id": "a", "prediction": 0.25}]}',
        b'{"predictions": [0.25, 1.0], "model_version": "3"}',
        b"[0.25, 1]",
    ],
)
def test_every_way_that_the_contract_allows_is_read_alike(body: bytes) -> None:
    assert answers.predictions(body, ["a", "b"]) == {"a": 0.25, "b": 1.0}


def test_one_row_may_be_answered_by_its_object() -> None:
    assert answers.predictions(b'{"id": "a", "prediction": 0.5}', ["a"]) == {"a": 0.5}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"null",
        b"3",
        b"{}",
        b'{"predictions": null}',
        b'{"predictions": {"a": 1}}',
        b'{"predictions": [0.1]}',
        b'{"predictions": [0.1, "0.2"]}',
        b'{"predictions": [0.1, true]}',
        b'{"predictions": [0.1, NaN]}',
        b'{"predictions": [0.1, 1e999]}',
        b'{"predictions": [0.1, ' + b"9" * 400 + b"]}",
        b'{"predictions": [0.1, ' + b"9" * 5000 + b"]}",
        b'{"predictions": [{"id": "a", "prediction": 0.1}, {"id": "a", "prediction": 0.1}]}',
        b'{"predictions": [{"id": "a", "prediction": 0.1}, {"id": "c", "prediction": 0.1}]}',
        b'{"predictions": [{"id": ["a"], "prediction": 0.1}, {"id": "b", "prediction": 0.1}]}',
        b'{"predictions": [{"id": "a"}, {"id": "b"}]}',
        b"[" * 100_000,
    ],
)
def test_anything_else_is_a_sentence_and_no_number(body: bytes) -> None:
    assert isinstance(answers.predictions(body, ["a", "b"]), str)


@given(body=st.binary(max_size=300) | st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["id", "prediction", "predictions", "rows"]), inner, max_size=4
    ),
    max_leaves=20,
).map(lambda value: json.dumps(value).encode()))  # fmt: skip
def test_no_body_makes_the_reader_raise_or_answer_half(body: bytes) -> None:
    found = answers.predictions(body, ["a", "b"])
    assert isinstance(found, str) or found.keys() == {"a", "b"}


def test_no_two_unkind_requests_are_the_same_and_none_is_a_good_one() -> None:
    bodies = [(body, kind) for _, body, kind in payloads.nonsense(ROWS[0])]
    assert len(set(bodies)) == len(bodies) >= 20
    assert json.dumps({"rows": [ROWS[0]]}).encode() not in [body for body, _ in bodies]


def test_the_prober_needs_nothing_but_the_standard_library() -> None:
    for name in ("exchange", "answers", "payloads", "probe"):
        assert load(name).__doc__
