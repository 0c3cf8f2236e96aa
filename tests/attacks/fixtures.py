"""tests/attacks/<id>/{expect.yaml, submission/} -> Fixture, and the folder or file that it sends."""

from __future__ import annotations

import shutil
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, model_validator

from harness.model import ExtraStage, Frozen

HERE = Path(__file__).resolve().parent
# one laid over the other
BASES = {"lite": ("_base",), "service": ("_service",), "watched": ("_service", "_watched")}
ON_SERVICES = frozenset({"service", "watched"})
ROOT_TWIN = "baseline-lite"


class Kind(StrEnum):
    """The ten classes of SECURITY.md."""

    FILES = "files and labels"
    TAMPERING = "result tampering"
    RESOURCES = "resources"
    NETWORK = "network"
    ARCHIVES = "archives and git"
    PARSING = "parsing on the host"
    INJECTION = "report injection"
    ABUSE = "service abuse"
    MODEL = "model cheating"
    NOTEBOOKS = "notebooks"


class Must(Frozen):
    """What has to be seen besides the gain. Patterns are searched for; stages and criteria are keys."""

    said: dict[str, str] = {}  # stage -> pattern in its output: proof that the attack ran
    ended: dict[str, tuple[str, ...]] = {}  # stage -> how it may end
    attempts: dict[str, int] = {}
    verdicts: dict[str, str] = {}
    reasons: dict[str, str] = {}  # criterion -> pattern
    points: dict[str, tuple[float, float]] = {}
    total: tuple[float, float] | None = None
    told: str = ""  # pattern in the reasons of stages, the remarks and the intake's notes
    refused: str = ""  # the submission is refused whole, with this in the sentence
    needs_human: bool | None = None


class Fixture(Frozen):
    """One submission and what may come of it."""

    id: str
    folder: Path
    kind: Kind = Field(alias="class")
    what: str = Field(min_length=10)
    honest: bool = False
    base: Literal["lite", "service", "watched", "none"] = "lite"
    without: tuple[str, ...] = ()  # files of the base that it does not have
    build: str = ""  # a function of builders.py, for what git cannot hold
    twin: str = ROOT_TWIN
    gain_at_most: float = 1.0
    loses_at_most: float = 1.0  # for the honest
    seconds_at_most: float = 240.0  # two cores are shared; the limits of the stages bound it
    host_mb_at_most: float = 1500.0
    times: int = 1  # sent so often
    needs: str = ""
    known: str = ""  # a gain that is known and not mended: it must still be there
    asks: tuple[
        ExtraStage, ...
    ] = ()  # stages beyond the usual ones, as its twin has them; their criteria are judged
    in_ci: bool = False
    must: Must = Must()
    must_on_gvisor: Must | None = None  # where its kernel answers otherwise

    @model_validator(mode="after")
    def _an_attack_shows_that_it_happened(self) -> Fixture:
        shown = self.must.model_dump(exclude_defaults=True)
        if not self.honest and not shown:
            raise ValueError(f"{self.id}: an attack needs a 'must', or nobody knows that it was tried")
        return self

    def on(self, runtime: str) -> Fixture:
        """What holds under this runtime of the engine."""
        if runtime != "runsc" or self.must_on_gvisor is None:
            return self
        return self.model_copy(update={"must": self.must_on_gvisor})


def load_all() -> dict[str, Fixture]:
    """Every fixture by its id.

    Raises:
        ValueError: an expect.yaml is wrong; the message starts with its path.
    """
    return {path.parent.name: load(path) for path in sorted(HERE.glob("*/expect.yaml"))}


def load(path: Path) -> Fixture:
    """One fixture from its expect.yaml."""
    raw: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    try:
        # not strict: YAML has lists where the model has tuples and enums
        return Fixture.model_validate({**raw, "id": path.parent.name, "folder": path.parent}, strict=False)
    except ValueError as error:
        raise ValueError(f"{path.relative_to(HERE.parents[1])}: {error}") from error


def lay_out(fixture: Fixture, into: Path) -> Path:
    """What is sent, below ``into``: the base, the fixture's files over it, then its builder's work."""
    from tests.attacks import builders

    source = into / "submission"
    source.mkdir(parents=True, exist_ok=True)
    for name in BASES.get(fixture.base, ()):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(HERE / name, source, ignore=ignored, dirs_exist_ok=True)
    for name in fixture.without:
        (source / name).unlink()
    if (fixture.folder / "submission").is_dir():
        shutil.copytree(fixture.folder / "submission", source, dirs_exist_ok=True)
    if fixture.build:
        return builders.BUILDERS[fixture.build](source) or source
    return source
