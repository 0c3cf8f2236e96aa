"""One git command at a time, in a repository of our own making: nobody's configuration, hard limits."""

from __future__ import annotations

import base64
import contextlib
import os
import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from harness.errors import InfraError, SubmissionError, TakehomeError
from harness.intake.caps import Caps, Deadline
from harness.intake.source import GitSource

# of the caller's environment only what reaching a server needs
PASSED_ON = (
    "PATH", "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY",
    "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE", "GIT_SSL_CAINFO",
)  # fmt: skip
SETTINGS = {
    "core.hooksPath": "/dev/null",
    "core.fsmonitor": "false",
    "core.bigFileThreshold": "16m",  # larger ones are streamed, not held in memory
    "gc.auto": "0",
    "maintenance.auto": "false",
    "fetch.unpackLimit": "1",  # one pack, so that one file-size limit bounds it
    "fetch.writeCommitGraph": "false",
    "http.lowSpeedLimit": "1000",
    "http.lowSpeedTime": "30",
    "pack.threads": "1",
    "protocol.version": "2",
    "submodule.recurse": "false",
    "transfer.bundleURI": "false",
    "transfer.fsckObjects": "true",
    # mistakes of old programs that honest histories carry
    **{
        f"fetch.fsck.{mistake}": "ignore"
        for mistake in (
            "badDate", "badDateOverflow", "badEmail", "badName", "badTimezone", "gitmodulesUrl",
            "gitmodulesParse", "missingEmail", "missingNameBeforeEmail", "missingSpaceBeforeDate",
            "missingSpaceBeforeEmail", "missingTaggerEntry", "nulInCommit", "zeroPaddedDate",
            "zeroPaddedFilemode", "multipleAuthors",
        )
    },
}  # fmt: skip
# memory (KiB; unknown on macOS), the size of any one file (512 bytes), no core dumps
LIMITED = (
    'ulimit -v "$1" 2>/dev/null; ulimit -f "$2" || exit 125; ulimit -c 0 2>/dev/null; shift 2; exec git "$@"'
)
NETWORK = re.compile(
    r"could not resolve|failed to connect|couldn't connect|timed? ?out|connection|ssl|certificate|proxy|"
    r"too slow|rpc failed|early eof|error: 5\d\d",
    re.IGNORECASE,
)
ACCESS = re.compile(
    r"authentication|could not read username|not found|error: 40[134]|access denied", re.IGNORECASE
)
NO_REF = re.compile(r"couldn't find remote ref|not our ref|no such remote ref", re.IGNORECASE)
TAIL_BYTES = 4_096


@dataclass(frozen=True)
class Git:
    """Runs git in ``folder``; ``source`` is only named, or given its login in the environment."""

    folder: Path
    source: GitSource
    caps: Caps
    deadline: Deadline

    def run(self, *arguments: str) -> str:
        """Run to the end and answer stdout.

        Raises:
            SubmissionError: git refused the repository, or a cap or the time was exceeded.
            InfraError: there is no git, or no way to the server.
        """
        with self.streaming(*arguments) as process:
            assert process.stdout is not None
            return process.stdout.read(TAIL_BYTES).decode("utf-8", "replace").strip()

    @contextlib.contextmanager
    def streaming(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """A running git with open stdin and stdout; at the end it must have gone well.

        When the block raises, git is killed and the block's error stands.
        """
        with (self.folder / "stderr").open("w+b") as errors:
            process = self._started(arguments, errors.fileno())
            timer = threading.Timer(self.deadline.left_s, _kill, (process,))
            timer.daemon = True
            timer.start()
            try:
                yield process
                code = self._ended(process)
            finally:
                timer.cancel()
                _kill(process)
                for pipe in (process.stdin, process.stdout):
                    if pipe:
                        with contextlib.suppress(OSError):
                            pipe.close()
                process.wait()
            if code:
                errors.seek(max(0, errors.seek(0, os.SEEK_END) - TAIL_BYTES))
                raise self._refusal(arguments, code, errors.read().decode("utf-8", "replace"))

    def _ended(self, process: subprocess.Popen[bytes]) -> int:
        if process.stdin:
            with contextlib.suppress(OSError):
                process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(self.deadline.left_s)
        return -signal.SIGKILL

    def _started(self, arguments: tuple[str, ...], errors: int) -> subprocess.Popen[bytes]:
        limits = (str(self.caps.git_memory_bytes // 1024), str(self.caps.clone_bytes // 512))
        try:
            return subprocess.Popen(
                ("/bin/sh", "-c", LIMITED, "sh", *limits, *arguments),
                cwd=self.folder,
                env=self._environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
            )
        except OSError as error:
            raise InfraError(f"git cannot be started: {error.strerror}") from error

    def _environment(self) -> dict[str, str]:
        settings = dict(SETTINGS)
        if self.source.login:
            # not in the address: every user of this machine sees arguments, and git writes addresses down
            word = base64.b64encode(self.source.login.encode()).decode()
            settings["http.extraHeader"] = f"Authorization: Basic {word}"
            settings["http.followRedirects"] = "false"
        numbered = {f"GIT_CONFIG_KEY_{i}": key for i, key in enumerate(settings)}
        numbered |= {f"GIT_CONFIG_VALUE_{i}": value for i, value in enumerate(settings.values())}
        return {
            **{name: os.environ[name] for name in PASSED_ON if name in os.environ},
            **numbered,
            "GIT_CONFIG_COUNT": str(len(settings)),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_ALLOW_PROTOCOL": self.source.url.partition(":")[0],
            "GIT_ASKPASS": "false",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_OPTIONAL_LOCKS": "0",
            "HOME": str(self.folder),
            "XDG_CONFIG_HOME": str(self.folder),
            "LC_ALL": "C",
        }

    def _refusal(self, arguments: tuple[str, ...], code: int, said: str) -> TakehomeError:
        name = self.source.shown
        if code == 127:
            return InfraError(
                f"{name}: there is no git on this machine", hint="install git, or give an archive"
            )
        is_remote = self.source.url.startswith("https:")
        if not self.deadline.left_s:
            # a slow line cannot be told from a slow server: nobody is blamed for it
            blamed = InfraError if is_remote and "fetch" in arguments else SubmissionError
            return blamed(f"{name}: fetching and reading it needs more than {self.deadline.seconds:g} s")
        if self._is_too_large():
            return SubmissionError(
                f"{name}: more than {self.caps.clone_bytes // 2**20:,} MiB of history",
                hint="data and models do not belong into git: send an archive of the last commit",
            )
        words = _sentence(said, self.source) or f"exit code {code}"
        if NO_REF.search(said):
            return SubmissionError(
                f"{name}: there is no such branch, tag or commit",
                hint="a commit id has to be whole: 40 characters",
            )
        if ACCESS.search(said):
            hint = "is it private? https://USER:TOKEN@host/path"
            return SubmissionError(f"{name}: it is not there, or not to be read: {words}", hint=hint)
        if is_remote and NETWORK.search(said):
            return InfraError(f"{name}: the server could not be reached: {words}")
        return SubmissionError(f"{name}: git cannot read it: {words}")

    def _is_too_large(self) -> bool:
        room = self.caps.clone_bytes - 4096  # git may stop a page short of the limit
        return any(
            path.stat().st_size >= room for path in self.folder.glob("*/objects/pack/*") if path.is_file()
        )


def _sentence(said: str, source: GitSource) -> str:
    """What git said last that is not about itself, printable, short, and without the login."""
    lines = [
        line.strip()
        for line in said.splitlines()
        if line.strip() and not line.startswith(("hint:", "warning:"))
    ]
    found = next(
        (line for line in lines if line.startswith(("fatal:", "error:"))), lines[-1] if lines else ""
    )
    for secret in (part for part in (source.login, *source.login.split(":")) if len(part) > 5):
        found = found.replace(secret, "***")
    return "".join(ch if ch.isprintable() else " " for ch in found)[:200]


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Git and its own children: they share a session of their own."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
