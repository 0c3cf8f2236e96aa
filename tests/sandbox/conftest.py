"""Real engines for real tests, the policy checked on every container, and nothing of ours left behind."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from harness.errors import InfraError
from harness.model import Limits, Stage
from harness.sandbox import DockerSandbox, Engine, owner
from harness.sandbox.meter import CGROUPS, PREFIX
from harness.sandbox.policy import joined_violations, violations

LIMITS = Limits(timeout_s=20, memory_mb=256, pids=128, output_mb=8, output_files=100, scratch_mb=64)


class Inspected:
    """Sees every container before it starts, and judges it. Only a container that passed may be joined."""

    def __init__(self) -> None:
        self.count = 0
        self.joined: list[str] = []
        self._passed: set[str] = set()

    def __call__(self, inspect: Mapping[str, Any]) -> None:
        self.count += 1
        kind, _, server = inspect["HostConfig"]["NetworkMode"].partition(":")
        if kind == "container" and server in self._passed:
            self.joined.append(server)
            assert joined_violations(inspect, server) == []
            return
        assert violations(inspect) == []
        self._passed.add(inspect["Id"])


@pytest.fixture(scope="session")
def engine() -> Engine:
    if os.environ.get("TAKEHOME_NO_DOCKER") == "1":
        pytest.skip("TAKEHOME_NO_DOCKER=1: no containers here")
    engine = Engine()
    try:
        engine.info()
    except InfraError as error:
        pytest.fail(
            f"{error}\nhint: {error.hint}, or leave these out with TAKEHOME_NO_DOCKER=1", pytrace=False
        )
    return engine


@pytest.fixture(scope="session")
def inspected() -> Inspected:
    return Inspected()


@pytest.fixture(scope="session")
def scratch() -> Iterator[Path]:
    """Not below pytest's own folder: a container could read the test's name in its mounts."""
    folder = Path(tempfile.mkdtemp(prefix="th-"))
    yield folder
    left = [str(path) for path in folder.rglob("*")]
    shutil.rmtree(folder, ignore_errors=True)
    assert left == []


@pytest.fixture(scope="session", autouse=True)
def nothing_is_left(request: pytest.FixtureRequest, scratch: Path) -> Iterator[None]:
    yield
    assert str(scratch) not in Path("/proc/self/mountinfo").read_text()
    _, _, pid, started = owner.this_process().rsplit("/", 3)
    assert [*CGROUPS.glob(f"*/{PREFIX}{pid}_{started}_*"), *CGROUPS.glob(f"{PREFIX}{pid}_{started}_*")] == []
    try:
        engine = Engine()
        ours = f"takehome.owner={owner.this_process()}"
        assert [c["Names"] for c in engine.containers(ours)] == []
        assert [v["Name"] for v in engine.volumes(ours)] == []
    except InfraError:
        assert os.environ.get("TAKEHOME_NO_DOCKER") == "1" or request.session.testsfailed


@pytest.fixture(scope="session")
def host(engine: Engine, inspected: Inspected, scratch: Path) -> DockerSandbox:
    return DockerSandbox(output="host", on_created=inspected, scratch_dir=scratch)


@pytest.fixture(scope="session")
def volume(engine: Engine, inspected: Inspected, scratch: Path) -> DockerSandbox:
    return DockerSandbox(output="volume", on_created=inspected, scratch_dir=scratch)


@pytest.fixture(params=["host", "volume"])
def sandbox(request: pytest.FixtureRequest) -> DockerSandbox:
    """Both ways to keep output."""
    found: DockerSandbox = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def python() -> Callable[..., Stage]:
    """A stage that runs a few lines of Python in the candidate image."""

    def stage(
        code: str, *, name: str = "train", limits: Mapping[str, Any] | None = None, **rest: Any
    ) -> Stage:
        chosen = LIMITS.model_copy(update=dict(limits or {}))
        return Stage(name=name, argv=("python3", "-I", "-c", code), limits=chosen, **rest)

    return stage
