"""Servers on a real engine, with our prober from the tools image beside them: what they reach and cost."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.model import Ended, Limits, Mount, Served, Service, Stage, Trust
from harness.sandbox import DockerSandbox
from tests.sandbox.conftest import Inspected

pytestmark = pytest.mark.docker
LIMITS = Limits(timeout_s=60, memory_mb=256, pids=128, output_mb=8, output_files=10, scratch_mb=64)
PROBE = ("/opt/tools/bin/python", "-I", "/opt/takehome/probe.py", "--port", "8080", "--predict=/predict",
         "--health=/health", "--request-s", "2", "--budget-s", "40")  # fmt: skip
SERVED = Path(__file__).parents[1] / "unit" / "runner" / "served.py"
PLAN = {
    "rows": [{"id": f"R{n:07d}", "x": n / 10} for n in range(10)],
    "edges": [{"why": "a zero", "row": {"id": "E1", "x": 0}}],
    "bad": [{"why": "text for a number", "field": "x", "body": {"rows": [{"id": "B", "x": "much"}]}}],
}
Serves = Callable[..., tuple[Served, dict[str, Any]]]


@pytest.fixture
def serves(sandbox: DockerSandbox, tmp_path: Path) -> Serves:
    """Serve Python code, probe it; how it went, and probe.json."""

    def run(code: str, prober: tuple[str, ...] = PROBE) -> tuple[Served, dict[str, Any]]:
        (tmp_path / "plan").mkdir(exist_ok=True)
        (tmp_path / "plan" / "plan.json").write_text(json.dumps(PLAN))
        (tmp_path / "model").mkdir(exist_ok=True)
        (tmp_path / "model" / "served.py").write_text(
            SERVED.read_text().replace('"127.0.0.1", 0', '"0.0.0.0", 8080')
        )
        served = sandbox.serve(
            Service(
                image_id=sandbox.identity()["candidate"],
                workdir="/opt",
                server=Stage(
                    name="serve",
                    argv=("python3", "-c", code),
                    limits=LIMITS,
                    mounts=(Mount(source=tmp_path / "model", target="/model"),),
                    env={"PORT": "8080"},
                ),
                prober=Stage(
                    name="serve",
                    argv=prober,
                    trust=Trust.TOOLS,
                    limits=LIMITS,
                    keep=("probe.json",),
                    mounts=(Mount(source=tmp_path / "plan", target="/plan"),),
                ),
                grace_s=2.0,
            ),
            tmp_path / "out",
        )
        path = tmp_path / "out" / "probe.json"
        return served, json.loads(path.read_text()) if path.is_file() else {}

    return run


def kind(name: str) -> str:
    return f"import sys; sys.path[:0] = ['/model']; import served; served.main({name!r})"


def test_a_good_server_is_asked_everything_over_a_loopback_of_its_own(
    serves: Serves, inspected: Inspected
) -> None:
    before = len(inspected.joined)
    served, found = serves(kind("good"))
    assert len(inspected.joined) == before + 1
    assert (served.server.ended, served.prober and served.prober.ended) == (Ended.FINISHED, Ended.FINISHED)
    assert all(one["prediction"] is not None for one in found["one"])
    assert found["listens"] == ["00000000"]
    assert found["after"]["health"]["seconds"] is not None


def test_neither_server_nor_prober_sees_another_network(serves: Serves) -> None:
    look = """
import os, socket, sys
names = sorted(os.listdir("/sys/class/net"))
try: socket.create_connection(("172.17.0.1", 22), 2); reached = True
except OSError: reached = False
print("saw", names, reached, flush=True)
"""
    served, _ = serves(look + kind("good"), ("python3", "-I", "-c", look + "import time; time.sleep(1)"))
    assert "saw ['lo'] False" in served.server.tail
    assert served.prober is not None
    assert "saw ['lo'] False" in served.prober.tail


def test_a_server_can_write_nowhere_but_its_temporary_folders(serves: Serves) -> None:
    look = """
import os
for place in ("/", "/opt", "/work", "/model", "/output", "/plan", "/tmp", "/dev/shm"):
    try: open(place + "/x", "w").close(); print("wrote", place, flush=True)
    except OSError: print("refused", place, flush=True)
print("plan is there:", os.path.exists("/plan/plan.json"), flush=True)
"""
    served, _ = serves(look + kind("good"), ("sleep", "2"))
    told = served.server.tail
    assert {line.split()[1] for line in told.splitlines() if line.startswith("wrote")} == {"/tmp", "/dev/shm"}
    assert "plan is there: False" in told


@pytest.mark.parametrize("name", ["slow-loris", "endless-body", "endless-headers", "silent"])
def test_a_hostile_server_costs_its_time_and_no_more(serves: Serves, name: str) -> None:
    began = time.monotonic()
    served, found = serves(kind(name), (*PROBE[:2], "-c", ONCE))
    assert served.prober is not None
    assert served.prober.ended is Ended.FINISHED, served.prober
    assert found["fault"]
    assert time.monotonic() - began < 30


ONCE = """
import json, sys, time; sys.path[:0] = ["/opt/takehome"]
import exchange
for _ in range(100):
    reply = exchange.ask(8080, "POST", "/predict", b"{}", timeout_s=2.0, most_bytes=1 << 20)
    if reply.fault != "nobody listens": break
    time.sleep(0.1)
json.dump({"fault": reply.fault, "status": reply.status}, open("/output/probe.json", "w"))
"""


def test_a_server_that_dies_at_once_is_a_value_whoever_was_faster(serves: Serves) -> None:
    served, _ = serves("raise SystemExit(3)")
    assert (served.server.ended, served.server.exit_code) == (Ended.FAILED, 3)


def test_a_command_or_folder_that_the_image_lacks_is_theirs(sandbox: DockerSandbox, tmp_path: Path) -> None:
    prober = Stage(name="serve", argv=("sleep", "1"), trust=Trust.TOOLS, limits=LIMITS)
    image = sandbox.identity()["candidate"]
    for workdir, argv in (("/opt", ("no-such-command",)), ("/etc/passwd", ("python3",))):
        server = Stage(name="serve", argv=argv, limits=LIMITS)
        service = Service(image_id=image, workdir=workdir, server=server, prober=prober)
        assert sandbox.serve(service, tmp_path).server.ended is Ended.FAILED, workdir
