"""howto.json and readme.json -> what a README tells a reader to type, and what came of typing it.

The first is our reader's word. The second comes from a container in which the candidate's code ran: a claim.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import Field, ValidationError

from graders import analysis
from harness.errors import InfraError, SubmissionError
from harness.model import Ended, Evidence, ExtraStage, Frozen, Place

PLAN, FOLLOWED = "howto.json", "readme.json"
STAGE = ExtraStage.README.value
MAX_BYTES = 8 * 2**20
HINT = "the images are old: `make image`"
# words that say what a command does, where it is none of the declared ones
WORDS: Mapping[str, frozenset[str]] = {
    "test": frozenset({"test", "tests", "pytest", "unittest", "tox", "nox", "nose2"}),
    "train": frozenset({"train", "training", "fit", "trainer", "entrainement", "entrainer"}),
    "predict": frozenset({"predict", "prediction", "predictions", "score", "scoring", "infer", "inference"}),
    "serve": frozenset(
        {"serve", "server", "api", "app", "uvicorn", "gunicorn", "flask", "fastapi", "service"}
    ),
}


class Planned(Frozen, extra="ignore"):
    """One command of the README; ``parts``: the words of each simple command in it that counts."""

    line: int = Field(ge=0, le=10_000_000)
    text: str
    run: str
    parts: tuple[tuple[str, ...], ...]
    kind: str
    why: str
    holes: tuple[str, ...]
    inline: bool


class Plan(Frozen, extra="ignore"):
    """All of them. ``path``: the README, "" without one; ``names``: notebooks and Dockerfiles it names."""

    path: str
    names: tuple[str, ...]
    commands: tuple[Planned, ...]
    truncated: bool


class Came(Frozen, extra="ignore"):
    """What came of one command; ``number`` is its place in the plan."""

    number: int = Field(ge=0, le=1_000)
    ended: str = Field(pattern="^(exit|timeout|serving|not started|not reached)$")
    exit: int | None = Field(default=None, ge=-255, le=255)
    seconds: float = Field(default=0.0, ge=0.0, le=86_400.0, allow_inf_nan=False)
    tail: str = ""
    wrote: tuple[str, ...] = ()
    predictions: str = Field(default="", pattern=r"^(predictions/\d{1,4}\.csv)?$")
    tests: int = Field(default=0, ge=0, le=10_000_000)
    failed: int = Field(default=0, ge=0, le=10_000_000)
    port: int = Field(default=0, ge=0, le=65_535)
    health: int = Field(default=0, ge=0, le=999)


class _Followed(Frozen, extra="ignore"):
    commands: tuple[Came, ...]


@dataclass(frozen=True)
class Attempt:
    """A command and what came of it; ``came`` is None where it was not run here."""

    told: Planned
    came: Came | None

    @property
    def ran(self) -> bool:
        """It ended well by itself."""
        return self.came is not None and self.came.ended == "exit" and self.came.exit == 0

    @property
    def served(self) -> bool:
        """It is, or left, a server."""
        return self.came is not None and self.came.port > 0 and (self.ran or self.came.ended == "serving")

    def place(self, path: str) -> Place:
        """Where the README says it."""
        return Place(file=path, line=self.told.line or None, stage=STAGE)


def read_plan(evidence: Evidence) -> Plan:
    """What our reader of documents found.

    Raises:
        InfraError: it is absent or malformed.
    """
    try:
        raw = evidence.file(analysis.STAGE, PLAN, max_bytes=MAX_BYTES).read_bytes()
        return Plan.model_validate_json(raw)
    except (SubmissionError, OSError, ValidationError) as error:
        raise InfraError(f"our reader left no {PLAN}: {type(error).__name__}", hint=HINT) from error


def attempts(evidence: Evidence, plan: Plan) -> list[Attempt]:
    """Every command with what came of it.

    Raises:
        InfraError: an assignment that asks for the stage has no word of it.
        SubmissionError: what came of it cannot be read, though the stage says that it ended well.
    """
    if STAGE not in evidence.stages:
        raise InfraError("the README was not followed", hint="grade it again: `stages: [readme]`")
    came: dict[int, Came] = {}
    if evidence.result(STAGE).ended is Ended.FINISHED:
        try:
            raw = evidence.file(STAGE, FOLLOWED, max_bytes=MAX_BYTES).read_bytes()
            came = {entry.number: entry for entry in _Followed.model_validate_json(raw).commands}
        except (OSError, ValidationError) as error:
            raise SubmissionError(f"what came of the README's commands cannot be read: {FOLLOWED}") from error
    return [Attempt(told, came.get(number)) for number, told in enumerate(plan.commands)]


def topics_of(told: Planned, declared: Mapping[str, str]) -> frozenset[str]:
    """What a command is for: the declared command that it calls, else what its words say."""
    heads = {name: _head(tuple(text.split())) for name, text in declared.items() if text}
    called = {
        name
        for name, head in heads.items()
        for part in told.parts
        if head and _head(part)[: len(head)] == head
    }
    if called:
        return frozenset(called)
    return frozenset(
        name
        for part in told.parts
        for name, words in WORDS.items()
        if words & set(re.findall(r"[a-z0-9]+", " ".join(_program(part)).lower()))
    )


def is_own(told: Planned) -> bool:
    """Whether it calls a script, module or target of the project's, rather than code on the command line."""
    return any(part[:2] != ("python", "-c") and part[:1] not in ((), ("cat",)) for part in told.parts)


def calls_all(told: Planned, declared: Mapping[str, str]) -> bool:
    """Whether it may do everything: make, a script of commands, or the program of a declared command."""
    programs = {_head(tuple(text.split()))[:1] for text in declared.values() if text}
    return any(
        part[:1] in (("make",), ("bash",), ("sh",)) or part[0].endswith(".sh") or _head(part)[:1] in programs
        for part in told.parts
        if part
    )


def _head(words: tuple[str, ...]) -> tuple[str, ...]:
    """The script, module or program, and the word after it where that is a plain one."""
    while words and "=" in words[0] and words[0].split("=")[0].isidentifier():
        words = words[1:]
    if words[:2] and words[0] in ("uv", "poetry", "pipenv") and words[1] == "run":
        words = words[2:]
    if words and re.fullmatch(r"python3?(\.\d+)?", words[0]):
        words = words[2:] if words[1:2] == ("-m",) else words[1:]
    if not words:
        return ()
    first = words[0].removesuffix(".py").replace("/", ".").lstrip(".")
    plain = words[1:2] if words[1:] and re.fullmatch(r"[a-z][a-z_-]{1,20}", words[1]) else ()
    return (first, *plain)


def _program(part: tuple[str, ...]) -> tuple[str, ...]:
    """The program and the plain words after it, before its first option or path."""
    words = part[2:] if part[:2] == ("python", "-m") else part[1:] if part[:1] == ("python",) else part
    plain = [word for word in words[1:4] if re.fullmatch(r"[A-Za-z][\w:.-]{0,40}", word)]
    return (*words[:1], *plain)
