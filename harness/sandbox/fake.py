"""A script instead of containers. It keeps the sandbox's promises, proved by the same contract suite."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from harness.errors import InfraError
from harness.model import (
    Built,
    Duel,
    Dueled,
    Ended,
    Limits,
    Served,
    Service,
    Side,
    Stage,
    StageResult,
)
from harness.sandbox.collection import Collected, Collection, OverQuotaError
from harness.sandbox.serving import not_stopped
from harness.sandbox.verdict import TAIL_BYTES, Death, verdict

_EXIT_CODES = {Ended.FINISHED: 0, Ended.FAILED: 1, Ended.OVER_QUOTA: 1}
KILLED = 137
FAKE_MOMENT = 1_000.0  # when every fake server began


@dataclass(frozen=True)
class Scripted:
    """What a stage does. ``files`` are all that it writes below /output; ``keep`` says what leaves."""

    ended: Ended = Ended.FINISHED
    exit_code: int | None = None  # by default the one that goes with ``ended``
    files: Mapping[str, bytes] = field(default_factory=dict)
    links: Sequence[str] = ()  # names that are no regular files, and so stay behind
    tail: str = ""
    seconds: float = 0.01
    peak_memory_mb: float | None = 10.0


Act = Scripted | InfraError | Callable[[Stage], Scripted]


class FakeSandbox:
    """Acts by stage name. A list of acts is one for each try, the last one for all that follow.

    An act is a `Scripted`, an `InfraError` to raise, or a function of the Stage that returns a
    `Scripted`. ``ran`` holds the stages in the order they ran.
    """

    def __init__(self, script: Mapping[str, Act | Sequence[Act]], *, default: Act | None = None) -> None:
        self._script = {name: [*act] if isinstance(act, Sequence) else [act] for name, act in script.items()}
        self._default = default
        self.ran: list[Stage] = []
        self.stopped = False

    @property
    def names(self) -> list[str]:
        """The names of the stages that ran, in order."""
        return [stage.name for stage in self.ran]

    def run(self, stage: Stage, into: Path) -> StageResult:
        """Do as the script says.

        Raises:
            InfraError: the script says so.
            LookupError: the script has no word on this stage.
        """
        self._refuse_if_stopped()
        act = self._next_act(stage)
        self.ran.append(stage)
        if isinstance(act, InfraError):
            raise act
        scripted = act if isinstance(act, Scripted) else act(stage)
        self._refuse_if_stopped()
        into.mkdir(parents=True, exist_ok=True)
        collected = _collect(scripted, stage, into)
        death = _death(scripted, stage)
        ended, reason = verdict(death, collected, stage.limits)
        return StageResult(
            stage=stage.name,
            ended=ended,
            reason=reason,
            writer=stage.trust,
            argv=stage.argv,
            exit_code=death.exit_code,
            seconds=death.seconds,
            cpu_seconds=death.seconds,
            peak_memory_mb=scripted.peak_memory_mb,
            tail=scripted.tail[-TAIL_BYTES:],
            files=collected.files,
        )

    @contextmanager
    def built(self, dockerfile: str, context: Path, packages: Path | None) -> Iterator[Built]:
        """As the script says of the stage ``build``; what is built is an image of that name only.

        Raises:
            InfraError: the script says so.
            LookupError: the script has no word on it.
        """
        self._refuse_if_stopped()
        stage = Stage(name="build", argv=("build", dockerfile), limits=Limits())
        act = self._next_act(stage)
        self.ran.append(stage)
        if isinstance(act, InfraError):
            raise act
        scripted = act if isinstance(act, Scripted) else act(stage)
        death = _death(scripted, stage)
        well = scripted.ended is Ended.FINISHED
        yield Built(
            image_id="fake-image" if well else None,
            ended=scripted.ended,
            reason="" if well else f"the build {scripted.ended}",
            exit_code=death.exit_code,
            seconds=death.seconds,
            tail=scripted.tail,
        )

    def serve(self, service: Service, into: Path) -> Served:
        """As the script says of the prober's stage, and of ``server``, which is well by default.

        A server that FINISHED lived until it was told to stop; one that is a TIMEOUT had to be killed.

        Raises:
            InfraError: the script says so.
            LookupError: the script has no word on the prober's stage.
        """
        self._refuse_if_stopped()
        stage = service.server.model_copy(update={"name": "server"})
        act = self._next_act(stage) if stage.name in self._script else Scripted()
        self.ran.append(stage)
        if isinstance(act, InfraError):
            raise act
        server = act if isinstance(act, Scripted) else act(stage)
        prober = self.run(service.prober, into)
        death = _death(server, stage)
        ended, reason = verdict(death, Collected(), stage.limits)
        if ended is Ended.TIMEOUT:
            reason = not_stopped(service.grace_s)
        elif ended is not Ended.FINISHED:
            reason = f"the server died: {reason}"
        result = StageResult(
            stage=service.server.name, ended=ended, reason=reason, argv=stage.argv,
            exit_code=death.exit_code, seconds=death.seconds, tail=server.tail[-TAIL_BYTES:],
        )  # fmt: skip
        stop_s = server.seconds if ended is Ended.FINISHED else None
        return Served(server=result, prober=prober, stop_s=stop_s, began_at=FAKE_MOMENT)

    def duel(self, duel: Duel, into: Path) -> Dueled:
        """As the script says of each service, and of the turns by the names of their stages.

        Raises:
            InfraError: the script says so.
            LookupError: the script has no word on one of them.
        """
        served: dict[Side, Served] = {}
        for side, service in duel.services:
            served[side] = self.serve(service, into / side.value)
            if not _well(served[side].prober):
                return Dueled(served=served)
        turns: list[StageResult] = []
        for number, turn in enumerate(duel.turns):
            turns.append(self.run(turn.prober, into / str(number)))
            if not _well(turns[-1]):
                break
        return Dueled(served=served, turns=tuple(turns))

    def stop(self) -> None:
        """From now on, and for an act that is under way, ``run`` raises InfraError."""
        self.stopped = True

    def _refuse_if_stopped(self) -> None:
        if self.stopped:
            raise InfraError("the sandbox was stopped")

    def identity(self) -> dict[str, str]:
        """Fixed words in place of digests."""
        return {
            "candidate": "fake-candidate",
            "tools": "fake-tools",
            "architecture": "amd64",
            "runtime": "fake",
        }

    def _next_act(self, stage: Stage) -> Act:
        acts = self._script.get(stage.name)
        if acts:
            return acts[min(self.names.count(stage.name), len(acts) - 1)]
        if self._default is None:
            raise LookupError(f"the script has no word on the stage {stage.name!r}")
        return self._default


def _well(result: StageResult | None) -> bool:
    return result is not None and result.ended is Ended.FINISHED


def _death(scripted: Scripted, stage: Stage) -> Death:
    late = scripted.ended is Ended.TIMEOUT
    out_of_memory = scripted.ended is Ended.OUT_OF_MEMORY
    code = scripted.exit_code
    if code is None:
        code = _EXIT_CODES.get(scripted.ended, KILLED)
    seconds = max(scripted.seconds, stage.limits.timeout_s) if late else scripted.seconds
    return Death(code, seconds, late, out_of_memory)


def _collect(scripted: Scripted, stage: Stage, into: Path) -> Collected:
    collection = Collection(stage, into)
    try:
        for name in sorted({*scripted.files, *scripted.links}):
            if not collection.is_expected(name, folder=False):
                continue
            if name in scripted.links:
                collection.refuse(name, "it is not a regular file")
                continue
            content = scripted.files[name]
            collection.add(name, size=len(content), on_disk=0, read=io.BytesIO(content).read)
    except OverQuotaError as cap:
        return collection.over(str(cap))
    full = "the output folder is full" if scripted.ended is Ended.OVER_QUOTA else ""
    return collection.finished(full=full)
