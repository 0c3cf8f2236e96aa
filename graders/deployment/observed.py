"""probe.json, server.json, image.json -> what was seen of a service; absent or malformed, it is our fault.

The prober and the host wrote these files. The texts in them are a hostile server's: bounded here, quoted by
`quoted` and nothing else, and no number of it is taken without its type.
"""

from __future__ import annotations

from typing import Literal, TypeVar

from pydantic import Field, ValidationError

from harness.errors import InfraError, SubmissionError
from harness.model import Ended, Evidence, Finding, Frozen, Place, Score, Severity, Trust

STAGE, PROBE, SERVER = "serve", "probe.json", "server.json"
BUILD, IMAGE = "build", "image.json"
MOST_BYTES = 8 << 20
MOST_ENTRIES = 5000
QUOTED_CHARS = 160
FEWEST_ANSWERS = 3
LOOPBACK = frozenset({"0100007F", "00000000000000000000000001000000"})
HINT = "run the stage serve again: `takehome doctor` says whether the tools image is sound"


class Entry(Frozen, extra="ignore"):  # our own tools may come to say more than we read
    """An object of one of the files."""


class _Reply(Entry):
    """An answer in short. ``status`` 0: there was none."""

    status: int = Field(ge=0, le=599)
    fault: str = Field(max_length=300)
    said: str = Field(max_length=300)

    @property
    def told(self) -> str:
        """What came back, in one line."""
        if self.status == 0:
            return self.fault or "no answer"
        body = f" {quoted(self.said)}" if self.said else ""
        return f"{self.status}{body}" + (f" ({self.fault})" if self.fault and self.status == 200 else "")


class Health(_Reply):
    """``seconds`` until the first 200, from the prober's start; None when there was none in time."""

    seconds: float | None = Field(ge=0, allow_inf_nan=False)
    tries: int = Field(ge=1)


class Asked(_Reply):
    """One row that was asked, and the prediction that came back for it."""

    id: str = Field(max_length=200)
    prediction: float | None = Field(allow_inf_nan=False)
    seconds: float = Field(ge=0, allow_inf_nan=False)


class Renamed(Asked):
    """The row ``of`` under an id that nobody has seen."""

    of: str = Field(max_length=200)


class Edge(Asked):
    """A row at the rim of what is valid, and why it is there."""

    why: str = Field(max_length=200)


class Case(_Reply):
    """A request that is wrong: why, in which field, and what was sent."""

    why: str = Field(max_length=200)
    field: str = Field(max_length=100)
    sent: str = Field(max_length=300)


class After(Entry):
    """Once everything was asked."""

    health: Health
    one: Asked


class OpenApi(Entry):
    """Whether the service describes itself."""

    status: int = Field(ge=0, le=599)
    describes_predict: bool


class Stated(Entry):
    """The versions that a service states, by place; ``restless``: where another stands a moment later."""

    places: dict[str, str] = Field(default={})
    restless: tuple[str, ...] = ()


class Smallest(Entry):
    """The shortest request that was answered as none should be, and how."""

    sent: str = Field(max_length=300)
    told: str = Field(max_length=300)


class Drawn(Entry):
    """Requests drawn at random around a valid row."""

    tried: int = Field(ge=0)
    failed: int = Field(ge=0)
    smallest: Smallest | None


class Scrape(Entry):
    """One look at /metrics."""

    status: int = Field(ge=0, le=599)
    fault: str = Field(max_length=300)
    body: str = Field(max_length=1 << 20)


class Marked(Entry):
    """Requests with marks in them, the statuses they got in order, and /metrics before and after."""

    marks: tuple[str, ...] = Field(min_length=1, max_length=20)
    statuses: tuple[int, ...] = Field(max_length=100)
    metrics: tuple[Scrape, Scrape]


class Probe(Entry):
    """All that the prober saw. Without health there is nothing more."""

    version: Literal[1]
    health: Health
    listens: tuple[str, ...] = Field(default=(), max_length=100)
    stated: Stated = Stated()
    one: tuple[Asked, ...] = Field(default=(), max_length=MOST_ENTRIES)
    many: tuple[Asked, ...] = Field(default=(), max_length=MOST_ENTRIES)
    renamed: tuple[Renamed, ...] = Field(default=(), max_length=MOST_ENTRIES)
    at_once: tuple[Asked, ...] = Field(default=(), max_length=MOST_ENTRIES)
    edges: tuple[Edge, ...] = Field(default=(), max_length=MOST_ENTRIES)
    bad: tuple[Case, ...] = Field(default=(), max_length=MOST_ENTRIES)
    openapi: OpenApi = OpenApi(status=0, describes_predict=False)
    after: After | None = None
    drawn: Drawn | None = None
    marked: Marked | None = None

    @property
    def answers(self) -> bool:
        """Different rows get different answers: what says one number to all is a stub, whatever it serves."""
        given = {round(one.prediction, 6) for one in self.one if one.prediction is not None}
        return len(given) >= FEWEST_ANSWERS

    @property
    def only_from_inside(self) -> bool:
        """Nobody outside the container could have reached it."""
        return bool(self.listens) and LOOPBACK.issuperset(self.listens)


class Server(Entry):
    """The host's own word on the server's container."""

    ended: Ended
    reason: str = Field(max_length=2000)
    healthy: bool
    stop_s: float | None = Field(ge=0)
    grace_s: float = Field(gt=0)
    exit_code: int | None
    seconds: float = Field(ge=0, allow_inf_nan=False)
    port: int


class Image(Entry):
    """The host's word on the image; the facts are there exactly when it was built."""

    file: str
    built: bool
    why_not: str = ""
    base: str = ""
    base_is_latest: bool = False
    stages: int = 0
    layers: int = 0
    size_over_base_bytes: int = Field(default=0, ge=0)
    user: str = ""
    runs_as_root: bool = True
    healthcheck: str = ""
    entrypoint: tuple[str, ...] = ()
    cmd: tuple[str, ...] = ()
    shell_form: tuple[str, ...] = ()
    has_dockerignore: bool = False
    ignores_git: bool = False
    copies_everything: bool = False
    data_inside: tuple[str, ...] = ()
    dependencies_before_code: bool = True
    lines: dict[str, int] = Field(default={})

    def place(self, *keywords: str) -> Place:
        """The line of the first of these keywords that stands in the Dockerfile; its FROM otherwise."""
        line = next((self.lines[k] for k in (*keywords, "FROM") if k in self.lines), None)
        return Place(file=self.file, line=line, stage=BUILD)


M = TypeVar("M", bound=Entry)


def probe(evidence: Evidence) -> Probe | Score:
    """What the prober saw of a server that was healthy; or, as a score, why there is nothing to judge.

    Raises:
        InfraError: the prober failed, or left what it does not write.
    """
    result = evidence.result(STAGE)
    if result.writer is Trust.TOOLS and result.ended is not Ended.FINISHED:
        raise InfraError(f"our prober failed: {result.reason or result.ended.value}", hint=HINT)
    if PROBE not in result.files:
        return unserved(evidence)
    found = read(evidence, STAGE, PROBE, Probe)
    return found if found.health.seconds is not None else unserved(evidence)


def server(evidence: Evidence) -> Server:
    """How the server's container fared.

    Raises:
        InfraError: the file is absent or malformed.
    """
    return read(evidence, STAGE, SERVER, Server)


def image(evidence: Evidence) -> Image:
    """What the image is.

    Raises:
        InfraError: the file is absent or malformed.
    """
    return read(evidence, BUILD, IMAGE, Image)


def read(evidence: Evidence, stage: str, name: str, kind: type[M]) -> M:
    """One of these files.

    Raises:
        InfraError: it is absent or malformed.
    """
    try:
        return kind.model_validate_json(evidence.file(stage, name, max_bytes=MOST_BYTES).read_bytes())
    except (SubmissionError, OSError) as error:
        raise InfraError(f"{name} cannot be read: {error}", hint=HINT) from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InfraError(f"{name} is malformed: {where}: {first['msg']}", hint=HINT) from error


def unserved(evidence: Evidence) -> Score:
    """Nothing answered: MISSING, with how the stage ended."""
    result = evidence.result(STAGE)
    why = f"No service was there to ask: {(result.reason or result.ended.value).rstrip('.')}."
    act = (
        "send a Dockerfile whose image serves: GET health answers 200 on $PORT within 60 s, on a read-only "
        "root, for any user, with the model of $TAKEHOME_MODEL"
    )
    finding = Finding(
        what=f"{why}{_end_of(result.tail)}"[:2000],
        place=Place(stage=STAGE),
        severity=Severity.CRITICAL,
        fix=act,
        rule="no-service",
    )
    return Score.missing(why, earn_back=act, findings=(finding,))


def quoted(text: str) -> str:
    """A server's text in one line of visible ASCII."""
    return ascii(text if len(text) <= QUOTED_CHARS else f"{text[:QUOTED_CHARS]}...")


def _end_of(tail: str) -> str:
    last = next((line for line in reversed(tail.splitlines()) if line.strip()), "")
    return f" Its last line: {quoted(last.strip())}" if last else ""
