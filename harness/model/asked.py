"""What is asked: assignment.yaml, and what its graders may know of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from pydantic import Field

from harness.model.planted import Issues
from harness.model.values import Frozen


class Track(StrEnum):
    """What kind of thing the candidate returned."""

    NOTEBOOK = "notebook"
    REPO = "repo"
    SERVICE = "service"


class Metric(StrEnum):
    """What the predictions of an assignment are ranked by. Both are areas within 0..1, larger is better."""

    ROC_AUC = "roc_auc"
    AVERAGE_PRECISION = "average_precision"

    @property
    def label(self) -> str:
        """The metric in a sentence, after "an"."""
        return "AUC" if self is Metric.ROC_AUC else "average precision"

    @property
    def key(self) -> str:
        """The metric in the name of a measure."""
        return "auc" if self is Metric.ROC_AUC else self.value


class Limits(Frozen):
    """What one stage may use. All of it is enforced from outside the container."""

    timeout_s: float = Field(default=300.0, gt=0, le=7200)
    memory_mb: int = Field(default=2048, ge=64, le=65536)
    cpus: float = Field(default=1.0, gt=0, le=64)
    pids: int = Field(default=256, ge=128, le=4096)
    output_mb: int = Field(default=256, ge=1, le=8192)
    output_files: int = Field(default=2000, ge=1, le=100_000)
    scratch_mb: int = Field(default=1024, ge=16, le=8192)


class Level(StrEnum):
    """For whom the criteria are weighed: the same leaves, other weights."""

    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"


class Criterion(Frozen):
    """A leaf of the rubric."""

    id: str = Field(pattern=r"^[A-Z][0-9]{1,2}$")
    title: str = Field(min_length=3, max_length=60)
    grader: str
    weight: float = Field(gt=0, le=100)
    params: dict[str, Any] = {}
    tracks: tuple[Track, ...] = (Track.NOTEBOOK, Track.REPO, Track.SERVICE)

    @property
    def section(self) -> str:
        """The rubric section: the letter the id starts with."""
        return self.id[0]


class DatasetRef(Frozen):
    """Which generated data, and which edition of it."""

    name: str = Field(pattern=r"^[a-z][a-z0-9-]{2,40}$")
    seed: int = Field(ge=0, lt=2**63)
    label: str = Field(default="", pattern=r"^([a-z0-9]{6,40})?$")  # names the edition where a seed must not


class ExtraStage(StrEnum):
    """A stage that only some assignments ask for."""

    DEID = "deid"  # free text in, the same text without identifiers out
    RETRAINED = "predict-retrained"  # trained once more, with another hash seed, and asked again
    TRIALS = "test-mutants"  # the suite on copies with one small mistake each
    BROKEN = "broken"  # what training and tests make of broken tables: BROKEN_STAGES
    PERMUTED = "permuted"  # trained on outcomes dealt to other rows, once for each of PERMUTED_STAGES
    README = "readme"  # the commands that their README tells a reader to type
    MONITOR = "monitor"  # two exports in, an alarm out: once for each of MONITOR_STAGES
    LOAD = "serve-load"  # the service in turns with the reference's, on the same machine
    WEBHOOK = "serve-webhook"  # the service with somebody to tell, who at times does not listen
    VERSIONS = "serve-versions"  # the service with another model, and elsewhere with its own again


class Told(Frozen):
    """What the assignment tells every grader that has a parameter of that name.

    ``given``: the texts that every candidate was sent. Nobody earns anything by handing them back.
    """

    metric: Metric = Metric.ROC_AUC
    issues: Issues = Issues()
    given: tuple[str, ...] = ()


class Assignment(Frozen):
    """What is asked: the frozen model of an ``assignment.yaml``."""

    slug: str = Field(pattern=r"^[a-z][a-z0-9-]{2,40}$")
    title: str
    version: int = Field(ge=1)
    tracks: tuple[Track, ...]
    dataset: DatasetRef
    metric: Metric = Metric.ROC_AUC
    anchors: dict[str, str]  # "baseline" and "reference" -> folders under submissions/
    limits: dict[str, Limits] = {}
    stages: tuple[ExtraStage, ...] = ()  # what is run beyond train, predict and the tests
    rubric: tuple[Criterion, ...]
    levels: dict[Level, dict[str, float]] = {}  # weights by criterion; the rubric's own are the senior ones
    level: Level = Level.SENIOR  # chosen when grading, never in the file
    issues: Issues = Issues()  # of issues.yaml beside the file, as are the texts of ``given``
    given: tuple[str, ...] = ()

    @property
    def told(self) -> Told:
        """What every grader may know of it."""
        return Told(metric=self.metric, issues=self.issues, given=self.given)

    def at(self, level: Level) -> Assignment:
        """The assignment with the weights of ``level``; the rubric's own where the level has none of its own.

        Raises:
            KeyError: the assignment tells levels apart, but has no such level.
        """
        weights = {} if level is Level.SENIOR and level not in self.levels else self.levels[level]
        rubric = tuple(c.model_copy(update={"weight": weights.get(c.id, c.weight)}) for c in self.rubric)
        return self.model_copy(update={"rubric": rubric, "level": level})

    def limits_for(self, stage: str) -> Limits:
        """The limits of a stage; a stage named ``predict-one`` falls back to ``predict``."""
        return stage_limits(self.limits, stage)


def stage_limits(limits: Mapping[str, Limits], stage: str) -> Limits:
    """The limits of a stage among those that were set; a stage ``predict-one`` falls back to ``predict``."""
    return limits.get(stage) or limits.get(stage.split("-")[0]) or Limits()
