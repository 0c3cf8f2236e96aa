"""One command of a README -> what came of it: exit code, files, predictions, tests, a server. For readme.py.

Commands share a shell's state (folder, variables, functions) through a file, as if typed one after the other.
Each has no input, a time of its own, and output of which only the end is kept.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import workspace

TAIL_BYTES = 3_000
MAX_ENTRIES, MAX_KEPT_BYTES, SHOWN = 20_000, 8 << 20, 20
LISTENS_S, HEALTHY_S, POLL_S = 1.5, 30.0, 0.05
JUNK = frozenset({"__pycache__", ".pytest_cache", ".git", ".ruff_cache", ".mypy_cache", "mpl", "takehome"})
SUITE = re.compile(r"<testsuite\b[^>]{0,2000}>")
ATTRIBUTE = re.compile(r'\b(tests|errors|failures|skipped)="(\d{1,6})"')
RAN = re.compile(r"^Ran (\d{1,6}) tests? in ", re.MULTILINE)
HEADER = ("id", "prediction")


@dataclass
class Outcome:
    """How a command ended: by itself (``exit``), ``timeout``, ``serving``, or ``not started``."""

    ended: str
    exit: int | None = None
    seconds: float = 0.0
    tail: str = ""
    wrote: list[str] = field(default_factory=list)
    predictions: bytes = b""
    tests: int = 0
    failed: int = 0
    port: int = 0
    health: int = 0


class Shell:
    """A sequence of commands in one folder. ``roots``: where new files are looked for."""

    def __init__(self, places: workspace.Places, scratch: Path, *, health: str) -> None:
        self.places, self.scratch, self.health = places, scratch, health
        self.state = scratch / "state"
        self.cwd = scratch / "cwd"
        self.cwd.write_text(str(places.work))
        self.number = 0

    def follow(self, command: str, *, limit_s: float, may_serve: bool) -> Outcome:
        """Run it as a reader would."""
        self.number += 1
        before, listening = self._files(), listeners()
        report = self.scratch / f"junit-{self.number}.xml"
        started = time.monotonic()
        try:
            child = subprocess.Popen(
                ["bash", "--noprofile", "--norc", "-c", self._script(report), "bash", command],
                cwd=self.places.work,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            return Outcome("not started", tail=str(error.strerror))
        end = _End(child)
        outcome = self._wait(child, started + limit_s, listening if may_serve else None)
        outcome.seconds = round(time.monotonic() - started, 2)
        outcome.tail = end.text()
        fresh = changed(before, self._files())
        outcome.wrote = [name for name, _ in fresh][:SHOWN]
        outcome.predictions = next((raw for _, path in reversed(fresh) if (raw := predictions_in(path))), b"")
        outcome.tests, outcome.failed = counted(report, outcome.tail)
        return outcome

    def _script(self, report: Path) -> str:
        state, cwd = self.state, self.cwd
        keep = f"{{ declare -p; declare -f; }} >{state} 2>/dev/null; pwd >{cwd}"
        return (
            f'[ -f {state} ] && . {state} >/dev/null 2>&1; cd -- "$(cat {cwd})"\n'
            f'export PYTEST_ADDOPTS="-o junit_family=xunit2 --junitxml={report}"\n'
            f"trap '_code=$?; {keep}; exit $_code' EXIT\n"
            'eval "$1"\n'
        )

    def _wait(self, child: subprocess.Popen[bytes], deadline: float, known: set[int] | None) -> Outcome:
        seen: dict[int, float] = {}
        while (code := child.poll()) is None:
            now = time.monotonic()
            if now > deadline:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)
                child.wait()
                return Outcome("timeout")
            for port in sorted(listeners() - known) if known is not None else ():
                if now - seen.setdefault(port, now) > LISTENS_S:
                    return self._serving(port)
            time.sleep(POLL_S)
        outcome = Outcome("exit", exit=code)
        if code == 0 and known is not None and (ports := self._soon(known)):
            outcome.port, outcome.health = ports[0], asked(ports[0], self.health)
        return outcome

    def _soon(self, known: set[int]) -> list[int]:
        """Ports of a server that was started in the background, if the command started one."""
        return sorted(listeners() - known)

    def _serving(self, port: int) -> Outcome:
        return Outcome("serving", port=port, health=asked(port, self.health))

    def _files(self) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for root in (self.places.work, self.places.output, self.scratch.parent):
            for entry, name in _below(root):
                with contextlib.suppress(OSError):
                    status = entry.stat(follow_symlinks=False)
                    found[f"{root}/{name}"] = (status.st_size, status.st_mtime_ns)
                if len(found) >= MAX_ENTRIES:
                    return found
        return found


class _End:
    """The last of what a process prints; read to its end, so that nobody waits for a reader."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self._chunks: deque[bytes] = deque(maxlen=64)
        assert child.stdout is not None
        self._pipe = child.stdout.fileno()
        self._kept = child.stdout  # closed with us
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        with contextlib.suppress(OSError):
            while chunk := os.read(self._pipe, 4096):
                self._chunks.append(chunk)

    def text(self) -> str:
        """Its end, once the process has ended; what others still hold open is not waited for."""
        self._thread.join(0.3)
        return b"".join(list(self._chunks))[-TAIL_BYTES:].decode("utf-8", "replace")


def _below(root: Path) -> Iterator[tuple[os.DirEntry[str], str]]:
    waiting = [(str(root), "")]
    while waiting:
        folder, prefix = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            if entry.name in JUNK or entry.name.endswith((".pyc", ".egg-info")):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, f"{prefix}{entry.name}/"))
            elif entry.is_file(follow_symlinks=False):
                yield entry, f"{prefix}{entry.name}"


def changed(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> list[tuple[str, Path]]:
    """Files that are new or were written again, and not empty, the oldest first."""
    fresh = [name for name, found in after.items() if before.get(name) != found and found[0] > 0]
    fresh.sort(key=lambda name: after[name][1])
    return [(name, Path(name)) for name in fresh]


def predictions_in(path: Path) -> bytes:
    """The bytes of a file with the header id,prediction; nothing for any other."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            first = file.readline(200)
            words = first.decode("utf-8-sig", "replace").strip().split(",")
            if tuple(word.strip("\"' ") for word in words) != HEADER:
                return b""
            rest = file.read(MAX_KEPT_BYTES + 1)
    except OSError:
        return b""
    return first + rest if len(rest) <= MAX_KEPT_BYTES else b""


def counted(report: Path, said: str) -> tuple[int, int]:
    """``(tests that ran, tests that failed)``, by pytest's report or by unittest's last words."""
    try:
        with report.open("rb") as file:
            text = file.read(1 << 20).decode("utf-8", "replace")
    except OSError:
        return sum(int(number) for number in RAN.findall(said)), 0
    run = failed = 0
    for suite in SUITE.findall(text):
        numbers = {name: int(number) for name, number in ATTRIBUTE.findall(suite)}
        run += numbers.get("tests", 0) - numbers.get("skipped", 0)
        failed += numbers.get("errors", 0) + numbers.get("failures", 0)
    return max(0, run), failed


def listeners() -> set[int]:
    """TCP ports that somebody in this container listens on."""
    found: set[int] = set()
    for name in ("tcp", "tcp6"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]:
                words = line.split()
                if words[3] == "0A":
                    found.add(int(words[1].rpartition(":")[2], 16))
    return found


def asked(port: int, path: str) -> int:
    """The status of a health path; 0 when nothing answers in time."""
    deadline, status = time.monotonic() + HEALTHY_S, 0
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException, ValueError):
            status = 0
        finally:
            connection.close()
        if status in (200, 404, 405):
            return status
        time.sleep(0.3)
    return status
