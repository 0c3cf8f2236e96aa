"""The nouns, frozen and strict. No I/O here but reading what an Evidence or an AnswerKey points at."""

from __future__ import annotations

import json
import math
import os
import stat
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Generic, Protocol, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from harness.errors import InfraError, SubmissionError

if TYPE_CHECKING:
    import pandas as pd


class Frozen(BaseModel):
    """A value: immutable, no unknown fields, no silent conversion."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


# --------------------------------------------------------------------------- what is asked


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
    README = "readme"  # the commands that their README tells a reader to type
    MONITOR = "monitor"  # two exports in, an alarm out: once for each of MONITOR_STAGES


class Fault(StrEnum):
    """Of what kind a planted issue of the data is."""

    SPELLING = "spelling"
    MISSING = "missing"
    UNITS = "units"
    NUMBERS = "numbers"  # decimal commas, thousands separators
    DATES = "dates"
    CLOCKS = "clocks"
    DUPLICATES = "duplicates"
    LEAK = "leak"  # known only afterwards
    LABELS = "labels"
    NEW = "new"  # values that training has not
    ORPHANS = "orphans"  # keys without a partner
    OUTLIERS = "outliers"
    DRIFT = "drift"


class Issue(Frozen):
    """Something wrong with the data, and in which words people speak of it.

    ``about``: what it befalls, columns first. ``says``: words for what is wrong, beyond those of its kind.
    A term is one or more words; a word that ends with * stands for all that begin like it.
    """

    name: str = Field(min_length=3, max_length=60)
    kind: Fault
    about: tuple[str, ...] = Field(min_length=1)
    says: tuple[str, ...] = ()


class OpenQuestion(Frozen):
    """Something the brief leaves open; met by who speaks of it: a term of ``about`` and one of ``says``."""

    name: str = Field(min_length=3, max_length=60)
    about: tuple[str, ...] = Field(min_length=1)
    says: tuple[str, ...] = Field(min_length=1)


class Issues(Frozen):
    """``issues.yaml``: what was planted, columns with which nothing is wrong, and what was left open."""

    issues: tuple[Issue, ...] = ()
    clean: tuple[str, ...] = ()
    slices: tuple[str, ...] = ()  # columns that cut the rows into parts, and words for the parts
    open: tuple[OpenQuestion, ...] = ()


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


# ----------------------------------------------------------------------------- what came


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


# --------------------------------------------------------------------------- what was observed


class Ended(StrEnum):
    """How a stage ended."""

    FINISHED = "finished"
    FAILED = "failed"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out of memory"
    OVER_QUOTA = "over quota"
    SKIPPED = "skipped"


class Trust(StrEnum):
    """Whose word a stage's output is. A candidate's output is a claim."""

    HOST = "host"
    TOOLS = "tools"
    CANDIDATE = "candidate"


class Mount(Frozen):
    """A host file or folder, read-only at ``target`` in the container."""

    source: Path
    target: str


class Stage(Frozen):
    """One command in one fresh sandbox.

    ``trust`` chooses the image: CANDIDATE code runs in the candidate image, our own analysers
    in the tools image. ``keep`` names what may leave ``/output`` afterwards: exact relative
    paths, or ``folder/**`` for a tree.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9-]{1,40}$")
    argv: tuple[str, ...] = Field(min_length=1)
    trust: Trust = Trust.CANDIDATE
    mounts: tuple[Mount, ...] = ()
    env: dict[str, str] = {}
    limits: Limits = Limits()
    keep: tuple[str, ...] = ()


MONITOR_STAGES = tuple(f"monitor-{number}" for number in range(1, 7))  # one batch each
SABOTAGED_TESTS = "test-sabotaged"  # the suite on a copy in which every function raises


class StageResult(Frozen):
    """How a stage ended. ``tail`` is untrusted text; seconds and memory are measured outside."""

    stage: str
    ended: Ended
    reason: str = ""  # one sentence, ours
    writer: Trust = Trust.CANDIDATE
    argv: tuple[str, ...] = ()
    exit_code: int | None = None
    seconds: float = 0.0
    cpu_seconds: float | None = None
    peak_memory_mb: float | None = None
    tail: str = ""
    files: tuple[str, ...] = ()  # relative names collected, sorted
    attempts: int = 1
    unmeasured: tuple[str, ...] = ()  # what this host could not measure or enforce, as sentences

    @property
    def went_well(self) -> bool:
        """It finished; or it is the suite on sabotaged code, which has to fail."""
        return self.ended is (Ended.FAILED if self.stage == SABOTAGED_TESTS else Ended.FINISHED)

    @property
    def told(self) -> str:
        """How it ended, in words that say whether that is good."""
        if self.stage != SABOTAGED_TESTS:
            return self.ended.value
        words = {Ended.FAILED: "red, as it should be", Ended.FINISHED: "stayed green on broken code"}
        return words.get(self.ended, self.ended.value)


class Built(Frozen):
    """How a build ended. ``image_id`` is set exactly when it finished; ``tail`` is untrusted text.

    SKIPPED: it was refused before anything ran. The image runs with the packages mounted at ``/env``.
    """

    image_id: str | None = None
    ended: Ended
    reason: str = ""
    line: int | None = None
    exit_code: int | None = None
    seconds: float = 0.0
    size_bytes: int = 0  # above the local base, packages of the environment not counted
    peak_memory_mb: float | None = None
    findings: tuple[Finding, ...] = ()
    tail: str = ""
    unmeasured: tuple[str, ...] = ()
    attempts: int = 1


class Service(Frozen):
    """A server of theirs and our prober beside it: two containers, one loopback, no other network.

    ``server.argv`` is what the image starts with; its files are those of ``image_id``, at ``workdir``.
    ``prober`` is a TOOLS stage whose exit code 0 says that the server answered at all. ``grace_s``: from
    SIGTERM to SIGKILL.
    """

    image_id: str
    workdir: str
    server: Stage
    prober: Stage
    grace_s: float = Field(default=10.0, gt=0, le=120)


class Served(Frozen):
    """How a server fared. ``stop_s``: from SIGTERM to its end; None when it had ended, or did not end by it.

    ``server.ended`` is FINISHED when it lived until it was told to stop, and stopped in time; TIMEOUT when
    it had to be killed. Without a ``prober`` it never began.
    """

    server: StageResult
    prober: StageResult | None = None
    stop_s: float | None = None


class Sandbox(Protocol):
    """Runs a stage in a fresh container and collects what it may keep.

    The container is confirmed dead before collection. Files land under ``into`` (created).
    A candidate's failure is a value of ``Ended``; ours is an InfraError.
    """

    def run(self, stage: Stage, into: Path) -> StageResult:
        """Run ``stage``; what it may keep is below ``into`` when this returns."""
        ...

    def built(self, dockerfile: str, context: Path, packages: Path | None) -> AbstractContextManager[Built]:
        """Build an image of ``context``'s file of that name; the image is gone on leaving."""
        ...

    def serve(self, service: Service, into: Path) -> Served:
        """Start a server, probe it, stop it; what the prober may keep is below ``into`` afterwards."""
        ...

    def stop(self) -> None:
        """Kill what runs; a ``run`` under way, or called later, raises InfraError."""
        ...

    def identity(self) -> Mapping[str, str]:
        """Image digests and runtime by role: part of the provenance of every grade."""
        ...


MAX_EVIDENCE_BYTES = 64 * 2**20


class Evidence(Frozen):
    """All that was observed of a submission. A folder; ``judge`` needs nothing else of theirs."""

    root: Path = Field(exclude=True)
    submission: Submission
    stages: dict[str, StageResult]
    sandbox: dict[str, str] = {}

    @classmethod
    def read(cls, run: Path) -> Evidence:
        """The evidence of a run folder: ``evidence.json``, ``evidence/`` and ``submission/``.

        Raises:
            InfraError: it is absent or damaged.
        """
        try:
            found = json.loads((run / "evidence.json").read_text("utf-8"))
            found["root"] = str(run / "evidence")
            found["submission"]["root"] = str(run / "submission")
            return cls.model_validate_json(json.dumps(found))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InfraError(f"{run / 'evidence.json'}: cannot be read: {error}") from error

    def result(self, stage: str) -> StageResult:
        """How ``stage`` ended; SKIPPED when it never ran."""
        return self.stages.get(stage) or StageResult(
            stage=stage, ended=Ended.SKIPPED, reason=f"the stage {stage!r} did not run"
        )

    def file(self, stage: str, name: str, *, max_bytes: int = MAX_EVIDENCE_BYTES) -> Path:
        """The one door to a candidate's bytes: a regular file below this stage's folder.

        Raises:
            SubmissionError: it is absent, not a regular file, or larger than ``max_bytes``.
        """
        pure = PurePosixPath(name)
        if pure.is_absolute() or ".." in pure.parts:
            raise ValueError(f"evidence names are relative: {name!r}")
        path = self.root / stage / pure
        try:
            found = os.lstat(path)
        except (FileNotFoundError, NotADirectoryError):
            raise SubmissionError(f"the stage {stage!r} left no {name}") from None
        inside = path.resolve().is_relative_to(self.root.resolve())
        if not stat.S_ISREG(found.st_mode) or not inside:
            raise SubmissionError(f"{name} of stage {stage!r} is not a regular file")
        if found.st_size > max_bytes:
            raise SubmissionError(
                f"{name} of stage {stage!r} has {found.st_size:,} bytes; at most {max_bytes:,} are read"
            )
        return path


@dataclass(frozen=True)
class PublicHalf:
    """What may enter a sandbox: the candidate's own data and the unlabelled rows to predict."""

    data: Path
    inputs: Path  # one folder per predict stage: all, one, shuffled


@dataclass(frozen=True)
class AnswerKey:
    """The private half of a data set. Never near a sandbox: ``collect`` cannot take one."""

    root: Path

    def table(self, name: str) -> pd.DataFrame:
        """A sealed table, e.g. ``rows`` or ``anchors``.

        Raises:
            InfraError: the table is absent or unreadable: ours, never the candidate's.
        """
        import pandas as pd

        path = self.root / f"{name}.parquet"
        try:
            return pd.read_parquet(path)
        except (OSError, ValueError, KeyError) as error:
            raise InfraError(
                f"the answer key's table {name!r} cannot be read: {type(error).__name__}",
                hint="delete the edition's folder: it is generated again from its seed",
            ) from error


# ----------------------------------------------------------------------------- how it is judged


class Severity(StrEnum):
    """How much a finding matters to whoever reads it."""

    INFO = "info"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class Place(Frozen):
    """Where a finding points: a file and line, a notebook cell, rows, or a stage's output."""

    file: str = ""
    line: int | None = None
    cell: int | None = None
    rows: tuple[str, ...] = ()
    stage: str = ""

    def __str__(self) -> str:
        where = self.file
        if self.line is not None:
            where += f":{self.line}"
        if self.cell is not None:
            where += f" cell {self.cell}"
        if self.rows:
            where += f" rows {', '.join(self.rows)}"
        if self.stage:
            where = f"{where} (stage {self.stage})" if where else f"stage {self.stage}"
        return where.strip()


class Finding(Frozen):
    """What was seen, where, how bad, and what would fix it. Text may quote the candidate."""

    what: str = Field(min_length=1, max_length=2000)
    place: Place = Place()
    severity: Severity = Severity.MINOR
    fix: str = ""
    rule: str = ""


class Chart(Frozen):
    """A plot as data; the report draws it.

    kind: ``bars`` (labels x, heights y), ``line`` (x, y), ``intervals`` (labels x, centres y,
    low, high) or ``scale`` (one marker y[0] on a 0..1 scale with the labelled ticks x/low).
    """

    kind: str = Field(pattern=r"^(bars|line|intervals|scale)$")
    title: str
    x_label: str = ""
    y_label: str = ""
    x: tuple[str | float, ...]
    y: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    limit: float | None = None  # a dashed line: the tolerance
    caption: str = ""  # one sentence: how to read it


class Verdict(StrEnum):
    """GRADED has a value; MISSING is 0 for a stated reason; UNGRADED is ours and has none."""

    GRADED = "graded"
    MISSING = "missing"
    UNGRADED = "ungraded"


class Score(Frozen):
    """A judgement of one criterion: value 0..1 and the evidence for it."""

    verdict: Verdict
    value: float | None = None
    interval: tuple[float, float] | None = None  # about 95 %
    reason: str = Field(min_length=1)
    earn_back: str = ""  # what would earn the lost part
    findings: tuple[Finding, ...] = ()
    measures: dict[str, float] = {}
    charts: tuple[Chart, ...] = ()
    suspicious: str = ""  # non-empty: a person must look; never a zero by itself

    @model_validator(mode="after")
    def _a_score_has_a_value_unless_it_is_ungraded(self) -> Self:
        if self.verdict is Verdict.UNGRADED:
            if self.value is not None:
                raise ValueError("an ungraded score has no value")
            return self
        if self.value is None or not 0.0 <= self.value <= 1.0:
            raise ValueError(f"a score is within 0..1, not {self.value!r}")
        if self.verdict is Verdict.MISSING and self.value != 0.0:
            raise ValueError("a missing score is 0")
        if self.interval and not 0.0 <= self.interval[0] <= self.interval[1] <= 1.0:
            raise ValueError(f"an interval is ordered and within 0..1, not {self.interval!r}")
        if bad := [k for k, v in self.measures.items() if not math.isfinite(v)]:
            raise ValueError(f"measures are finite numbers: {bad}")
        return self

    @classmethod
    def graded(cls, value: float, reason: str, **rest: Any) -> Score:
        """A value, rounded to a millionth so that a grade is the same on every machine."""
        return cls(verdict=Verdict.GRADED, value=round(min(1.0, max(0.0, value)), 6), reason=reason, **rest)

    @classmethod
    def missing(cls, reason: str, **rest: Any) -> Score:
        """Zero, for a stated reason that is the candidate's."""
        return cls(verdict=Verdict.MISSING, value=0.0, reason=reason, **rest)

    @classmethod
    def ungraded(cls, reason: str) -> Score:
        """No value, for a reason that is ours."""
        return cls(verdict=Verdict.UNGRADED, reason=reason)


def points(value: float, weight: float) -> Decimal:
    """``value * weight`` in hundredths of a point, halves up (floats would print 71.25 as 71.2)."""
    exact = Decimal(str(value)) * Decimal(str(weight))
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


class Line(Frozen):
    """One criterion on the card; ``weight`` is after renormalising over what applies."""

    criterion: Criterion
    weight: float
    score: Score
    points: Decimal | None


class LeftOut(Frozen):
    """A criterion that does not apply, and why."""

    criterion: Criterion
    reason: str


class Scorecard(Frozen):
    """Scores by criterion, the total or why it is withheld, and where it all came from."""

    assignment: str
    assignment_version: int
    submission: str
    track: Track
    edition: str
    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...] = ()
    total: Decimal | None
    total_interval: tuple[Decimal, Decimal] | None = None
    withheld: str = ""  # why there is no total
    gates: tuple[str, ...] = ()  # caps that were applied, as sentences
    needs_human: tuple[str, ...] = ()
    provenance: dict[str, str]

    @model_validator(mode="after")
    def _no_total_while_anything_is_ungraded(self) -> Self:
        ungraded = any(line.score.verdict is Verdict.UNGRADED for line in self.lines)
        if ungraded == (self.total is not None):
            raise ValueError("a total is given exactly when every criterion is graded")
        return self


class Params(Frozen):
    """A grader's parameters: subclass it; misspelt ones are refused when the assignment loads."""


class NoParams(Params):
    """For graders with nothing to set."""


P = TypeVar("P", bound=Params)


@dataclass(frozen=True)
class Grader(Generic[P]):
    """A named pure judgement. ``needs``: stages that must have finished, else MISSING.

    ``asks``: stages that the assignment must ask for; how they ended is the grader's to judge.
    """

    name: str
    needs: tuple[str, ...]
    params: type[P]
    grade: Callable[[Evidence, AnswerKey, P], Score]
    asks: tuple[ExtraStage, ...] = ()
