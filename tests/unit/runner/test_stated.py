"""Which versions are read, where; how a server is timed and found again. Real servers on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit.runner.conftest import load

load("stated")
load("restarted")
load("load")
exchange, stated, restarted, loading, probe = (
    sys.modules[name] for name in ("exchange", "stated", "restarted", "load", "probe")
)
ROWS = [{"id": f"R{n:07d}", "x": n / 10} for n in range(40)]


def said(body: Any, **more: Any) -> Any:
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    return exchange.Reply(200, text, headers=more)


@pytest.mark.parametrize(
    ("where", "reply", "found"),
    [
        ("health", said({"status": "ok", "model_version": "a1"}), {"health model_version": "a1"}),
        ("health", said({"model": {"Version": 7}}), {"health model.Version": "7"}),
        ("/version", said("2025-01-01"), {"/version": "2025-01-01"}),
        ("/version", said(b"a1b2\n"), {"/version": "a1b2"}),
        (
            "predict",
            said({"predictions": [{"id": "x", "prediction": 0.5, "modelVersion": "q"}]}),
            {"predict predictions[0].modelVersion": "q"},
        ),
        ("predict", said({}, **{"x-model-version": "h"}), {"predict header x-model-version": "h"}),
        ("health", said({"version": True}), {}),
        ("health", said({"version": ""}), {}),
        ("health", said({"version": "v" * 500}), {}),
        ("health", said({"a": {"b": {"c": {"version": "too deep"}}}}), {}),
        ("health", said(b"\xff\xfe"), {}),
        ("/version", said(b"[" * 50_000), {}),
        ("/version", said(b"9" * 5000), {}),
        ("/version", exchange.Reply(404, b'"not here"'), {}),
    ],
)
def test_a_version_is_read_in_any_of_the_usual_places_and_nowhere_else(
    where: str, reply: Any, found: dict[str, str]
) -> None:
    assert stated.places_of({where: reply}) == found


def test_what_changes_between_two_looks_is_restless() -> None:
    numbers = iter(range(9))
    looks = stated.stated(lambda: {"health": said({"version": next(numbers), "model_id": "m"})})
    assert looks["restless"] == ["health version"]
    assert looks["places"]["health model_id"] == "m"


@pytest.fixture
def served() -> Iterator[Any]:
    """Start a server of a kind; its port."""
    started: list[subprocess.Popen[str]] = []

    def start(kind: str) -> int:
        script = Path(__file__).with_name("served.py")
        started.append(
            subprocess.Popen([sys.executable, str(script), kind], stdout=subprocess.PIPE, text=True)
        )
        assert started[-1].stdout is not None
        return int(started[-1].stdout.readline())

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(probe, "HEALTH_S", 1.0)
    (tmp_path / "output").mkdir()
    (tmp_path / "plan.json").write_text(json.dumps({"rows": ROWS}))
    return probe.Places(plan=tmp_path / "plan.json", output=tmp_path / "output")


def asked(module: Any, places: Any, *words: str) -> tuple[int, dict[str, Any]]:
    code = module.main([*words, "--predict", "/predict", "--health", "/health"], places)
    return code, json.loads((places.output / module.FILE).read_text())


def test_a_start_ends_with_the_first_answer_to_a_row(served: Any, places: Any) -> None:
    code, found = asked(loading, places, "start", "--port", str(served("good")))
    assert code == 0
    assert found["answered_at"] > 1e9
    assert found["first"]["id"] == ROWS[0]["id"]


def test_health_without_answers_is_no_start(served: Any, places: Any) -> None:
    code, found = asked(loading, places, "start", "--port", str(served("refusing")))
    assert (code, found["answered_at"]) == (probe.NEVER_HEALTHY, None)
    assert found["health"]["seconds"] is not None


def test_a_turn_asks_each_row_once(served: Any, places: Any) -> None:
    words = ("turn", "--port", str(served("good")), "--first", "4", "--count", "30")
    code, found = asked(loading, places, *words)
    names = [one["id"] for one in (*found["alone"], *found["together"])]
    assert code == 0
    assert sorted(names) == [row["id"] for row in ROWS[4:34]]
    assert all(one["prediction"] is not None for one in (*found["alone"], *found["together"]))
    assert found["together_s"] > 0


def test_a_turn_at_an_endless_server_is_bounded_and_written_down(served: Any, places: Any) -> None:
    words = (
        "turn",
        "--port",
        str(served("silent")),
        "--count",
        "20",
        "--phase-s",
        "0.2",
        "--request-s",
        "0.3",
    )
    code, found = asked(loading, places, *words)
    assert code == 0
    assert len(found["alone"]) == 1
    assert {one["prediction"] for one in (*found["alone"], *found["together"])} == {None}


def test_a_server_that_ignores_its_port_is_found_and_said_so(served: Any, places: Any) -> None:
    port = served("good")
    code, found = asked(restarted, places, "--port", "9", "--otherwise", str(port))
    assert (code, found["port"]) == (0, port)
    assert all(one["prediction"] is not None for one in found["one"])


def test_a_server_that_is_nowhere_is_a_value(places: Any) -> None:
    code, found = asked(restarted, places, "--port", "9", "--otherwise", "10")
    assert (code, found["port"], found["one"]) == (0, None, [])
