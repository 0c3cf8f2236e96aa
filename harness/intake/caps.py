"""Every limit on what is taken in, in one place. More is refused whole, with the number."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from harness.errors import SubmissionError

MIB = 2**20


@dataclass(frozen=True)
class Caps:
    """How much of a submission is taken in."""

    files: int = 5_000
    total_bytes: int = 256 * MIB
    file_bytes: int = 128 * MIB
    notebook_bytes: int = 64 * MIB
    depth: int = 24
    name_bytes: int = 200  # of one folder or file name
    path_bytes: int = 1_000  # of a whole path: macOS ends at 1,024
    link_hops: int = 8

    # archives, clones: what is left out on arrival counts here too
    entries: int = 60_000
    archive_bytes: int = 512 * MIB
    unpacked_bytes: int = 2_048 * MIB  # of a whole tar, environments and all
    ratio: int = 200  # unpacked to packed; an honest CSV stays below 30
    ratio_free_bytes: int = 16 * MIB  # too little to be a bomb at any ratio
    header_bytes: int = MIB  # one extended header of a tar

    # history: too much of it is left behind and noted, never a refusal
    history_files: int = 20_000
    history_bytes: int = 256 * MIB
    clone_bytes: int = 512 * MIB
    clone_commits: int = 1_000
    git_memory_bytes: int = 2_048 * MIB

    seconds: float = 180.0  # all of intake, a clone included


@dataclass(frozen=True)
class Deadline:
    """When intake has to be done. Proved by the clock before anybody is refused."""

    seconds: float
    ends: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ends", time.monotonic() + self.seconds)

    @property
    def left_s(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.ends - time.monotonic())

    def check(self, where: str) -> None:
        """Refuse, naming where it was, when the time is up."""
        if not self.left_s:
            raise SubmissionError(f"{where}: taking it in needs more than {self.seconds:g} s")


def mib(count: int) -> str:
    """A cap in words: ``128 MiB``, or in bytes when it is smaller than one."""
    return f"{count // MIB:,} MiB" if count >= MIB else f"{count:,} bytes"
