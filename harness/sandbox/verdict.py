"""How a container died and what it left -> how the stage ended, and whose fault that is. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from harness.model import Built, Ended, Limits, StageResult
from harness.sandbox.collection import Collected

TAIL_BYTES = 8 * 1024
SIGXFSZ = 25
SUSPECT_CODES = (137, 143, 255)  # SIGKILL, SIGTERM, a host that went down


@dataclass(frozen=True)
class Death:
    """What the clock and the kernel say. ``late``: still alive at the deadline, and killed for it."""

    exit_code: int
    seconds: float
    late: bool = False
    oom_killed: bool = False


def verdict(death: Death, collected: Collected, limits: Limits) -> tuple[Ended, str]:
    """The ending and one or more sentences of ours. The first that is proved decides."""
    ended, why = _ending(death, collected, limits)
    return ended, " ".join(f"{sentence}." for sentence in (why, *collected.refused) if sentence)


def is_suspect(result: StageResult | Built) -> bool:
    """Killed by a signal that nobody here sent and no counter explains: perhaps ours, perhaps theirs.

    Worth one more try in a fresh sandbox; when it ends so again, it is theirs.
    """
    return result.ended is Ended.FAILED and result.exit_code in SUSPECT_CODES


def _ending(death: Death, collected: Collected, limits: Limits) -> tuple[Ended, str]:
    if death.late:
        return Ended.TIMEOUT, f"it had not finished after {limits.timeout_s:g} s and was killed"
    if death.oom_killed and death.exit_code != 0:
        return (
            Ended.OUT_OF_MEMORY,
            f"the kernel killed it for using more than {limits.memory_mb:,} MB of memory",
        )
    if collected.over:
        return Ended.OVER_QUOTA, f"it left {collected.over}, so nothing was kept"
    if death.exit_code == 0:
        return Ended.FINISHED, _finished(death, limits)
    if collected.full:
        return Ended.OVER_QUOTA, f"{collected.full}; exit code {death.exit_code}"
    if death.exit_code == 128 + SIGXFSZ:
        most_mb = max(limits.output_mb, limits.scratch_mb)
        return Ended.OVER_QUOTA, f"it wrote a file larger than {most_mb:,} MB"
    if death.exit_code in SUSPECT_CODES:
        return Ended.FAILED, f"it was killed by a signal that nobody here sent: exit code {death.exit_code}"
    return Ended.FAILED, f"exit code {death.exit_code}"


def _finished(death: Death, limits: Limits) -> str:
    if not death.oom_killed:
        return ""
    return (
        f"the kernel killed one of its processes for using more than {limits.memory_mb:,} MB of memory, "
        "yet the command reported success"
    )
