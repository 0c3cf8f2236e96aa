"""What of an assignment is public, and machine-readable: ``.takehome/check.json`` of a handout.

It is an allow-list: rubric, weights, parameters, anchors and seeds have no field here, so none can slip in.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from pydantic import Field, ValidationError

from harness.errors import UsageError
from harness.handout.layout import Layout
from harness.model import Assignment, ExtraStage, Frozen, Limits, Metric, Track, stage_limits

HOME = ".takehome"
SPEC, LOCK, QUESTIONS = "check.json", "image.lock", "questions.json"
# graders that judge without a secret: a candidate may run them at home, with their default parameters
OPEN_GRADERS = (
    "tests_run",
    "structure",
    "defects",
    "conventions",
    "ml_smells",
    "dependencies",
    "repository",
    "test_smells",
    "form",
    "claims",
    "honest_evaluation",
)
# what takes long, what tests and training are tried on, which columns are known only afterwards, and what a
# service is asked: nobody's to know beforehand
NOT_AT_HOME = (
    ExtraStage.TRIALS,
    ExtraStage.RETRAINED,
    ExtraStage.PERMUTED,
    ExtraStage.BROKEN,
    ExtraStage.README,
    ExtraStage.LOAD,
    ExtraStage.WEBHOOK,
    ExtraStage.VERSIONS,
)


class PublicSpec(Frozen):
    """All that the self-check needs to know."""

    schema_version: int = Field(default=1, ge=1, le=1)
    slug: str
    title: str
    version: int
    candidate: str
    edition: str  # a name, made from the key; it tells no seed
    tracks: tuple[Track, ...]
    metric: Metric
    limits: dict[str, Limits]
    stages: tuple[ExtraStage, ...] = ()
    layout: Layout
    graders: tuple[str, ...]
    data_digest: str  # of data/ as it was sent
    harness: str  # the version that made it

    def limits_for(self, stage: str) -> Limits:
        """The limits of a stage, as the assignment says them."""
        return stage_limits(self.limits, stage)


def public_spec(
    assignment: Assignment, candidate: str, layout: Layout, *, data_digest: str, harness: str
) -> PublicSpec:
    """The public half of an assignment on somebody's edition."""
    asked = {criterion.grader for criterion in assignment.rubric}
    return PublicSpec(
        slug=assignment.slug,
        title=assignment.title,
        version=assignment.version,
        candidate=candidate,
        edition=assignment.dataset.label,
        tracks=assignment.tracks,
        metric=assignment.metric,
        limits=assignment.limits,
        stages=tuple(s for s in assignment.stages if s not in NOT_AT_HOME),
        layout=layout,
        graders=tuple(name for name in OPEN_GRADERS if name in asked),
        data_digest=data_digest,
        harness=harness,
    )


def read_spec(handout: Path) -> PublicSpec:
    """The spec of a handout folder.

    Raises:
        UsageError: it is damaged, or of another version of takehome.
    """
    path = handout / HOME / SPEC
    try:
        raw = json.loads(path.read_text("utf-8"))
        if isinstance(raw, dict) and raw.get("schema_version") != 1:
            raise UsageError(
                f"{path}: schema_version {raw.get('schema_version')!r} is not known to this takehome",
                hint="install the version that the brief names",
            )
        return PublicSpec.model_validate_json(json.dumps(raw))
    except ValidationError as error:
        told = error.errors()[0]
        where = ".".join(map(str, told["loc"]))
        raise UsageError(f"{path}: {where}: {told['msg']}", hint="unpack the handout again") from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read: {error}", hint="unpack the handout again") from error


def digest_of_data(folder: Path) -> str:
    """sha256 over names and contents; not over permissions, which some shared folders invent."""
    total = hashlib.sha256()
    named = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    for name, path in sorted(named.items()):
        total.update(name.encode("utf-8", "surrogateescape") + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def handout_above(start: Path) -> Path | None:
    """The nearest handout folder: ``start`` itself, or a folder it lies in."""
    whole = start.resolve()
    return next((f for f in (whole, *whole.parents) if (f / HOME / SPEC).is_file()), None)
