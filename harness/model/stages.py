"""One command in one fresh sandbox, and how it ended."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from pydantic import Field

from harness.model.asked import Limits
from harness.model.values import Frozen


class Ended(StrEnum):
    """How a stage ended."""

    FINISHED = "finished"
    FAILED = "failed"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out of memory"
    OVER_QUOTA = "over quota"
    SKIPPED = "skipped"


class Trust(StrEnum):
    """Whose word a stage's output is. A candidate's output is a claim."""

    HOST = "host"
    TOOLS = "tools"
    CANDIDATE = "candidate"


class Mount(Frozen):
    """A host file or folder, read-only at ``target`` in the container."""

    source: Path
    target: str


class Stage(Frozen):
    """One command in one fresh sandbox.

    ``trust`` chooses the image: CANDIDATE code runs in the candidate image, our own analysers
    in the tools image. ``keep`` names what may leave ``/output`` afterwards: exact relative
    paths, or ``folder/**`` for a tree.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9-]{1,40}$")
    argv: tuple[str, ...] = Field(min_length=1)
    trust: Trust = Trust.CANDIDATE
    mounts: tuple[Mount, ...] = ()
    env: dict[str, str] = {}
    limits: Limits = Limits()
    keep: tuple[str, ...] = ()


MONITOR_STAGES = tuple(f"monitor-{number}" for number in range(1, 7))  # one batch each
PERMUTED_STAGES = tuple(f"permuted-{number}" for number in range(1, 9))  # one dealing each
# where training may have written what it measured, in what is kept of it; the first that is there counts
METRICS_FILES = tuple(
    f"{folder}/metrics.json"
    for folder in (
        "model",
        "work",
        "work/model",
        "work/models",
        "work/reports",
        "work/artifacts",
        "work/outputs",
    )
)

# what may be wrong with the training tables, in the order in which it is tried; then what is as good
BREAKAGES = ("missing-column", "empty-table", "empty-column", "cut-table", "swapped-labels")
AS_GOOD = ("as-good", "as-good-too")  # the second without the column that nobody knows
BROKEN_STAGES = tuple(f"{does}-{name}" for name in BREAKAGES for does in ("train", "test"))
AS_GOOD_STAGES = tuple(f"{does}-{name}" for name in AS_GOOD for does in ("train", "test"))
SABOTAGED_TESTS = "test-sabotaged"  # the suite on a copy in which every function raises


class StageResult(Frozen):
    """How a stage ended. ``tail`` is untrusted text; seconds and memory are measured outside."""

    stage: str
    ended: Ended
    reason: str = ""  # one sentence, ours
    writer: Trust = Trust.CANDIDATE
    argv: tuple[str, ...] = ()
    exit_code: int | None = None
    seconds: float = 0.0
    cpu_seconds: float | None = None
    peak_memory_mb: float | None = None
    tail: str = ""
    files: tuple[str, ...] = ()  # relative names collected, sorted
    attempts: int = 1
    unmeasured: tuple[str, ...] = ()  # what this host could not measure or enforce, as sentences

    @property
    def went_well(self) -> bool:
        """It finished; or it is on sabotaged code or broken data, where it has to fail."""
        has_to_fail = self.stage == SABOTAGED_TESTS or self.stage in BROKEN_STAGES
        return self.ended is (Ended.FAILED if has_to_fail else Ended.FINISHED)

    @property
    def told(self) -> str:
        """How it ended, in words that say whether that is good."""
        if self.stage in BROKEN_STAGES:
            words = {Ended.FAILED: "refused, as it should be", Ended.FINISHED: "took broken data"}
            return words.get(self.ended, self.ended.value)
        if self.stage != SABOTAGED_TESTS:
            return self.ended.value
        words = {Ended.FAILED: "red, as it should be", Ended.FINISHED: "stayed green on broken code"}
        return words.get(self.ended, self.ended.value)
