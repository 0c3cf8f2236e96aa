"""Two servers in turns: what every Sandbox promises of a duel, and on a real engine what they cannot do."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from harness.errors import InfraError
from harness.model import Duel, Dueled, Ended, Limits, Sandbox, Service, Side, Stage, Trust, Turn
from harness.sandbox import DockerSandbox, Engine, Twice
from harness.sandbox.fake import FakeSandbox, Scripted
from harness.sandbox.serving import seconds_of
from tests.sandbox.conftest import Inspected

LIMITS = Limits(timeout_s=60, memory_mb=128, pids=128, output_mb=4, output_files=10, scratch_mb=16)
CANDIDATE, REFERENCE = Side.CANDIDATE, Side.REFERENCE
SERVER = """
import signal, socket, sys, threading
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
server = socket.create_server(("127.0.0.1", 8080))
while True:
    with server.accept()[0] as one: one.sendall(b"NAME")
"""
PROBER = """
import socket, time
for _ in range(200):
    try: said = socket.create_connection(("127.0.0.1", 8080), 1).recv(100); break
    except OSError: time.sleep(0.05)
else: raise SystemExit(3)
open("/output/said.txt", "wb").write(said)
"""
KINDS = [pytest.param("host", marks=pytest.mark.docker), "fake"]


def stage(code: str, trust: Trust = Trust.CANDIDATE, keep: tuple[str, ...] = ()) -> Stage:
    return Stage(name="serve", argv=("python3", "-I", "-c", code), limits=LIMITS, trust=trust, keep=keep)


def duel(sandbox: Sandbox, *, candidate: str = "", turn: str = PROBER) -> Duel:
    prober = stage(PROBER, Trust.TOOLS, ("said.txt",))
    asks = stage(turn, Trust.TOOLS, ("said.txt",)).model_copy(update={"name": "turn"})

    def service(side: Side, code: str) -> tuple[Side, Service]:
        image = sandbox.identity()["candidate"]
        server = stage(code.replace("NAME", side.value))
        return side, Service(image_id=image, workdir="/opt", server=server, prober=prober, grace_s=5)

    both = (service(REFERENCE, SERVER), service(CANDIDATE, candidate or SERVER))
    order = (REFERENCE, CANDIDATE, CANDIDATE, REFERENCE)
    return Duel(services=both, turns=tuple(Turn(side=side, prober=asks) for side in order))


@pytest.fixture(params=KINDS)
def any_sandbox(request: pytest.FixtureRequest) -> Sandbox:
    if request.param == "fake":
        said = Scripted(files={"said.txt": b"?"})
        return FakeSandbox({"serve": said, "turn": said})
    found: Sandbox = request.getfixturevalue("host")
    return found


def test_both_are_asked_in_turns_and_stopped(any_sandbox: Sandbox, tmp_path: Path) -> None:
    found = any_sandbox.duel(duel(any_sandbox), tmp_path / "out")
    assert {side: one.server.ended for side, one in found.served.items()} == dict.fromkeys(
        Side, Ended.FINISHED
    )
    assert [turn.ended for turn in found.turns] == [Ended.FINISHED] * 4
    assert all(one.began_at for one in found.served.values())
    names = sorted(
        path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.txt")
    )
    assert names == sorted([f"{n}/said.txt" for n in (0, 1, 2, 3, "candidate", "reference")])


def test_a_turn_that_fails_is_the_last_and_is_tried_once_more(tmp_path: Path) -> None:
    good = Scripted()
    fake = FakeSandbox({"serve": good, "turn": [good, Scripted(Ended.FAILED, 1), good]})
    found = Twice(fake).duel(duel(fake), tmp_path)
    assert [turn.ended for turn in found.turns] == [Ended.FINISHED] * 4
    fake = FakeSandbox({"serve": good, "turn": Scripted(Ended.FAILED, 1)})
    assert len(Twice(fake).duel(duel(fake), tmp_path).turns) == 1


def test_a_moment_of_the_engines_is_read_to_the_millisecond() -> None:
    assert seconds_of("1970-01-01T00:01:00.123456789Z") == 60.123
    assert seconds_of("1970-01-01T00:01:00Z") == 60.0
    assert seconds_of("yesterday") is None


# --------------------------------------------------------------------------- a real engine


@pytest.mark.docker
def test_each_answers_for_itself_from_a_network_of_its_own(
    host: DockerSandbox, inspected: Inspected, tmp_path: Path
) -> None:
    """Both listen at the same port; whoever floods or takes the other's would have to reach it."""
    before = len(inspected.joined)
    host.duel(duel(host), tmp_path)
    said = [(tmp_path / str(n) / "said.txt").read_text() for n in range(4)]
    assert said == ["reference", "candidate", "candidate", "reference"]
    assert len(set(inspected.joined[before:])) == 2


COUNTS = """
import threading, time
def count():
    last = time.monotonic()
    while True:
        now = time.monotonic()
        if now - last > 0.4: print(f"slept {now - last:.1f}", flush=True)
        last = now
        time.sleep(0.01)
threading.Thread(target=count, daemon=True).start()
"""


@pytest.mark.docker
def test_a_server_whose_turn_it_is_not_does_not_run(host: DockerSandbox, tmp_path: Path) -> None:
    turn = PROBER + "time.sleep(1)"
    found = host.duel(duel(host, candidate=COUNTS + SERVER, turn=turn), tmp_path)
    gaps = [float(line.split()[1]) for line in found.served[CANDIDATE].server.tail.splitlines()]
    assert max(gaps) > 1.0
    assert sum(gaps) > 2.0  # two turns of the reference's


@pytest.mark.docker
@pytest.mark.parametrize("code", ["raise SystemExit(7)", "import time; time.sleep(60)"])
def test_a_candidate_that_dies_or_never_listens_leaves_nothing_behind(
    host: DockerSandbox, tmp_path: Path, code: str
) -> None:
    found: Dueled = host.duel(duel(host, candidate=code), tmp_path)
    assert REFERENCE in found.served
    assert found.served[REFERENCE].server.ended is Ended.FINISHED
    expected = {"raise SystemExit(7)": Ended.FAILED}.get(code)
    assert expected in (None, found.served[CANDIDATE].server.ended)


@pytest.mark.docker
def test_a_duel_that_is_stopped_by_us_ends_frozen_servers_too(
    engine: Engine, inspected: Inspected, scratch: Path, tmp_path: Path
) -> None:
    mortal = DockerSandbox(output="host", scratch_dir=scratch, on_created=inspected)
    threading.Timer(6.0, mortal.stop).start()
    began = time.monotonic()
    with pytest.raises(InfraError, match="stopped"):
        Twice(mortal).duel(duel(mortal, turn="import time; time.sleep(30)"), tmp_path)
    assert time.monotonic() - began < 25
