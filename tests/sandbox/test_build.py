"""Dockerfiles of candidates, honest and hostile, on a real engine. Nothing of any build is left behind."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import docker
import docker.errors
import pytest

from harness.dockerfile import read
from harness.errors import InfraError
from harness.model import Built, Ended, Trust
from harness.sandbox import Engine, owner
from harness.sandbox.build import built
from harness.sandbox.image_facts import inspect_built
from harness.sandbox.images import Images, reap_images
from harness.sandbox.policy import IMAGES
from harness.sandbox.steps import CAPABILITIES, BuildLimits, step_violations

pytestmark = pytest.mark.docker
ROOT = Path(__file__).resolve().parents[2]
LIMITS = BuildLimits(timeout_s=60, memory_mb=256, pids=128, disk_mb=64, disk_files=3000)
Build = Callable[..., AbstractContextManager[Built]]


@pytest.fixture(autouse=True)
def no_image_is_left(engine: Engine) -> Iterator[None]:
    yield
    assert Images(engine).labelled(f"takehome.owner={owner.this_process()}") == []
    assert engine.containers(f"takehome.owner={owner.this_process()}") == []


def judged(inspect: Any) -> None:
    assert step_violations(inspect) == []


@pytest.fixture
def build(engine: Engine, scratch: Path, tmp_path: Path) -> Build:
    """Build a Dockerfile text over files given as name -> text."""

    def start(text: str | bytes, files: dict[str, str] | None = None, **limits: Any) -> Any:
        for name, content in (files or {}).items():
            path = tmp_path / "context" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        (tmp_path / "context").mkdir(exist_ok=True)
        raw = text if isinstance(text, bytes) else text.encode()
        return built(
            read(raw),
            tmp_path / "context",
            packages=limits.pop("packages", None),
            limits=LIMITS.model_copy(update=limits),
            engine=engine,
            on_created=judged,
            scratch_dir=scratch,
        )

    return start


def run(line: str) -> str:
    return f"FROM python:3.11-slim\nRUN {line}\n"


def python(code: str) -> str:
    return f"FROM python:3.11-slim\nRUN <<'EOF'\n#!/bin/sh\npython3 - <<'END'\n{code}\nEND\nEOF\n"


# -------------------------------------------------------------------------- honest ones


def test_a_usual_dockerfile_is_built_and_its_image_says_what_it_said(build: Build, engine: Engine) -> None:
    text = """# syntax=docker/dockerfile:1
FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 MODEL=/app/model
ARG SECRET=argument
WORKDIR /app
RUN apt-get update && apt-get install -y --no-install-recommends build-essential curl \\
    && rm -rf /var/lib/apt/lists/*
COPY requirements.txt .
RUN pip install --no-cache-dir --upgrade pip && pip install --no-cache-dir -r requirements.txt
RUN useradd --create-home app && chown app /app
COPY --chown=app:app . .
USER app
RUN test "$(id -un) $(pwd) $HOME" = "app /app /home/app" && python -c "import fastapi" && touch mine
EXPOSE 8080
CMD ["uvicorn", "app.main:app", "--host", "0.0.0.0"]
"""
    files = {"requirements.txt": "fastapi\nuvicorn\n", "app/main.py": "app = 1\n", ".dockerignore": "*.csv\n"}
    with build(text, {**files, "data.csv": "1\n"}) as found:
        assert (found.ended, found.reason) == (Ended.FINISHED, "")
        assert found.image_id is not None
        config = (engine.image(found.image_id) or {})["Config"]
        assert config["Cmd"] == ["uvicorn", "app.main:app", "--host", "0.0.0.0"]
        assert not config["Entrypoint"]
        assert (config["User"], config["WorkingDir"]) == ("app", "/app")
        assert "MODEL=/app/model" in config["Env"]
        assert not [e for e in config["Env"] if "argument" in e or e.startswith(("PYTHONPATH", "DEBIAN"))]
        assert "8080/tcp" in config["ExposedPorts"]
        assert [f.rule for f in found.findings].count("dockerfile.system-packages") == 1


def test_stages_with_an_environment_of_their_own_are_built(build: Build, tmp_path: Path) -> None:
    package = tmp_path / "packages" / "tinything"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("def main(): print('tiny')\n")
    (tmp_path / "packages" / "tinything-1.dist-info").mkdir()
    (tmp_path / "packages" / "tinything-1.dist-info" / "METADATA").write_text("Name: tinything\nVersion: 1\n")
    (tmp_path / "packages" / "tinything-1.dist-info" / "entry_points.txt").write_text(
        "[console_scripts]\ntinything = tinything:main\n"
    )
    text = """FROM python:3.12-slim AS builder
RUN python -m venv /opt/venv && python -m venv /venv
RUN /opt/venv/bin/pip install -r requirements.txt; /venv/bin/pip install tinything
FROM python:3.12-slim AS unused
ADD https://example.org/x /x
FROM python:3.12-slim
COPY --from=builder /opt/venv /opt/venv
COPY --from=builder /venv /venv
RUN /opt/venv/bin/tinything && /venv/bin/tinything && /venv/bin/python -c "import tinything, pandas"
"""
    with build(text, packages=tmp_path / "packages") as found:
        assert (found.ended, found.reason) == (Ended.FINISHED, "")
        assert found.tail.count("tiny\n") == 2
        assert found.size_bytes < 4 << 20


def test_uvs_own_recipe_is_built(build: Build) -> None:
    text = """FROM python:3.11-slim
COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /uvx /bin/
WORKDIR /app
RUN --mount=type=cache,target=/root/.cache/uv \\
    --mount=type=bind,source=pyproject.toml,target=pyproject.toml \\
    uv sync --frozen --no-install-project --no-dev
COPY . /app
RUN uv sync --frozen --no-dev
ENV PATH="/app/.venv/bin:$PATH"
RUN churn && python -c "import fastapi" && uvicorn --version && /bin/uv run churn
"""
    files = {
        "pyproject.toml": "[project]\nname='churn'\nversion='1'\n[project.scripts]\nchurn = 'churn:main'\n",
        "src/churn/__init__.py": "def main(): print('churned')\n",
    }
    with build(text, files) as found:
        assert (found.ended, found.reason) == (Ended.FINISHED, "")
        assert found.tail.count("churned") == 2


def test_copies_go_where_docker_puts_them(build: Build) -> None:
    text = """FROM python:3.11-slim
WORKDIR /w
COPY a.txt renamed.txt
COPY *.txt many/
COPY folder /w/
COPY folder sub
COPY --chmod=750 --chown=1000:1001 a.txt /deep/er/x
COPY <<EOF /etc/made
it is $HOSTNAME
EOF
RUN ln -s /deep /link
COPY a.txt /link/through
RUN cat renamed.txt many/a.txt many/b.txt inner.txt sub/inner.txt /deep/through /etc/made
RUN test "$(stat -c %a:%u:%g /deep/er/x)" = 750:1000:1001 && test "$(stat -c %a:%u /deep)" = 755:1000
"""
    files = {"a.txt": "A", "b.txt": "B", "folder/inner.txt": "I"}
    with build(text, files) as found:
        assert (found.ended, found.reason) == (Ended.FINISHED, "")
        assert "AABIIAit is \n" in found.tail


def test_facts_of_an_image_are_told(build: Build, tmp_path: Path) -> None:
    text = "FROM python\nCOPY . /app\nRUN pip install -r /app/requirements.txt\nCMD python /app/x.py\n"
    with build(text, {"requirements.txt": "", "train.csv": "1"}) as found:
        facts = inspect_built(read(text.encode()), found, tmp_path / "context")
    assert facts["base_is_latest"] is facts["runs_as_root"] is facts["copies_everything"] is True
    assert facts["dependencies_before_code"] is facts["has_dockerignore"] is False
    assert (facts["shell_form"], facts["data_inside"]) == (["CMD"], ["train.csv"])


# ------------------------------------------------------------------------- hostile ones


def test_a_step_that_fails_is_told_with_its_line_and_code(build: Build) -> None:
    with build("FROM python:3.11\n\nRUN echo before \\\n  && echo words >&2 && exit 7\n") as found:
        assert (found.ended, found.line, found.exit_code, found.image_id) == (Ended.FAILED, 3, 7, None)
        assert "words" in found.tail
        assert found.findings[-1].place.line == 3


def test_sleeping_for_ever_ends_at_the_deadline(build: Build) -> None:
    began = time.monotonic()
    with build(run("sleep infinity"), timeout_s=3) as found:
        assert (found.ended, found.line) == (Ended.TIMEOUT, 2)
    assert time.monotonic() - began < 12


def test_a_fork_bomb_stays_within_its_processes_and_ends_at_the_deadline(build: Build) -> None:
    began = time.monotonic()
    with build(
        python("import os\nwhile True:\n try: os.fork()\n except OSError: pass"), timeout_s=4
    ) as found:
        assert found.ended is Ended.TIMEOUT
    assert time.monotonic() - began < 15


def test_a_memory_bomb_is_told_from_other_failures(build: Build) -> None:
    with build(run("python3 -c 'x = bytearray(900 << 20)'")) as found:
        assert (found.ended, found.line) == (Ended.OUT_OF_MEMORY, 2)


@pytest.mark.parametrize(
    "line",
    [
        "dd if=/dev/zero of=/fill bs=1M",
        "for n in $(seq 500); do dd if=/dev/zero of=/f$n bs=1M count=8 2>/dev/null; done; sleep 30",
        "fallocate -l 9M /a && exit 0; for n in 1 2 3; do dd if=/dev/zero of=/f$n bs=1M count=40; done",
        "mkdir /f && cd /f && for n in $(seq 9000); do : > $n; done; sleep 30",
        "for n in $(seq 300); do mkdir d && cd d; done; sleep 30",
    ],
    ids=["one file", "many files", "fallocate", "empty files", "nested folders"],
)
def test_filling_the_disk_ends_soon_after_the_cap(build: Build, line: str) -> None:
    began = time.monotonic()
    with build(run(line)) as found:
        assert found.ended is Ended.OVER_QUOTA, found
    assert time.monotonic() - began < 15


def test_layers_are_counted_together(build: Build) -> None:
    line = "RUN dd if=/dev/zero of=/f{} bs=1M count=30 2>/dev/null\n"
    with build("FROM python:3.11\n" + line.format(1) + line.format(2) + line.format(3)) as found:
        assert (found.ended, found.line) == (Ended.OVER_QUOTA, 4)


def test_a_step_has_no_network_no_host_and_little_power(build: Build) -> None:
    code = """
import ctypes, os, socket
for address in ('192.0.2.1', '169.254.169.254', '172.17.0.1'):
    try: socket.create_connection((address, 80), 2); print('reached', address)
    except OSError as error: print(error.strerror)
sockets = ('/var/run/docker.sock', '/run/docker.sock')
print(os.listdir('/sys/class/net'), [p for p in sockets if os.path.exists(p)])
status = dict(l.split(':\\t', 1) for l in open('/proc/self/status').read().splitlines() if ':\\t' in l)
print(status['CapEff'], status['NoNewPrivs'], status['Seccomp'])
libc = ctypes.CDLL(None)
print(libc.mount(b't', b'/tmp', b'tmpfs', 0, None), libc.unshare(0x10000000), libc.chroot(b'/tmp'))
for path, kind in (('/tmp/block', 0o60600), ('/tmp/char', 0o20600)):
    try: os.mknod(path, kind, os.makedev(254, 0)); print('made')
    except PermissionError: print('no device')
for path in ('/proc/sys/kernel/hostname', '/proc/sysrq-trigger', '/sys/kernel/x', '/etc/hosts'):
    try: open(path, 'a').write('x'); print('wrote', path)
    except OSError: pass
"""
    with build(python(code)) as found:
        lines = found.tail.splitlines()
    capabilities = sum(1 << {"CHOWN": 0, "DAC_OVERRIDE": 1, "FOWNER": 3}[name] for name in CAPABILITIES)
    assert lines[-8:] == [
        *["Network is unreachable"] * 3,
        "['lo'] []",
        f"{capabilities:016x} 1 2",
        "-1 -1 -1",
        *["no device"] * 2,
    ]


def test_another_user_has_no_power_at_all(build: Build) -> None:
    text = "FROM python:3.11\nUSER 1234\nRUN grep CapEff /proc/self/status; touch /etc/x || echo refused\n"
    with build(text) as found:
        assert "CapEff:\t0000000000000000" in found.tail
        assert found.tail.rstrip().endswith("refused")


def test_a_log_flood_is_cut(build: Build) -> None:
    began = time.monotonic()
    with build(run("yes $(head -c 3000 /dev/zero | tr '\\\\0' x)"), timeout_s=3) as found:
        assert found.ended is Ended.TIMEOUT
        assert 0 < len(found.tail) <= 8192
    assert time.monotonic() - began < 12


def test_a_daemon_does_not_outlive_its_step(build: Build) -> None:
    text = run("(setsid sh -c 'sleep 1; echo late > /late' &) ; true") + "RUN sleep 1.5; test ! -e /late\n"
    with build(text) as found:
        assert (found.ended, found.reason) == (Ended.FINISHED, "")


@pytest.mark.parametrize(
    "text",
    [
        "# syntax=docker/dockerfile:evil\nFROM python:3.11\n",
        "FROM evil/image\n",
        "FROM takehome-tools:local\n",
        "FROM python:3.11\nADD http://example.org/x /x\n",
        "FROM python:3.11\nCOPY ../../etc /x\n",
        "FROM python:3.11\nCOPY --from=takehome-tools:local /opt /opt\n",
        "FROM python:3.11\nRUN --mount=type=secret,id=x,required=true cat /run/secrets/x\n",
        "FROM python:3.11\n" + "RUN true\n" * 10_000,
    ],
    ids=["frontend", "image", "our image", "url", "outside", "from our image", "secret", "ten thousand"],
)
def test_what_cannot_be_built_safely_is_refused_before_anything_runs(build: Build, text: str) -> None:
    began = time.monotonic()
    with build(text) as found:
        assert found.ended is Ended.SKIPPED
        assert found.reason.startswith("it was not built: line")
        assert "dockerfile.refused" in {f.rule for f in found.findings}
    assert time.monotonic() - began < 2


def test_a_context_past_its_caps_is_not_copied(build: Build, tmp_path: Path) -> None:
    (tmp_path / "context").mkdir()
    (tmp_path / "context" / "big").open("wb").truncate(300 << 20)
    with build("FROM python:3.11\nCOPY . .\n", context_mb=100) as found:
        assert (found.ended, found.image_id) == (Ended.OVER_QUOTA, None)


def test_links_and_history_never_enter(build: Build, tmp_path: Path) -> None:
    context = tmp_path / "context"
    (context / ".git").mkdir(parents=True)
    (context / ".git" / "config").write_text("canary")
    (context / "passwd").symlink_to("/etc/passwd")
    (context / "root").symlink_to("/")
    with build("FROM python:3.11\nCOPY . /c\nRUN find /c -mindepth 1\n", {"a": "a"}) as found:
        assert found.tail.splitlines()[-1] == "/c/a"
        assert len([f for f in found.findings if f.rule == "dockerfile.context"]) == 3


@pytest.mark.parametrize(
    "text",
    [
        "FROM python:3.11\nUSER nobody-here\nRUN true\n",
        'FROM python:3.11\nSHELL ["/bin/none"]\nRUN true\n',
        "FROM python:3.11\nCOPY absent.txt /x\n",
        "FROM python:3.11\nRUN rm /usr/bin/timeout /usr/bin/env\nRUN true\n",
        "FROM python:3.11\nRUN touch /x\nCOPY a.txt /x/y\n",
        "FROM python:3.11\nRUN touch /x\nWORKDIR /x\nRUN true\n",
        "FROM python:3.11\nRUN ln -s /l /l\nCOPY a.txt /l/y\n",
        "FROM python:3.11 AS a\nFROM python:3.11\nCOPY --from=a /absent /x\n",
        "FROM python:3.11\nRUN " + "true " * 40_000 + "\n",
    ],
    ids=["user", "shell", "source", "our deadman", "file in the way", "workdir", "loop", "stage", "long"],
)
def test_a_broken_dockerfile_is_the_candidates_failure(build: Build, text: str) -> None:
    with build(text, {"a.txt": "a"}) as found:
        assert (found.ended, found.image_id) == (Ended.FAILED, None), found
        assert found.line


def test_bytes_that_are_no_text_and_triggers_are_told_and_built(build: Build) -> None:
    with build(b"FROM python:3.11\nRUN echo \xff\xfe\nONBUILD RUN false\n") as found:
        assert found.ended is Ended.FINISHED
        assert {"dockerfile.encoding", "dockerfile.onbuild"} <= {f.rule for f in found.findings}


def test_a_base_that_is_absent_is_our_fault(engine: Engine, scratch: Path, tmp_path: Path) -> None:
    gone = Engine(host=f"unix://{tmp_path}/nobody")
    with pytest.raises(InfraError), built(read(b"FROM python\n"), tmp_path, engine=gone, scratch_dir=scratch):
        pass


def test_images_of_a_dead_process_are_reaped_and_those_of_the_living_are_not(
    build: Build, engine: Engine
) -> None:
    dead = f"{owner.this_process().rsplit('/', 2)[0]}/999999/1"
    labels = {"takehome": "1", "takehome.owner": dead}
    container = engine.create({"Image": IMAGES[Trust.TOOLS], "Labels": labels}, "takehome-test-reaped")
    image = Images(engine).commit(container)
    engine.remove(container)
    with build(run("true")) as found:
        assert f"image {image.removeprefix('sha256:')[:12]}" in reap_images(engine)
        assert engine.image(image) is None
        assert engine.image(found.image_id or "") is not None


def test_building_our_images_leaves_a_submissions_image_alone(engine: Engine, tmp_path: Path) -> None:
    """It is made of ours, has no name, and somebody may be about to start it."""
    client = docker.from_env()
    labels = {"takehome.context": "of a test"}
    (tmp_path / "Dockerfile").write_text("FROM scratch\nCOPY . /\n")
    kept, _ = client.images.build(
        path=str(tmp_path), labels={**labels, "takehome": "1"}, nocache=True, rm=True
    )
    replaced, _ = client.images.build(path=str(tmp_path), labels=labels, nocache=True, rm=True)
    try:
        subprocess.run([ROOT / "docker/images.sh", "leftovers"], check=True)
        assert client.images.get(kept.id).id == kept.id
        with pytest.raises(docker.errors.ImageNotFound):
            client.images.get(replaced.id)
    finally:
        client.images.remove(kept.id)
