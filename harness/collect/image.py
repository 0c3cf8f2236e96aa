"""A Dockerfile -> an image for as long as it is needed, and as evidence how building it went."""

from __future__ import annotations

from pathlib import Path

from harness.collect.stages import BUILD, Ground
from harness.model import Built, Ended, Sandbox, StageResult, Trust
from harness.store import write_text

FILE = "build.json"
MOST_TOLD = 20


def build(ground: Ground, dockerfile: str, sandbox: Sandbox, into: Path) -> StageResult:
    """Build it, once more if need be, and write ``into``/build.json. The image is gone afterwards.

    Raises:
        InfraError: the engine or this machine failed, the second time too.
    """
    with sandbox.built(dockerfile, ground.submission.root, ground.packages) as found:
        return _evidence(found, into)


def _evidence(found: Built, into: Path) -> StageResult:
    write_text(into / FILE, found.model_dump_json(indent=1, exclude={"tail"}) + "\n")
    remarks = [f"{f.place or ''}: {f.what}".lstrip(": ") for f in found.findings[:MOST_TOLD]]
    reason = found.reason if found.ended is not Ended.FINISHED else "; ".join(remarks)
    return StageResult(
        stage=BUILD,
        ended=found.ended,
        reason=reason[:2000],
        writer=Trust.CANDIDATE,
        exit_code=found.exit_code,
        seconds=found.seconds,
        peak_memory_mb=found.peak_memory_mb,
        tail=found.tail,
        files=(FILE,),
        unmeasured=found.unmeasured,
        attempts=found.attempts,
    )
