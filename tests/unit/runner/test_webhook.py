"""The receiver and the one who asks, against services that call back well, badly or not at all; then D9."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.deployment import webhook as grader
from graders.kit import case
from graders.kit.check import outcome
from harness.model import NoParams, Score
from tests.unit.runner.conftest import load

probe = sys.modules["probe"]
receiver, webhook = load("receiver"), load("webhook")
ROWS = [{"id": f"R{n:07d}", "x": (n * 7) % 10 + n / 100, "name": "a"} for n in range(60)]
Ask = Callable[[str], dict[str, Any]]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    """Start a kind of service, ask it, listen; what was seen of it."""
    for name, value in {"DOWN_S": 0.5, "DEAF_S": 1.0, "QUIET_S": 0.8, "LONGEST_S": 5.0}.items():
        monkeypatch.setattr(webhook, name, value)
    (tmp_path / "output").mkdir()
    (tmp_path / "plan.json").write_text(json.dumps({"rows": ROWS, "webhook_from": 0.5}))
    places = probe.Places(plan=tmp_path / "plan.json", output=tmp_path / "output")
    started: list[subprocess.Popen[str]] = []

    def asked(kind: str) -> dict[str, Any]:
        port = free_port()
        script = Path(__file__).with_name("callers.py")
        words = [sys.executable, str(script), kind, f"http://127.0.0.1:{port}/told"]
        process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout is not None
        there = ["--port", process.stdout.readline().strip(), "--receiver-port", str(port)]
        code = webhook.main(
            [*there, "--path", "/told", "--predict", "/predict", "--health", "/health", "--request-s", "2"],
            places,
        )
        assert code == 0
        return dict(json.loads((tmp_path / "output" / "webhook.json").read_text()))

    yield asked
    for process in started:
        process.kill()
        process.communicate()


def graded(tmp_path: Path, found: dict[str, Any]) -> Score:
    good = case.good_case(tmp_path / "case", NoParams())
    case.write(good.evidence.root, "serve-webhook", "webhook.json", json.dumps(found))
    return outcome(grader.GRADER, good)


@pytest.mark.slow
def test_who_tells_of_each_row_once_and_waits_for_nobody_earns_all(ask: Ask, tmp_path: Path) -> None:
    found = ask("careful")
    assert {call["heard"] for call in found["calls"]} == {True, False}  # it met a receiver that was down
    score = graded(tmp_path, found)
    assert (score.value, score.findings) == (1.0, ()), score.reason


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "part", "rule"),
    [
        ("once", "retried", "not-retried"),
        ("twice", "once", "heard-twice"),
        ("racing", "once", "heard-twice"),
        ("everybody", "once", "not-due"),
        ("waiting", "free", "kept-waiting"),
    ],
)
def test_what_is_done_badly_costs_its_part_and_says_where(
    ask: Ask, tmp_path: Path, kind: str, part: str, rule: str
) -> None:
    score = graded(tmp_path, ask(kind))
    assert score.measures[part] < 1.0, score.reason
    assert rule in {finding.rule for finding in score.findings}
    others = {"told", "retried", "once", "free"} - {part}
    # who is kept waiting too long answers nothing, and then nothing is known to be due
    assert {name: score.measures.get(name, 1.0) for name in others} == dict.fromkeys(others, 1.0), (
        score.reason
    )
    assert score.earn_back


@pytest.mark.slow
def test_who_calls_nobody_earns_nothing(ask: Ask, tmp_path: Path) -> None:
    score = graded(tmp_path, ask("silent"))
    assert score.value == 0.0
    assert "never called" in score.reason


def test_a_plan_without_a_threshold_is_our_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "plan.json").write_text(json.dumps({"rows": ROWS}))
    ports = ["--port", "1", "--receiver-port", "2", "--path", "/told"]
    words = [*ports, "--predict", "/predict", "--health", "/health"]
    places = probe.Places(plan=tmp_path / "plan.json", output=tmp_path)
    assert webhook.main(words, places) == probe.NO_PLAN
    assert "webhook_from" in capsys.readouterr().err


# --------------------------------------------------------------------------- the receiver by itself


@pytest.fixture
def listening() -> Iterator[Any]:
    found = receiver.Receiver(free_port(), "/told", 0.3)
    assert found.open()
    yield found
    found.close()


def status_of(listening: Any, body: bytes, path: str = "/told", method: str = "POST") -> int:
    url = f"http://127.0.0.1:{listening.port}{path}"
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, method=method), timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_call_is_heard_when_it_is_answered_with_200_and_not_otherwise(listening: Any) -> None:
    body = json.dumps({"id": "R1", "prediction": 0.75, "more": 1}).encode()
    for mood, status in (("down", 503), ("deaf", 503), ("open", 200)):
        listening.mood = receiver.Mood(mood)
        assert status_of(listening, body) == status
    assert [call.heard for call in listening.calls] == [False, False, True]
    assert {(call.id, call.prediction) for call in listening.calls} == {("R1", 0.75)}


def test_several_rows_may_be_told_of_in_one_call(listening: Any) -> None:
    body = json.dumps([{"id": "R1", "prediction": 0.75}, {"id": "R2", "prediction": 1}]).encode()
    assert status_of(listening, body) == 200
    assert [call.id for call in listening.calls] == ["R1", "R2"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /told HTTP/1.1\r\nHost: a\r\n\r\n", b"404"),
        (b"POST /elsewhere HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}", b"404"),
        (b"POST /told HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}", b"422"),
        (b"POST /told HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n" + b"x" * 200_000, b""),
        (b"POST /told HTTP/1.1\r\nContent-Length: -1\r\n\r\n{}", b""),
        (b"\x00" * 70_000, b""),
        (b"SSH-2.0-OpenSSH\r\n\r\n", b""),
        (b"", b""),
    ],
)
def test_nonsense_is_counted_and_ends_nobody(listening: Any, sent: bytes, status: bytes) -> None:
    with socket.create_connection(("127.0.0.1", listening.port), timeout=5) as wire:
        try:
            wire.sendall(sent)
            wire.shutdown(socket.SHUT_WR)
            assert wire.recv(65536).partition(b"\r\n")[0].endswith(status + b" " if status else b"")
        except (ConnectionResetError, BrokenPipeError):
            assert status == b""
    body = json.dumps({"id": "R1", "prediction": 0.75}).encode()
    assert status_of(listening, body) == 200
    assert (listening.odd, len(listening.calls)) == (1, 1)


def test_chunks_and_a_client_that_asks_before_it_sends_are_read(listening: Any) -> None:
    body = b'{"id": "R1", "prediction": 0.5}'
    head = b"POST /told HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n"
    with socket.create_connection(("127.0.0.1", listening.port), timeout=5) as wire:
        wire.sendall(head)
        assert b" 100 " in wire.recv(65536)
        wire.sendall(b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body))
        assert b" 200 " in wire.recv(65536)
    assert [call.id for call in listening.calls] == ["R1"]


def test_a_port_that_is_taken_is_said_and_not_raised() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert not receiver.Receiver(taken.getsockname()[1], "/told", 0.3).open()


def test_a_flood_is_kept_up_to_its_bound(listening: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiver, "MOST_CALLS", 150)
    body = json.dumps([{"id": f"R{n}", "prediction": 0.7} for n in range(100)]).encode()
    assert [status_of(listening, body) for _ in range(3)] == [200, 200, 200]
    assert len(listening.calls) == 150
    monkeypatch.setattr(receiver, "MOST_CONNECTIONS", listening.connections)
    with pytest.raises(OSError):
        status_of(listening, body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "prediction"]), inner),
)


@given(st.binary(max_size=40) | JSON.map(lambda told: json.dumps(told).encode()))
def test_no_body_makes_it_raise_or_keep_what_json_cannot_say(body: bytes) -> None:
    for name, value in receiver.tickets_of(body):
        assert 0 < len(name) <= receiver.ID_CHARS
        json.dumps(value, allow_nan=False)


def test_waiting_for_quiet_ends_though_calls_never_do(listening: Any) -> None:
    class Restless:
        calls: tuple[Any, ...] = ()

        @property
        def connections(self) -> float:
            return time.monotonic()

    teller = webhook.Teller(None, Restless(), 0.5)
    started = time.monotonic()
    teller._settled(0.2)
    assert time.monotonic() - started < 5
