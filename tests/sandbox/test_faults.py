"""Our own faults: each is an InfraError with an act to do, and leaves nothing behind that a reaper misses."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from harness.errors import InfraError
from harness.model import Ended, Mount, Stage, Trust
from harness.sandbox import DockerSandbox, Engine, Twice, owner, protections, reap
from harness.sandbox.doctor import State
from harness.sandbox.meter import CGROUPS
from harness.sandbox.mounts import mount_tmpfs
from harness.sandbox.outputs import host_tmpfs_works
from harness.sandbox.scratch import scratch_folder

pytestmark = pytest.mark.docker
Python = Callable[..., Stage]
SOCKET = "/var/run/docker.sock"


class Proxy:
    """The engine's socket with a hand on it: forwards, until it is told to cut or to fall silent."""

    def __init__(self, path: Path, target: str) -> None:
        self.url = f"unix://{path}"
        self._target = target
        self._open: list[socket.socket] = []
        self._silent = threading.Event()
        self._server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._server.bind(str(path))
        self._server.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        for each in [self._server, *self._open]:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def fall_silent(self) -> None:
        self._silent.set()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            engine = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            engine.connect(self._target)
            self._open += [client, engine]
            for pair in ((client, engine), (engine, client)):
                threading.Thread(target=self._forward, args=pair, daemon=True).start()

    def _forward(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                if not self._silent.is_set():
                    sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            return


@pytest.fixture
def proxy(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    path = tmp_path_factory.mktemp("p") / "s"
    found = Proxy(path, engine.host.removeprefix("unix://") or SOCKET)
    yield found
    found.cut()


@contextmanager
def removed_by_hand(engine: Engine) -> Iterator[None]:
    """An engine that is gone keeps its container until somebody comes back to it: here, the test."""
    yield
    for container in engine.containers(f"takehome.owner={owner.this_process()}"):
        engine.remove(container["Id"])
    for volume in engine.volumes(f"takehome.owner={owner.this_process()}"):
        engine.remove_volume(volume["Name"])
    for group in CGROUPS.glob(f"memory/takehome_{os.getpid()}_*"):
        for folder in CGROUPS.glob(f"*/{group.name}"):
            folder.rmdir()


def ours(engine: Engine) -> int:
    return len(engine.containers(f"takehome.owner={owner.this_process()}"))


def eventually(condition: Callable[[], object], within_s: float = 10.0) -> None:
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


# ----------------------------------------------------------------------- what is not there


def test_no_engine_says_how_to_start_one(tmp_path: Path, python: Python) -> None:
    engine = Engine(host=f"unix://{tmp_path}/none.sock")
    with pytest.raises(InfraError, match="engine") as caught:
        DockerSandbox(engine=engine, scratch_dir=tmp_path / "s").run(python(""), tmp_path / "o")
    assert "ensure_engine.sh" in caught.value.hint
    assert [p.state for p in protections(engine)] == [State.MISSING]


def test_an_absent_image_says_how_to_make_it(
    engine: Engine, scratch: Path, python: Python, tmp_path: Path
) -> None:
    sandbox = DockerSandbox(images={Trust.CANDIDATE: "takehome-none:local"}, scratch_dir=scratch)
    with pytest.raises(InfraError, match="takehome-none:local") as caught:
        sandbox.run(python(""), tmp_path)
    assert caught.value.hint == "make image"


def test_an_absent_runtime_is_refused_and_not_replaced(
    engine: Engine, scratch: Path, python: Python, tmp_path: Path
) -> None:
    with pytest.raises(InfraError, match="'nosuch'") as caught:
        DockerSandbox(runtime="nosuch", scratch_dir=scratch).run(python(""), tmp_path)
    assert "gVisor" in caught.value.hint


def test_an_absent_mount_is_ours(host: DockerSandbox, python: Python, tmp_path: Path) -> None:
    stage = python("", mounts=(Mount(source=tmp_path / "none", target="/data"),))
    with pytest.raises(InfraError, match="absent"):
        host.run(stage, tmp_path / "o")


def test_a_command_that_does_not_exist_is_the_candidates(
    host: DockerSandbox, python: Python, tmp_path: Path
) -> None:
    result = host.run(python("").model_copy(update={"argv": ("no-such-command",)}), tmp_path)
    assert (result.ended, result.exit_code) == (Ended.FAILED, 127)


def test_an_output_place_that_is_taken_is_ours(host: DockerSandbox, python: Python, tmp_path: Path) -> None:
    (tmp_path / "o").mkdir()
    (tmp_path / "o" / "a.csv").write_text("here before")
    with pytest.raises(InfraError, match="could not run"):
        host.run(python("open('/output/a.csv', 'w')", keep=("a.csv",)), tmp_path / "o")
    assert (tmp_path / "o" / "a.csv").read_text() == "here before"


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:2375", "unix:///nowhere.sock", "npipe:////./pipe/d"])
def test_an_engine_elsewhere_gets_the_portable_output_folder(address: str) -> None:
    assert not host_tmpfs_works(Engine(host=address))


def test_an_unknown_kind_of_output_folder_is_refused(
    engine: Engine, scratch: Path, python: Python, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="'auto', 'host' or 'volume'"):
        DockerSandbox(output="hots", scratch_dir=scratch).run(python(""), tmp_path)


def test_a_tmpfs_that_cannot_be_mounted_is_ours(tmp_path: Path) -> None:
    with pytest.raises(InfraError, match="cannot be mounted"):
        mount_tmpfs(tmp_path, ["size=lots"])
    assert not tmp_path.is_mount()


def test_a_scratch_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InfraError, match=r"file/scratch cannot be written"):
        scratch_folder(tmp_path / "file" / "scratch")


def test_a_scratch_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(InfraError, match="scratch folder"):
        scratch_folder(tmp_path / "link")


# ------------------------------------------------------------------------- what goes away


@pytest.mark.parametrize("output", ["host", "volume"])
def test_an_engine_that_goes_away_in_mid_run_is_ours_and_charges_nobody(
    output: str, engine: Engine, proxy: Proxy, scratch: Path, python: Python, tmp_path: Path
) -> None:
    sandbox = DockerSandbox(output=output, engine=Engine(host=proxy.url), scratch_dir=scratch)
    sandbox.identity()
    threading.Timer(1.0, proxy.cut).start()
    with removed_by_hand(engine):
        with pytest.raises(InfraError) as caught:
            sandbox.run(python("import time; time.sleep(60)"), tmp_path)
        assert caught.value.hint
    assert list(scratch.iterdir()) == []


def test_an_engine_that_falls_silent_is_given_up_in_time(
    engine: Engine, proxy: Proxy, scratch: Path, python: Python, tmp_path: Path
) -> None:
    slow = Engine(host=proxy.url, call_timeout_s=1)
    sandbox = DockerSandbox(output="host", engine=slow, scratch_dir=scratch)
    sandbox.identity()
    proxy.fall_silent()
    began = time.monotonic()
    with removed_by_hand(engine):
        with pytest.raises(InfraError, match="in time"):
            sandbox.run(python(""), tmp_path)
        assert time.monotonic() - began < 10


def test_a_container_that_somebody_else_kills_is_tried_once_more(
    engine: Engine, host: DockerSandbox, python: Python, tmp_path: Path
) -> None:
    mine = f"takehome.owner={owner.this_process()}"

    def kill_one() -> None:
        eventually(lambda: any(c["State"] == "running" for c in engine.containers(mine)))
        for container in engine.containers(mine):
            engine.kill(container["Id"])

    killer = threading.Thread(target=kill_one)
    killer.start()
    result = Twice(host).run(python("import time; time.sleep(2); print('done')"), tmp_path)
    killer.join()
    assert (result.ended, result.attempts, result.tail) == (Ended.FINISHED, 2, "done\n")


@pytest.mark.parametrize("output", ["host", "volume"])
def test_ctrl_c_leaves_nothing_behind(
    output: str, engine: Engine, scratch: Path, python: Python, tmp_path: Path
) -> None:
    sandbox = DockerSandbox(output=output, scratch_dir=scratch)
    sandbox.identity()
    main = threading.main_thread().ident
    assert main is not None
    # whoever started this in the background had SIGINT ignored
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Timer(0.8, signal.pthread_kill, (main, signal.SIGINT)).start()
    try:
        with pytest.raises(KeyboardInterrupt):
            sandbox.run(python("import time; time.sleep(60)"), tmp_path)
    finally:
        signal.signal(signal.SIGINT, before)
    assert ours(engine) == 0
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("output", ["host", "volume"])
def test_a_bug_of_ours_leaves_nothing_behind(
    output: str, engine: Engine, scratch: Path, python: Python, tmp_path: Path
) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        DockerSandbox(output=output, scratch_dir=scratch, on_created=fail).run(python(""), tmp_path)
    assert ours(engine) == 0
    assert list(scratch.iterdir()) == []


# ------------------------------------------------------------------------------ the reaper

VICTIM = """
import sys
from pathlib import Path
from harness.model import Limits, Stage
from harness.sandbox import DockerSandbox
limits = Limits(timeout_s=60, memory_mb=128, pids=128, output_mb=2, scratch_mb=16)
stage = Stage(name="train", argv=("sleep", "50"), limits=limits)
DockerSandbox(output=sys.argv[1], scratch_dir=Path(sys.argv[2])).run(stage, Path(sys.argv[3]))
"""


def test_a_claim_that_was_killed_half_way_is_reaped_and_one_under_way_is_not(
    engine: Engine, tmp_path: Path
) -> None:
    dead = owner.this_process().rpartition("/")[0] + "/0"
    for name, whose in (("a", dead), ("b", owner.this_process())):
        (tmp_path / f".claim-{name},{whose.replace('/', ',')}").mkdir()
    assert [Path(told.split()[-1]).name[:8] for told in reap(engine, scratch_dir=tmp_path)] == [".claim-a"]
    assert [path.name[:8] for path in tmp_path.iterdir()] == [".claim-b"]


@pytest.mark.parametrize("output", ["host", "volume"])
def test_what_a_killed_process_leaves_is_reaped(output: str, engine: Engine, tmp_path: Path) -> None:
    scratch = tmp_path / "s"
    victim = subprocess.Popen([sys.executable, "-c", VICTIM, output, str(scratch), str(tmp_path / "o")])

    def theirs() -> list[str]:
        found = engine.containers("takehome=1")
        return [c["State"] for c in found if f"/{victim.pid}/" in c["Labels"]["takehome.owner"]]

    try:
        eventually(lambda: theirs() == ["running"] * (1 if output == "host" else 2), 30)
    finally:
        victim.kill()
        victim.wait()
    removed = reap(engine, scratch_dir=scratch)
    assert theirs() == []
    assert list(scratch.iterdir()) == []
    assert str(scratch) not in Path("/proc/self/mountinfo").read_text()
    assert not list(CGROUPS.glob(f"*/takehome_{victim.pid}_*"))
    assert {text.split()[0] for text in removed} >= {"container", "folder"}
    assert reap(engine, scratch_dir=scratch) == []


def test_the_reaper_leaves_live_work_alone(
    engine: Engine, scratch: Path, python: Python, tmp_path: Path
) -> None:
    removed: list[str] = []
    sandbox = DockerSandbox(
        output="volume",
        scratch_dir=scratch,
        on_created=lambda _: removed.extend(reap(engine, scratch_dir=scratch)),
    )
    result = sandbox.run(python("open('/output/a.csv', 'w').write('a')", keep=("a.csv",)), tmp_path)
    assert (result.ended, result.files) == (Ended.FINISHED, ("a.csv",))
    assert removed == []


def test_another_machines_process_is_never_declared_dead() -> None:
    host, boot, _, started = owner.this_process().rsplit("/", 3)
    assert not owner.is_dead(owner.this_process())
    assert owner.is_dead(f"{host}/{boot}/{os.getpid()}/{int(started) + 1}")
    assert owner.is_dead(f"{host}/another-boot/{os.getpid()}/{started}")
    assert not owner.is_dead(f"elsewhere/{boot}/1/1")
    assert not owner.is_dead("")


# ---------------------------------------------------------------------------------- doctor


def test_the_doctor_names_every_protection(engine: Engine) -> None:
    found = {p.name: p for p in protections(engine)}
    for name in ("engine", "system call filter", "limits", "candidate image", "tools image"):
        assert found[name].state is State.OK, found[name]
    assert {"gVisor", "user namespaces", "output folder", "peak memory and processor time"} <= set(found)
    assert all(p.advice for p in found.values())


def test_many_runs_leave_files_and_threads_flat(host: DockerSandbox, python: Python, tmp_path: Path) -> None:
    def opened() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    host.run(python(""), tmp_path)
    before, threads = opened(), threading.active_count()
    for _ in range(10):
        host.run(python("open('/output/a', 'w')"), tmp_path)
    assert opened() <= before
    assert threading.active_count() == threads
