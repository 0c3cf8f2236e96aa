"""A Service -> Served: the server's container first, the prober's in its network, then SIGTERM and the clock.

The server runs the image that was built from the candidate's Dockerfile, under the policy of every stage: no
network but its own loopback, a read-only root, a user of ours. The prober is the one that may join it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from harness.errors import InfraError
from harness.model import Ended, Served, Service, Stage, StageResult
from harness.sandbox.collection import Collected
from harness.sandbox.engine import Engine
from harness.sandbox.meter import Group
from harness.sandbox.verdict import Death, verdict

# Runtimes in which a second container reaches the loopback of the first; runsc keeps one for each.
JOINABLE = ("", "runc", "crun", "io.containerd.runc.v2")
# The engine's words when a server cannot begin for what is in its image; anything else is ours.
THEIRS = ("executable file not found", "chdir to cwd", "not a directory", "is a directory")
CANNOT_BEGIN = 126
LOG_BYTES = (
    64 * 1024
)  # of the end of a server's log, which is judged (D8): a traceback a request fills 8 kB soon
MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?Z\Z")
PATH = "/opt/venv/bin:/usr/local/bin:/usr/bin:/bin"


def started_with(service: Service) -> tuple[tuple[str, ...], dict[str, str]]:
    """argv and environment. The image's own PATH is given by env(1): our deadman is found without it."""
    env = dict(service.server.env)
    own = env.pop("PATH", "")
    argv = ("env", f"PATH={own}", *service.server.argv) if own else service.server.argv
    return argv, {**env, "PATH": PATH}


@dataclass(frozen=True)
class Server:
    """One that was started. ``began`` is on the monotonic clock."""

    engine: Engine
    container: str
    group: Group
    service: Service
    began: float
    refuse_if_stopped: Callable[[], None]
    unmeasured: tuple[str, ...] = ()

    def is_alive(self) -> bool:
        """Whether the engine says that it runs."""
        return bool(self.engine.inspect(self.container)["State"]["Running"])

    def freeze(self) -> None:
        """None of its processes runs until it is thawed."""
        self.engine.freeze(self.container)

    def thaw(self) -> None:
        """It runs again."""
        self.engine.thaw(self.container)

    def stopped(self, prober: StageResult | None) -> Served:
        """Tell it to stop, as an orchestrator would, and say how it fared from start to end."""
        state = self.engine.inspect(self.container)["State"]
        alive, stop_s, killed = bool(state["Running"]), None, False
        if alive:
            self.engine.terminate(self.container)
            told = time.monotonic()
            ended = self.engine.wait(self.container, self.service.grace_s)
            stop_s = round(time.monotonic() - told, 3)
            self.refuse_if_stopped()
            if killed := ended is None:
                self.engine.kill(self.container)
                stop_s = None
            state = self.engine.inspect(self.container)["State"]
        if state["Running"] or state["Pid"]:
            raise InfraError("the engine says that a server ended, and that it still runs")
        result = self._result(state, alive, killed)
        return Served(server=result, prober=prober, stop_s=stop_s, began_at=seconds_of(state["StartedAt"]))

    def _result(self, state: dict[str, object], alive: bool, killed: bool) -> StageResult:
        usage, stage = self.group.read(), self.service.server
        code = int(str(state["ExitCode"]))
        out_of_memory = bool(state["OOMKilled"]) or usage.oom_kills > 0
        ended, reason = self._ending(code, out_of_memory, alive, killed)
        return StageResult(
            stage=stage.name,
            ended=ended,
            reason=reason,
            writer=stage.trust,
            argv=stage.argv,
            exit_code=code,
            seconds=round(time.monotonic() - self.began, 3),
            cpu_seconds=usage.cpu_seconds,
            peak_memory_mb=usage.peak_memory_mb,
            tail=self.engine.log_tail(self.container, LOG_BYTES).decode(errors="replace"),
            unmeasured=(*usage.unmeasured, *self.unmeasured),
        )

    def _ending(self, code: int, out_of_memory: bool, alive: bool, killed: bool) -> tuple[Ended, str]:
        if killed:
            return Ended.TIMEOUT, not_stopped(self.service.grace_s)
        if alive:
            memory = "the kernel killed one of its processes for want of memory." if out_of_memory else ""
            return Ended.FINISHED, memory
        if code == 0:
            return Ended.FAILED, "the server ended by itself: exit code 0."
        ended, reason = verdict(
            Death(code, 0.0, late=False, oom_killed=out_of_memory), Collected(), self.service.server.limits
        )
        return ended, f"the server died: {reason}"


def seconds_of(moment: str) -> float | None:
    """The engine's RFC 3339 with nanoseconds, in seconds of the epoch."""
    found = MOMENT.match(moment)
    if not found:
        return None
    whole = datetime.fromisoformat(found[1] + "+00:00").timestamp()
    return round(whole + float(found[2] or 0), 3)


def not_stopped(grace_s: float) -> str:
    """What is said of a server that SIGTERM does not end."""
    return f"the server had not stopped {grace_s:g} s after SIGTERM and was killed."


def not_joinable(service: Service, runtime: str) -> Served:
    """Ours: under this runtime nothing of a server can be measured, so nobody is charged for it."""
    reason = f"a server cannot be probed under the runtime {runtime}: its loopback is its own."
    server = StageResult(stage=service.server.name, ended=Ended.SKIPPED, reason=reason)
    prober = StageResult(
        stage=service.prober.name, ended=Ended.FAILED, reason=reason, writer=service.prober.trust
    )
    return Served(server=server, prober=prober)


def never_began(stage: Stage, error: InfraError) -> Served | None:
    """What the engine refuses for what is in the image, as a value; None for a fault of ours."""
    said = next((words for words in THEIRS if words in str(error).lower()), "")
    if not said:
        return None
    reason = f"the server could not be started: its command or working folder is not usable ({said})."
    failed = StageResult(
        stage=stage.name, ended=Ended.FAILED, reason=reason, argv=stage.argv, exit_code=CANNOT_BEGIN
    )
    return Served(server=failed)
