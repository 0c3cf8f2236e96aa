"""What all stages of one submission stand on, and what an assignment says about running them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from harness.collect.commands import DATA, environment
from harness.model import ExtraStage, Limits, Mount, PublicHalf, Submission

PACKAGES = "/env"
IMAGE_PATH = "/opt/venv/bin:/usr/local/bin:/usr/bin:/bin"
SERVE = "serve"


class Limited(Protocol):
    """What an assignment says about running: an Assignment, or the public half of one."""

    @property
    def stages(self) -> tuple[ExtraStage, ...]:
        """What is run beyond train, predict and the tests."""
        ...

    def limits_for(self, stage: str) -> Limits:
        """What ``stage`` may use."""
        ...


@dataclass(frozen=True)
class Rival:
    """The reference's service: its repository, and the folder with the model that it trained."""

    submission: Submission
    trained: Path


@dataclass(frozen=True)
class Ground:
    """What every stage of one submission stands on. It has no place for an answer key."""

    submission: Submission
    public: PublicHalf
    assignment: Limited
    packages: Path | None = None  # what the submission needs beyond the image
    draw: int = 0  # the edition's: what is drawn at random cannot be known before
    rival: Rival | None = None  # whose service theirs is measured against, where that is asked for

    @property
    def repository(self) -> Mount:
        """The frozen copy of what came."""
        return Mount(source=self.submission.root, target="/submission")

    @property
    def dockerfile(self) -> str:
        """The name of the Dockerfile that was sent, or ""."""
        return dockerfile_of(self.submission)

    @property
    def requests(self) -> Path | None:
        """The folder with what a service is asked; None when the assignment asks for no service."""
        folder = self.public.inputs / SERVE
        return folder if folder.is_dir() else None

    @property
    def batches(self) -> Path | None:
        """The folder with the exports that a monitor compares; None where there are none."""
        folder = self.public.inputs / ExtraStage.MONITOR.value
        return folder if folder.is_dir() else None

    @property
    def dealing(self) -> Path | None:
        """The folder that says how outcomes are dealt to other rows; None where nothing does."""
        folder = self.public.inputs / ExtraStage.PERMUTED.value
        return folder if folder.is_dir() else None

    @property
    def given(self) -> tuple[Mount, ...]:
        """The public data, and the packages in front of the image's own."""
        data = Mount(source=self.public.data, target=DATA)
        return (data, Mount(source=self.packages, target=PACKAGES)) if self.packages else (data,)

    def env(self, *, model: str) -> dict[str, str]:
        """What a stage of theirs finds in its environment."""
        found = environment(model=model, python_path=self._python_path())
        # last, so that nothing of it stands in for python itself
        return {**found, "PATH": f"{IMAGE_PATH}:{PACKAGES}/bin"} if self.packages else found

    def _python_path(self) -> tuple[str, ...]:
        """As after ``pip install -e .`` of a project, and then the packages."""
        root = self.submission.root
        project = any((root / name).is_file() for name in ("pyproject.toml", "setup.py", "setup.cfg"))
        own = (("/work/src",) if (root / "src").is_dir() else ("/work",)) if project else ()
        return (*own, PACKAGES) if self.packages else own


def dockerfile_of(submission: Submission) -> str:
    """The name of the Dockerfile that was sent, or "" when there is none inside the submission."""
    root, serve = submission.root.resolve(), submission.settings.serve
    try:
        named = (root / (serve.dockerfile if serve else "Dockerfile")).resolve()
        return named.relative_to(root).as_posix() if named.is_file() else ""
    except (OSError, ValueError, RuntimeError):  # leads out, is no name, or leads to itself
        return ""
