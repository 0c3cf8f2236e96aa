"""A Dockerfile -> an image for as long as it is needed, and as evidence how building it went."""

from __future__ import annotations

import json
from pathlib import Path

from harness.collect.ground import Ground
from harness.collect.stages import BUILD
from harness.dockerfile import read as read_dockerfile
from harness.model import Built, Ended, StageResult, Trust
from harness.sandbox.image_facts import inspect_built
from harness.store import write_text

FILE, FACTS = "build.json", "image.json"
MOST_TOLD = 20


def build_evidence(found: Built, dockerfile: str, ground: Ground, into: Path) -> StageResult:
    """Write ``into``/build.json, how it went, and image.json, what the image is; both are the host's word."""
    root = ground.submission.root
    recipe = read_dockerfile((root / dockerfile).read_bytes(), file=dockerfile)
    facts = inspect_built(recipe, found, root)
    write_text(into / FILE, found.model_dump_json(indent=1, exclude={"tail"}) + "\n")
    write_text(into / FACTS, json.dumps({"file": dockerfile, **facts}, indent=1) + "\n")
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
        files=(FILE, FACTS),
        unmeasured=found.unmeasured,
        attempts=found.attempts,
    )
