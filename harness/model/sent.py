"""What came: a frozen copy, and what submission.toml says of it."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from harness.model.asked import Track
from harness.model.values import Frozen


class Commands(Frozen):
    """Argv strings run at the submission's root. Braces are filled in by the harness."""

    train: str = ""
    predict: str = ""
    test: str = ""
    deid: str = ""
    monitor: str = ""


class Claims(Frozen):
    """What the candidate says their model does on unseen rows.

    ``threshold``: the probability from which they would act; ``baseline``: what a simple guess of theirs
    reaches by the same metric; ``weakest``: the part of the rows where the model is worst, ``column=value``.
    """

    metric: str = ""
    value: float | None = None
    how: str = ""
    threshold: float | None = None
    baseline: float | None = None
    weakest: str = ""


class Serve(Frozen):
    """How the service is built and asked."""

    dockerfile: str = "Dockerfile"
    port: int = 8080
    predict: str = "/predict"
    health: str = "/health"


class Settings(Frozen):
    """``submission.toml``, completed by the detectors."""

    commands: Commands = Commands()
    notebook: str = ""
    serve: Serve | None = None
    claims: Claims = Claims()
    effort: dict[str, str] = {}
    detected: tuple[str, ...] = ()  # sentences: what was found without being declared


class Submission(Frozen):
    """A frozen copy of what came, named by its content digest."""

    root: Path = Field(exclude=True)  # moves with its run folder, so it is never written down
    history: Path | None = Field(default=None, exclude=True)  # a delivered .git, which only a container reads
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    branches: str = ""  # a digest of what its branches and tags point at, "" without a delivered .git
    track: Track
    settings: Settings
    files: int
    size_bytes: int
    notes: tuple[str, ...] = ()  # what intake left out or could not use, as sentences
