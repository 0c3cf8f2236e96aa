"""What runs stages, builds images and serves them: one Protocol, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from pydantic import Field, model_validator

from harness.model.findings import Finding
from harness.model.stages import Ended, Stage, StageResult
from harness.model.values import Frozen


class Built(Frozen):
    """How a build ended. ``image_id`` is set exactly when it finished; ``tail`` is untrusted text.

    SKIPPED: it was refused before anything ran. The image runs with the packages mounted at ``/env``.
    """

    image_id: str | None = None
    ended: Ended
    reason: str = ""
    line: int | None = None
    exit_code: int | None = None
    seconds: float = 0.0
    size_bytes: int = 0  # above the local base, packages of the environment not counted
    peak_memory_mb: float | None = None
    findings: tuple[Finding, ...] = ()
    tail: str = ""
    unmeasured: tuple[str, ...] = ()
    attempts: int = 1


class Service(Frozen):
    """A server of theirs and our prober beside it: two containers, one loopback, no other network.

    ``server.argv`` is what the image starts with; its files are those of ``image_id``, at ``workdir``.
    ``prober`` is a TOOLS stage whose exit code 0 says that the server answered at all. ``grace_s``: from
    SIGTERM to SIGKILL.
    """

    image_id: str
    workdir: str
    server: Stage
    prober: Stage
    grace_s: float = Field(default=10.0, gt=0, le=120)


class Served(Frozen):
    """How a server fared. ``stop_s``: from SIGTERM to its end; None when it had ended, or did not end by it.

    ``server.ended`` is FINISHED when it lived until it was told to stop, and stopped in time; TIMEOUT when
    it had to be killed. Without a ``prober`` it never began.
    """

    server: StageResult
    prober: StageResult | None = None
    stop_s: float | None = None
    began_at: float | None = None  # when its container started, in seconds of the epoch by the engine


class Side(StrEnum):
    """One of the two servers of a Duel."""

    CANDIDATE = "candidate"
    REFERENCE = "reference"


class Turn(Frozen):
    """``prober`` asks the server of this side, while the other one is frozen."""

    side: Side
    prober: Stage


class Duel(Frozen):
    """Two servers in networks of their own, asked in turns; only the one whose turn it is gets to run.

    ``services`` are started in their order, each by itself, and its own prober is its first turn.
    """

    services: tuple[tuple[Side, Service], ...] = Field(min_length=2, max_length=2)
    turns: tuple[Turn, ...]

    @model_validator(mode="after")
    def _one_of_each(self) -> Duel:
        if {side for side, _ in self.services} != set(Side):
            raise ValueError("a duel is between the candidate's server and the reference's")
        return self


class Dueled(Frozen):
    """How both fared. ``turns`` are the probers' results in order; it ends with the first that failed.

    A side whose server was not started is absent. What a turn may keep is below its number, from 0 on; what a
    service's own prober may keep is below its side.
    """

    served: dict[Side, Served]
    turns: tuple[StageResult, ...] = ()


class Sandbox(Protocol):
    """Runs a stage in a fresh container and collects what it may keep.

    The container is confirmed dead before collection. Files land under ``into`` (created).
    A candidate's failure is a value of ``Ended``; ours is an InfraError.
    """

    def run(self, stage: Stage, into: Path) -> StageResult:
        """Run ``stage``; what it may keep is below ``into`` when this returns."""
        ...

    def built(self, dockerfile: str, context: Path, packages: Path | None) -> AbstractContextManager[Built]:
        """Build an image of ``context``'s file of that name; the image is gone on leaving."""
        ...

    def serve(self, service: Service, into: Path) -> Served:
        """Start a server, probe it, stop it; what the prober may keep is below ``into`` afterwards."""
        ...

    def duel(self, duel: Duel, into: Path) -> Dueled:
        """Start two servers, let probers ask them in turns, stop both."""
        ...

    def stop(self) -> None:
        """Kill what runs; a ``run`` under way, or called later, raises InfraError."""
        ...

    def identity(self) -> Mapping[str, str]:
        """Image digests and runtime by role: part of the provenance of every grade."""
        ...
