"""uv, asked for names and versions. Whose fault a refusal is, is decided here and nowhere else.

The index is the one of this machine: uv's own variables (UV_INDEX_URL, UV_TORCH_BACKEND) say which. No
configuration file is read and no source distribution is built, so nothing of anybody's is executed.
"""

from __future__ import annotations

import contextlib
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from harness.environment.requirement import PYTHON_VERSION
from harness.errors import InfraError

# uv says this when the index answered and the answer is no; anything else may be the network
REFUSAL = "no solution found"
MAY_NOT_ASK = ("401 unauthorized", "403 forbidden")
NETWORK = re.compile(
    r"request failed|failed to fetch|error sending request|dns error|timed out|connection (?:refused|reset)"
    r"|http status (?:server|client) error|missing `content-type`|broken pipe|tls|certificate",
    re.IGNORECASE,
)
OUR_DISK = re.compile(r"no space left|permission denied|read-only file system|disk quota", re.IGNORECASE)
HINT = "check the network, or the index this machine is set up for (UV_INDEX_URL)"
ATTEMPT_S = 60.0
CONTROL_S = 30.0
POLL_S = 0.2
MAX_TEXT = 200_000


class _TooLongError(Exception):
    """uv was not done in time."""


class TooMuchWrittenError(Exception):
    """Unpacking wrote more than it may: the archive is a bomb, or there is no end to it."""


@dataclass(frozen=True)
class Answer:
    """What uv said: its stdout when it went well, its refusal when not."""

    ok: bool
    text: str
    refusal: str = ""


class Index:
    """The package index of this machine, for one platform, until a deadline."""

    def __init__(self, platform: str, *, deadline_s: float, control: str) -> None:
        self.platform = platform
        self.control = control  # a package that every index has
        self._ends = time.monotonic() + deadline_s
        self._works = False

    def left_s(self) -> float:
        """Seconds until the deadline."""
        return self._ends - time.monotonic()

    def compile(self, lines: str, *more: str, constraints: str = "", prefer: str = "") -> Answer:
        """A hashed lock of ``lines``. Versions in the lock ``prefer`` are taken wherever they fit."""
        with tempfile.TemporaryDirectory(prefix="takehome-") as folder:
            out, bounds = Path(folder) / "out.lock", Path(folder) / "constraints.txt"
            out.write_text(prefer, "utf-8")
            bounds.write_text(constraints, "utf-8")
            answer = self._ask(
                "pip", "compile", "-", "-o", str(out), "-c", str(bounds), "--generate-hashes", "--no-header",
                "--no-emit-index-url", *self._fixed(), *more, stdin=lines,
            )  # fmt: skip
            return Answer(True, out.read_text("utf-8")) if answer.ok else answer

    def files(self, pins: str) -> str:
        """The wheels that exact ``pins`` mean, as a pylock table with their sizes and times."""
        answer = self._ask(
            "pip", "compile", "-", "--no-deps", "--format", "pylock.toml", "--no-header", *self._fixed(),
            stdin=pins,
        )  # fmt: skip
        return answer.text if answer.ok else ""

    def unpack(self, lock: str, into: Path, *, max_written: int) -> Answer:
        """Unpack the wheels of a hashed ``lock`` below ``into``. Nothing is imported, nothing compiled.

        Raises:
            TooMuchWrittenError: more than ``max_written`` bytes.
        """
        return self._ask(
            "pip", "install", "-r", "-", "--target", str(into), "--require-hashes", "--no-deps",
            *self._fixed(), stdin=lock, max_written=max_written,
        )  # fmt: skip

    def _fixed(self) -> tuple[str, ...]:
        return ("--no-build", "--python-version", PYTHON_VERSION, "--python-platform", self.platform)

    def _ask(self, *arguments: str, stdin: str, max_written: int | None = None) -> Answer:
        try:
            done = self._run(arguments, stdin, max_written)
        except _TooLongError as error:
            self._works = False  # it may have worked when it was asked last
            self._prove_that_the_index_works()
            if max_written is not None:  # the sizes were known and fine, so the network was slow
                raise InfraError(f"the packages were not unpacked after {error}", hint=HINT) from None
            return Answer(False, "", f"no answer after {error}")
        if done.returncode == 0:
            return Answer(True, done.stdout)
        said = done.stderr.lower()
        if OUR_DISK.search(said):
            raise InfraError(
                f"packages cannot be stored: {last_words(done.stderr)}", hint="free some disk space"
            )
        refused = REFUSAL in said and not any(words in said for words in MAY_NOT_ASK)
        if not refused and NETWORK.search(said):
            raise InfraError(f"the package index cannot be used: {last_words(done.stderr)}", hint=HINT)
        self._prove_that_the_index_works()
        return Answer(False, "", done.stderr[:MAX_TEXT])

    def _prove_that_the_index_works(self) -> None:
        """Nobody is blamed by an index that does not know a package which everybody has."""
        if self._works:
            return
        words = ("pip", "compile", "-", "--no-deps", "--no-header", "--refresh-package", self.control)
        try:
            done = self._run((*words, *self._fixed()), self.control, None, at_least_s=CONTROL_S)
        except _TooLongError as error:
            raise InfraError(f"the package index did not answer for {error}", hint=HINT) from None
        if done.returncode != 0:
            said = last_words(done.stderr)
            raise InfraError(f"the package index does not even have {self.control}: {said}", hint=HINT)
        self._works = True

    def _run(
        self, arguments: tuple[str, ...], stdin: str, max_written: int | None, *, at_least_s: float = 1.0
    ) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "uv", "--no-config", "--quiet", "--color", "never", *arguments]
        limit_s = max(at_least_s, self.left_s() if max_written is not None else min(self.left_s(), ATTEMPT_S))
        with tempfile.TemporaryDirectory(prefix="takehome-") as empty:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                cwd=empty,
                errors="replace",
            )
            with _killed_at_the_end(process):
                return _finished(process, stdin, limit_s, _written_check(process, max_written))


@contextlib.contextmanager
def _killed_at_the_end(process: subprocess.Popen[str]) -> Iterator[None]:
    try:
        yield
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                with contextlib.suppress(OSError, ValueError):
                    pipe.close()
        process.wait()


def _finished(
    process: subprocess.Popen[str], stdin: str, limit_s: float, check: Callable[[], None]
) -> subprocess.CompletedProcess[str]:
    ends = time.monotonic() + limit_s
    words: str | None = stdin
    while True:
        try:
            out, err = process.communicate(words, timeout=POLL_S)
            return subprocess.CompletedProcess(process.args, process.returncode, out, err)
        except subprocess.TimeoutExpired:
            words = None  # communicate keeps what it has not sent yet
            check()
            if time.monotonic() > ends:
                raise _TooLongError(f"{limit_s:.0f} s") from None


def _written_check(process: subprocess.Popen[str], max_written: int | None) -> Callable[[], None]:
    """Stops a wheel that unpacks without end, by the kernel's count of what uv wrote (Linux only)."""
    counter = Path(f"/proc/{process.pid}/io")

    def check() -> None:
        with contextlib.suppress(OSError, ValueError, IndexError):
            written = int(counter.read_text().split("wchar:")[1].split()[0])
            if max_written is not None and written > max_written:
                raise TooMuchWrittenError(f"more than {max_written / 2**20:,.0f} MiB")

    return check


def last_words(stderr: str) -> str:
    """The end of what uv said, on one line, without what may be secret in an address."""
    return re.sub(r"(?<=://)[^/\s@]+@", "", " ".join(stderr.split()))[-400:]
