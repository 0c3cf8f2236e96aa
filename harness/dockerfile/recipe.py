"""What is copied and run, on which base, and what was changed or refused; variables are put in."""

from __future__ import annotations

from pydantic import Field

from harness.dockerfile.runlines import Wanted, wanted
from harness.model import Finding, Frozen


class Copy(Frozen):
    """Files into the image. ``origin``: an earlier stage; ``provided``: our own stand-ins for uv's image."""

    line: int
    sources: tuple[str, ...]
    target: str  # absolute; ends with a slash when it must be a folder
    origin: int | None = None
    provided: bool = False
    owner: str = ""
    mode: int | None = None
    texts: tuple[tuple[str, str], ...] = ()  # (name, content) of heredocs


class Run(Frozen):
    """A command. ``text`` is for people."""

    line: int
    argv: tuple[str, ...]
    env: dict[str, str]
    user: str
    workdir: str
    text: str


class Image(Frozen):
    """What the finished stage tells an engine about itself."""

    env: dict[str, str] = Field(default_factory=dict)
    user: str = ""
    workdir: str = "/"
    entrypoint: tuple[str, ...] = ()
    cmd: tuple[str, ...] = ()
    shell_form: tuple[str, ...] = ()  # which of CMD and ENTRYPOINT run below a shell
    ports: tuple[str, ...] = ()
    healthcheck: tuple[str, ...] = ()
    labels: dict[str, str] = Field(default_factory=dict)
    volumes: tuple[str, ...] = ()


class BuildStage(Frozen):
    """``parent`` is an earlier stage; without one it begins at the local base."""

    name: str
    line: int
    base: str
    parent: int | None
    python: str
    steps: tuple[Copy | Run, ...] = ()
    image: Image = Image()
    needed: bool = True


class Recipe(Frozen):
    """What a Dockerfile asks for. ``refused``: why it is not built at all; then there is a finding, too."""

    file: str
    stages: tuple[BuildStage, ...] = ()
    findings: tuple[Finding, ...] = ()
    refused: str = ""

    @property
    def final(self) -> BuildStage:
        """The stage that becomes the image."""
        return self.stages[-1]

    def wanted(self) -> Wanted:
        """Packages that command lines name: to be resolved along with those of requirements.txt."""
        return wanted([s.text for stage in self.stages for s in stage.steps if isinstance(s, Run)])
