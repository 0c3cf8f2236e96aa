"""What getting a submission's packages left behind: the clean-room evidence. Frozen, strict, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import Field

from harness.model import Finding, Frozen, Severity


class Outcome(StrEnum):
    """How near what was installed is to what was asked for."""

    NOTHING_ASKED = "nothing asked"
    AS_WRITTEN = "as written"
    LOOSENED = "loosened"  # everything is there, some of it in another version
    PARTIAL = "partial"  # something asked for could not be had
    FAILED = "failed"  # nothing beyond the image's own packages is there


class Declared(Frozen):
    """One dependency as their file has it."""

    name: str  # normalised
    specifier: str
    pinned: bool
    scope: str  # "runtime", "test"
    file: str
    line: int


class Installed(Frozen):
    """One package as their code will find it."""

    name: str
    version: str
    origin: str = Field(pattern=r"^(image|added)$")


class Loosened(Frozen):
    """A version asked for that could not be had, and the one taken instead."""

    name: str
    asked: str
    got: str
    file: str
    line: int | None


class LeftOut(Frozen):
    """A package asked for that is not there, and why."""

    name: str
    why: str
    file: str
    line: int | None


class EnvironmentRecord(Frozen):
    """``environment.json``: declared, installed, and everything in between."""

    outcome: Outcome
    reason: str = ""  # one sentence when it failed
    python: str
    platform: str
    sources: tuple[str, ...] = ()  # files that were read, relative
    lock_file: str = ""  # uv.lock, poetry.lock or Pipfile.lock
    declared: tuple[Declared, ...] = ()
    pinned_share: float | None = (
        None  # of the declared, exact here or in the lock file; None: nothing is declared
    )
    installed: tuple[Installed, ...] = ()  # what was asked for and everything that needs
    loosened: tuple[Loosened, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    findings: tuple[Finding, ...] = ()
    lock_digest: str = ""  # "": the image has it all
    wheel_bytes: int = 0
    resolved_now: bool = True  # False: known from an earlier submission with the same declarations
    seconds: float = 0.0


@dataclass(frozen=True)
class Environment:
    """Where the packages are (None: the image's own are all there is) and what to tell people about them."""

    folder: Path | None
    record: EnvironmentRecord

    @property
    def remarks(self) -> tuple[str, ...]:
        """The findings worth a person's time, as sentences that start with their place."""
        findings = [f for f in self.record.findings if f.severity is not Severity.INFO]
        return tuple(f"{f.place}: {f.what}" if str(f.place) else f.what for f in findings)
