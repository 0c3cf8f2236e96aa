"""What every Sandbox promises: containers with either kind of output folder, and the scripted fake."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from harness.errors import InfraError
from harness.model import Ended, Limits, Sandbox, Served, Service, Stage, StageResult, Trust
from harness.sandbox import DockerSandbox, Twice, is_suspect
from harness.sandbox.fake import FakeSandbox, Scripted

LIMITS = Limits(timeout_s=20, memory_mb=128, pids=128, output_mb=4, output_files=20, scratch_mb=64)
Does = Callable[..., StageResult]


KINDS = [
    pytest.param("host", marks=pytest.mark.docker),
    pytest.param("volume", marks=pytest.mark.docker),
    "fake",
]


@pytest.fixture(params=KINDS)
def does(request: pytest.FixtureRequest, tmp_path: Path) -> Does:
    """Runs a stage whose code and whose script say the same."""

    def run(
        code: str, script: Scripted, *, keep: tuple[str, ...] = (), limits: Mapping[str, Any] | None = None
    ) -> StageResult:
        chosen = LIMITS.model_copy(update=dict(limits or {}))
        stage = Stage(name="train", argv=("python3", "-I", "-c", code), limits=chosen, keep=keep)
        kind = request.param
        sandbox: Sandbox = FakeSandbox({"train": script}) if kind == "fake" else request.getfixturevalue(kind)
        return sandbox.run(stage, tmp_path / "out")

    return run


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


WRITE = """
import os
os.makedirs("/output/model/deep")
for name in ("a.csv", "junk.bin", "model/m.bin", "model/deep/n.bin"):
    open("/output/" + name, "w").write(name)
"""
WRITTEN = {n: n.encode() for n in ("a.csv", "junk.bin", "model/m.bin", "model/deep/n.bin")}


def test_only_what_the_stage_keeps_leaves(does: Does, tmp_path: Path) -> None:
    result = does(WRITE, Scripted(files=WRITTEN), keep=("a.csv", "model/**", "absent.csv"))
    assert (result.ended, result.exit_code, result.reason) == (Ended.FINISHED, 0, "")
    assert result.files == ("a.csv", "model/deep/n.bin", "model/m.bin")
    assert tree(tmp_path / "out") == {n: WRITTEN[n] for n in result.files}


def test_a_stage_that_keeps_nothing_leaves_nothing_but_an_empty_folder(does: Does, tmp_path: Path) -> None:
    result = does(WRITE, Scripted(files=WRITTEN))
    assert result.files == ()
    assert tree(tmp_path / "out") == {}


def test_a_name_kept_as_a_file_is_not_kept_as_a_prefix(does: Does, tmp_path: Path) -> None:
    result = does(WRITE, Scripted(files=WRITTEN), keep=("model/m.bin", "junk"))
    assert result.files == ("model/m.bin",)


def test_a_failure_is_a_value_with_its_exit_code_and_still_leaves_its_evidence(
    does: Does, tmp_path: Path
) -> None:
    code = "open('/output/junit.xml', 'w').write('<x/>'); raise SystemExit(3)"
    result = does(code, Scripted(Ended.FAILED, 3, {"junit.xml": b"<x/>"}), keep=("junit.xml",))
    assert (result.ended, result.exit_code, result.reason) == (Ended.FAILED, 3, "exit code 3.")
    assert tree(tmp_path / "out") == {"junit.xml": b"<x/>"}
    assert not is_suspect(result)


def test_a_timeout_is_proved_by_the_clock(does: Does) -> None:
    result = does("import time; time.sleep(60)", Scripted(Ended.TIMEOUT), limits={"timeout_s": 0.7})
    assert result.ended is Ended.TIMEOUT
    assert 0.7 <= result.seconds < 5
    assert "0.7 s" in result.reason


def test_out_of_memory_is_proved_by_the_kernel(does: Does) -> None:
    result = does("x = bytearray(400 << 20)", Scripted(Ended.OUT_OF_MEMORY))
    assert result.ended is Ended.OUT_OF_MEMORY
    assert "128 MB" in result.reason
    assert not is_suspect(result)


def test_too_many_files_are_over_quota_and_none_is_kept(does: Does, tmp_path: Path) -> None:
    code = "import os; os.mkdir('/output/m')\nfor n in range(21): open(f'/output/m/{n}', 'w').close()"
    result = does(code, Scripted(files={f"m/{n}": b"" for n in range(21)}), keep=("m/**",))
    assert (result.ended, result.exit_code, result.files) == (Ended.OVER_QUOTA, 0, ())
    assert "20" in result.reason
    assert tree(tmp_path / "out") == {}


def test_too_many_apparent_bytes_are_over_quota(does: Does, tmp_path: Path) -> None:
    code = "f = open('/output/a.csv', 'wb'); f.truncate(5 << 20)"
    result = does(code, Scripted(files={"a.csv": bytes(5 << 20)}), keep=("a.csv",))
    assert (result.ended, result.files) == (Ended.OVER_QUOTA, ())
    assert tree(tmp_path / "out") == {}


def test_a_full_output_folder_is_over_quota_when_the_command_fails_of_it(does: Does) -> None:
    code = "f = open('/output/a.csv', 'wb')\nwhile True: f.write(bytes(65536))"
    result = does(code, Scripted(Ended.OVER_QUOTA), keep=("b.csv",))
    assert result.ended is Ended.OVER_QUOTA
    assert "the output folder is full" in result.reason


def test_a_link_in_a_kept_place_stays_behind_and_is_named(does: Does, tmp_path: Path) -> None:
    code = "import os; os.symlink('/etc/passwd', '/output/a.csv'); open('/output/b.csv', 'w').write('b')"
    result = does(code, Scripted(files={"b.csv": b"b"}, links=("a.csv",)), keep=("a.csv", "b.csv"))
    assert (result.ended, result.files) == (Ended.FINISHED, ("b.csv",))
    assert "a.csv was left out: it is not a regular file" in result.reason
    assert tree(tmp_path / "out") == {"b.csv": b"b"}


def test_a_link_in_a_kept_folders_place_stays_behind_and_is_named(does: Does, tmp_path: Path) -> None:
    code = "import os; os.symlink('/etc', '/output/model')"
    result = does(code, Scripted(links=("model",)), keep=("model/**",))
    assert result.files == ()
    assert "model was left out" in result.reason
    assert tree(tmp_path / "out") == {}


def test_names_that_could_fool_a_terminal_or_a_file_system_stay_behind(does: Does, tmp_path: Path) -> None:
    names = ["\x1b[2J", "a\u202eb", "A.bin", "a.bin", "c\\d", "n\ne"]
    code = f"import os; os.mkdir('/output/m')\nfor n in {names!r}: open('/output/m/' + n, 'w').close()"
    result = does(code, Scripted(files={f"m/{n}": b"" for n in names}), keep=("m/**",))
    assert result.files == ("m/A.bin",)
    assert result.reason.isascii()
    assert result.reason.isprintable()
    assert result.reason.count("left out") == 5


def test_a_signal_that_nobody_here_sent_is_suspect(does: Does) -> None:
    code = "import os; os.kill(os.getpid(), 9)"
    result = does(code, Scripted(Ended.FAILED, 137))
    assert result.ended is Ended.FAILED
    assert is_suspect(result)
    assert "nobody here sent" in result.reason


def test_the_tail_is_the_end_of_both_streams_and_at_most_8_kb(does: Does) -> None:
    # The pause: two streams are two pipes, and the engine keeps no order between them.
    code = """
import sys, time
for n in range(3000): print(f'line {n}')
sys.stdout.flush(); time.sleep(0.2); print('last', file=sys.stderr)
"""
    said = "".join(f"line {n}\n" for n in range(3000)) + "last\n"
    result = does(code, Scripted(tail=said))
    assert result.tail.endswith("line 2999\nlast\n")
    assert 2000 < len(result.tail) <= 8192


def test_a_result_tells_who_wrote_it_and_what_ran(does: Does) -> None:
    result = does("pass", Scripted())
    assert (result.stage, result.writer, result.attempts) == ("train", Trust.CANDIDATE, 1)
    assert result.argv == ("python3", "-I", "-c", "pass")


@pytest.mark.parametrize("kind", KINDS)
def test_identity_names_both_images_and_the_runtime(kind: str, request: pytest.FixtureRequest) -> None:
    sandbox: Sandbox = FakeSandbox({}) if kind == "fake" else request.getfixturevalue(kind)
    assert set(sandbox.identity()) == {"candidate", "tools", "architecture", "runtime"}
    assert all(sandbox.identity().values())


@pytest.fixture(params=KINDS)
def mortal(request: pytest.FixtureRequest, scratch: Path) -> Sandbox:
    """One of its own, as stopping is for good. Its stage "train" takes until it is stopped."""
    if request.param == "fake":

        def endless(_: Stage) -> Scripted:
            deadline = time.monotonic() + 20
            while not fake.stopped and time.monotonic() < deadline:
                time.sleep(0.01)
            return Scripted(Ended.TIMEOUT)

        fake = FakeSandbox({"train": endless})
        return fake
    request.getfixturevalue("engine")
    return DockerSandbox(
        output=request.param, scratch_dir=scratch, on_created=request.getfixturevalue("inspected")
    )


ENDLESS = Stage(name="train", argv=("sleep", "60"), limits=LIMITS)


@pytest.mark.parametrize("after_s", [0.0, 0.1, 0.2, 0.7])
def test_a_run_that_is_stopped_is_nobodys_failure(mortal: Sandbox, after_s: float, tmp_path: Path) -> None:
    mortal.identity()
    threading.Timer(after_s, mortal.stop).start()
    began = time.monotonic()
    with pytest.raises(InfraError, match="stopped"):
        Twice(mortal).run(ENDLESS, tmp_path)
    assert time.monotonic() - began < 10


def test_a_sandbox_that_was_stopped_runs_nothing_more(mortal: Sandbox, tmp_path: Path) -> None:
    mortal.stop()
    mortal.stop()
    with pytest.raises(InfraError, match="stopped"):
        mortal.run(ENDLESS, tmp_path)


# ---------------------------------------------------------------------------- a server and its prober

SERVER_CODE = """
import http.server, signal, sys
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
http.server.HTTPServer(("127.0.0.1", 8080), http.server.BaseHTTPRequestHandler).serve_forever()
"""
PROBER_CODE = """
import socket, time
for _ in range(200):
    try: socket.create_connection(("127.0.0.1", 8080), 1).close(); break
    except OSError: time.sleep(0.05)
else: raise SystemExit(3)
open("/output/probe.json", "w").write("{}")
"""
Serves = Callable[..., Served]


@pytest.fixture(params=KINDS)
def serves(request: pytest.FixtureRequest, tmp_path: Path) -> Serves:
    """Serves code, probed by code; their scripts say the same."""

    def run(server: str, prober: str, script: Mapping[str, Scripted], *, grace_s: float = 5.0) -> Served:
        kind = request.param
        sandbox: Sandbox = FakeSandbox(script) if kind == "fake" else request.getfixturevalue(kind)
        start, keep = ("python3", "-I", "-c"), ("probe.json",)
        service = Service(
            image_id=sandbox.identity()["candidate"],
            workdir="/opt",
            server=Stage(name="serve", argv=(*start, server), limits=LIMITS),
            prober=Stage(name="serve", argv=(*start, prober), trust=Trust.TOOLS, limits=LIMITS, keep=keep),
            grace_s=grace_s,
        )
        return sandbox.serve(service, tmp_path / "out")

    return run


PROBED = Scripted(files={"probe.json": b"{}"})


def test_a_server_that_is_probed_and_stops_when_told_has_finished(serves: Serves, tmp_path: Path) -> None:
    served = serves(SERVER_CODE, PROBER_CODE, {"serve": PROBED})
    assert (served.server.ended, served.server.writer) == (Ended.FINISHED, Trust.CANDIDATE), served.server
    assert served.prober is not None
    assert (served.prober.ended, served.prober.writer) == (Ended.FINISHED, Trust.TOOLS), served.prober
    assert served.stop_s is not None
    assert served.stop_s < 5
    assert tree(tmp_path / "out") == {"probe.json": b"{}"}


def test_a_server_that_ignores_sigterm_is_killed_after_its_grace(serves: Serves) -> None:
    code = SERVER_CODE.replace("lambda *_: sys.exit(0)", "signal.SIG_IGN")
    script = {"serve": PROBED, "server": Scripted(Ended.TIMEOUT)}
    served = serves(code, PROBER_CODE, script, grace_s=0.5)
    assert (served.server.ended, served.stop_s) == (Ended.TIMEOUT, None)
    assert "0.5 s after SIGTERM" in served.server.reason


def test_a_server_that_dies_is_a_value_with_its_exit_code(serves: Serves) -> None:
    served = serves(
        "raise SystemExit(7)",
        "import time; time.sleep(2)",
        {"serve": Scripted(), "server": Scripted(Ended.FAILED, 7)},
    )
    assert (served.server.ended, served.server.exit_code, served.stop_s) == (Ended.FAILED, 7, None)
    assert "the server died: exit code 7" in served.server.reason


def test_a_servers_memory_is_counted_by_the_kernel(serves: Serves) -> None:
    served = serves(
        "x = bytearray(400 << 20)",
        "import time; time.sleep(2)",
        {"serve": Scripted(), "server": Scripted(Ended.OUT_OF_MEMORY)},
    )
    assert served.server.ended is Ended.OUT_OF_MEMORY


def test_a_prober_that_fails_is_told_apart_from_its_server(serves: Serves) -> None:
    served = serves(SERVER_CODE, "raise SystemExit(3)", {"serve": Scripted(Ended.FAILED, 3)})
    assert served.server.ended is Ended.FINISHED
    assert served.prober is not None
    assert (served.prober.ended, served.prober.exit_code) == (Ended.FAILED, 3)


def test_a_server_that_is_stopped_by_us_is_nobodys_failure(mortal: Sandbox, tmp_path: Path) -> None:
    image = mortal.identity()["candidate"]
    stage = ENDLESS.model_copy(update={"trust": Trust.TOOLS})
    service = Service(image_id=image, workdir="/opt", server=ENDLESS, prober=stage)
    threading.Timer(0.5, mortal.stop).start()
    began = time.monotonic()
    with pytest.raises(InfraError, match="stopped"):
        Twice(mortal).serve(service, tmp_path)
    assert time.monotonic() - began < 10
