"""ensure_engine.sh: a running engine is left alone, one that can be started is, else it says what to do."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[3] / "docker" / "ensure_engine.sh"
ANSWERS = 'test -e "$STATE/up"\n'


class Machine:
    """A PATH of our own: real coreutils, and fakes for what says who and where we are."""

    def __init__(self, root: Path) -> None:
        self.bin = root / "bin"
        self.state = root / "state"
        self.log = root / "dockerd.log"
        self.bin.mkdir()
        self.state.mkdir()
        for name in (
            "bash",
            "dirname",
            "awk",
            "cut",
            "sleep",
            "setsid",
            "nohup",
            "grep",
            "tail",
            "touch",
            "cat",
        ):
            (self.bin / name).symlink_to(self._real(name))
        self.fake("docker", ANSWERS)
        self.fake("uname", "echo Linux\n")
        self.fake("id", "echo 0\n")

    @staticmethod
    def _real(name: str) -> str:
        return subprocess.run(["which", name], capture_output=True, text=True, check=True).stdout.strip()

    def fake(self, name: str, body: str) -> None:
        path = self.bin / name
        path.write_text("#!/bin/sh\n" + body)
        path.chmod(0o755)

    def run(self, **more: str) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": str(self.bin), "STATE": str(self.state), "HOME": str(self.state),
            "TAKEHOME_DOCKERD_LOG": str(self.log), "TAKEHOME_DOCKERD_TIMEOUT_S": "5",
        }  # fmt: skip
        return subprocess.run(
            [str(self.bin / "bash"), str(SCRIPT)],
            env={**environment, **more}, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip


@pytest.fixture
def machine(tmp_path):
    if Path("/run/systemd/system").is_dir():
        pytest.skip("systemd would be asked to start the real engine")
    return Machine(tmp_path)


def test_an_engine_that_answers_is_left_alone_silently_and_at_once(machine):
    (machine.state / "up").touch()
    started = time.monotonic()
    done = machine.run()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert time.monotonic() - started < 1


def test_of_two_clients_the_one_that_works_is_taken(machine, tmp_path):
    (machine.state / "up").touch()
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "docker").write_text("#!/bin/sh\nexit 1\n")
    (broken / "docker").chmod(0o755)
    done = machine.run(PATH=f"{broken}{os.pathsep}{machine.bin}")
    assert (done.returncode, done.stderr) == (0, "")


def test_root_starts_the_engine_and_waits_until_it_answers(machine):
    machine.fake("dockerd", 'sleep 0.5; touch "$STATE/up"; sleep 2\n')
    done = machine.run()
    assert done.returncode == 0, done.stderr
    assert (machine.state / "up").exists()


def test_an_engine_without_iptables_is_started_again_without_them_and_the_reason_is_said(machine):
    machine.fake(
        "dockerd",
        'case "$*" in *--iptables=false*) touch "$STATE/up"; sleep 2;; '
        '*) echo "Error initializing network controller: iptables failed: nf_tables" >&2; exit 1;; esac\n',
    )
    done = machine.run()
    assert done.returncode == 0, done.stderr
    assert "iptables failed: nf_tables" in done.stderr
    assert "--iptables=false" in done.stderr


def test_an_engine_that_does_not_start_shows_the_end_of_its_log(machine):
    machine.fake("dockerd", "echo 'failed to mount overlay: operation not permitted' >&2; exit 1\n")
    done = machine.run()
    assert done.returncode == 3
    assert "failed to mount overlay" in done.stderr


@pytest.mark.parametrize(
    ("fakes", "more", "advice"),
    [
        ({"uname": "echo Darwin\n"}, {}, "Start Docker Desktop"),
        ({"id": "echo 1000\n"}, {}, "sudo apt-get install docker.io"),
        ({}, {}, "without apt-get"),
        ({}, {"DOCKER_HOST": "tcp://10.0.0.1:2375"}, "DOCKER_HOST is tcp://10.0.0.1:2375"),
    ],
    ids=["desktop", "not root", "no apt-get", "elsewhere"],
)
def test_where_it_cannot_start_one_it_says_what_to_do_in_one_paragraph(machine, fakes, more, advice):
    for name, body in fakes.items():
        machine.fake(name, body)
    done = machine.run(**more)
    assert done.returncode == 3
    assert advice in done.stderr
    assert done.stderr.count("\n") == 1 + ("installing" in done.stderr)
