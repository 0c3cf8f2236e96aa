"""A process that has imported what grading imports, and forks a ``takehome`` for each command asked of it.

python -m tests.faults.nursery SOCKET

A command is what it would be on its own: a process with its own session, environment, folder and output,
that runs ``harness.cli`` from its first line. Only the libraries of others are there already, which saves
some seconds of a core a command. Cases that measure seconds do not come here.
"""

from __future__ import annotations

import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Mapping
from pathlib import Path

IMPORTED = (
    "docker",
    "jinja2",
    "matplotlib.backends.backend_svg",
    "matplotlib.figure",
    "mlflow.store.tracking.sqlalchemy_store",
    "pandas",
    "pyarrow.parquet",
    "pydantic",
    "rich.console",
    "scipy.stats",
    "typer",
    "yaml",
)
LOOKS_EVERY_S = 0.02
READY_WITHIN_S = 300.0


class Child:
    """A command that the nursery forked: as much of ``subprocess.Popen`` as the cases need."""

    def __init__(self, connection: socket.socket, pid: int) -> None:
        self._connection, self.pid, self.returncode = connection, pid, None

    returncode: int | None

    def poll(self) -> int | None:
        """Its exit code, as ``subprocess`` gives it; None while it lives."""
        if self.returncode is None and select.select([self._connection], [], [], 0)[0]:
            told = self._connection.recv(64)
            self._connection.close()
            assert told, "the nursery died"
            self.returncode = int(told)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code.

        Raises:
            subprocess.TimeoutExpired: it lives on.
        """
        if self.returncode is None and not select.select([self._connection], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0.0)
        code = self.poll()
        assert code is not None
        return code

    def send_signal(self, number: signal.Signals) -> None:
        """To it alone."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """SIGKILL."""
        self.send_signal(signal.SIGKILL)


class Nursery:
    """The nursery of one test process, and ends with it."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="th-n-")
        self._socket = Path(self._folder.name) / "s"
        self._process = subprocess.Popen(
            [sys.executable, "-u", "-m", "tests.faults.nursery", str(self._socket)],
            stdin=subprocess.PIPE,  # its end is the sign that we have gone
            cwd=Path(__file__).parents[2],
            start_new_session=True,
        )
        deadline = time.monotonic() + READY_WITHIN_S
        while not self._socket.exists():
            assert self._process.poll() is None, "the nursery did not start"
            assert time.monotonic() < deadline, "the nursery is not ready"
            time.sleep(LOOKS_EVERY_S)

    def start(self, argv: list[str], *, env: Mapping[str, str], cwd: Path, out: Path, err: Path) -> Child:
        """Fork a ``takehome`` with these words."""
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(str(self._socket))
        asked = {"argv": argv, "env": dict(env), "cwd": str(cwd), "out": str(out), "err": str(err)}
        connection.sendall(json.dumps(asked).encode() + b"\n")
        return Child(connection, int(_line(connection)))

    def close(self) -> None:
        """End it; nothing that it forked lives any more."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(30)
        self._folder.cleanup()


def main(address: str) -> None:
    """Answer until our starter has gone."""
    _import_others()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(f"{address}.new")
    listener.listen(64)
    Path(f"{address}.new").rename(address)
    living: dict[int, socket.socket] = {}
    while True:
        ready, _, _ = select.select([listener, sys.stdin], [], [], LOOKS_EVERY_S)
        if sys.stdin in ready:
            return None
        if listener in ready:
            connection, _ = listener.accept()
            asked = json.loads(_line(connection))
            if (pid := os.fork()) == 0:
                listener.close()
                return _become(asked)  # and end as an interpreter ends
            living[pid] = connection
            connection.sendall(f"{pid}\n".encode())
        _report(living)


def _import_others() -> None:
    """The libraries of others, made quiet as ``harness.track`` makes them; of ours nothing stays."""
    os.environ.update(importlib.import_module("harness.track").SETTINGS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in IMPORTED:
            importlib.import_module(name)
    for name in [name for name in sys.modules if name.partition(".")[0] == "harness"]:
        del sys.modules[name]


def _report(living: dict[int, socket.socket]) -> None:
    for pid in list(living):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            connection = living.pop(pid)
            connection.sendall(str(os.waitstatus_to_exitcode(status)).encode())
            connection.close()


def _become(asked: dict[str, object]) -> None:
    """This process is the command from here on."""
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM):  # whoever started the tests may have had them ignored
        signal.signal(number, signal.default_int_handler if number is signal.SIGINT else signal.SIG_DFL)
    for handle, path in ((1, asked["out"]), (2, asked["err"])):
        opened = os.open(str(path), os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        os.dup2(opened, handle)
        os.close(opened)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.environ.clear()
    os.environ.update(asked["env"])  # type: ignore[call-overload]
    os.chdir(str(asked["cwd"]))
    tempfile.tempdir = None
    sys.argv = ["harness.cli", *asked["argv"]]  # type: ignore[misc]
    runpy.run_module("harness.cli", run_name="__main__", alter_sys=True)


def _line(connection: socket.socket) -> bytes:
    found = b""
    while not found.endswith(b"\n"):
        more = connection.recv(65536)
        assert more, "the other side went silent"
        found += more
    return found


if __name__ == "__main__":
    main(sys.argv[1])
