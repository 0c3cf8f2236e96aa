"""Run folder -> Facts: the metrics, parameters and tags of a grade, safe to show. Knows no MLflow."""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from harness.errors import UsageError
from harness.model import Scorecard, StageResult
from harness.seal import head_of

CARD = "scorecard.json"
ARTEFACTS = ("report.html", CARD)  # ours only: nothing of a candidate's goes where a viewer renders it
MAX_NAME, MAX_TEXT, MAX_WHY = 200, 250, 1000


class UnreadableError(ValueError):
    """The folder is not what a grade leaves behind; no second try will mend that."""


class RunFile(BaseModel):
    """What is needed of ``run.json``; the rest is not ours."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")
    key: str = ""
    dataset: str = ""
    edition: str = ""
    started: str = ""
    finished: str = ""
    harness: str = ""


class EvidenceFile(BaseModel):
    """What is needed of ``evidence.json``."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")
    stages: dict[str, StageResult] = {}
    sandbox: dict[str, str] = {}


@dataclass(frozen=True)
class Facts:
    """All that a mirror is told of one grade. Every name and text is clean and short."""

    experiment: str
    name: str
    digest: str  # of the card: a regrade under the same key is another card
    dataset: str
    edition: str
    started_ms: int
    finished_ms: int
    metrics: Mapping[str, float]
    params: Mapping[str, str]
    tags: Mapping[str, str]
    artefacts: tuple[Path, ...]


def read_facts(run: Path) -> Facts:
    """The facts of a finished run folder.

    Raises:
        UnreadableError: a file is absent or damaged.
        OSError: the disk failed; that may pass.
    """
    try:
        raw = (run / CARD).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise UnreadableError(f"{run / CARD}: there is no such file") from None
    card = _parsed(raw, Scorecard, run / CARD)
    about = _read(run / "run.json", RunFile)
    evidence = _read(run / "evidence.json", EvidenceFile)
    finished = _millis(about.finished) or int((run / CARD).stat().st_mtime * 1000)
    return Facts(
        experiment=clean(card.assignment, MAX_NAME) or "unnamed",
        name=clean(card.submission[:12], 12),
        digest=hashlib.sha256(raw).hexdigest(),
        dataset=clean(about.dataset or card.assignment, MAX_NAME),
        edition=clean(about.edition or card.edition, MAX_TEXT),
        started_ms=min(_millis(about.started) or finished, finished),
        finished_ms=finished,
        metrics=_metrics(card, evidence.stages),
        params=_params(card, about, evidence.sandbox),
        tags={**_tags(card), **_sealed(run)},
        artefacts=tuple(run / name for name in ARTEFACTS if (run / name).is_file()),
    )


def key_of_run(run: Path) -> tuple[str, str]:
    """The idempotency key of a run folder, fit for a file name and a query, and its card's digest.

    Without a key of its own a run goes by its card, and a folder without a card by its place:
    it can be queued, and is refused with its reason when it is read.
    """
    try:
        card = hashlib.sha256((run / CARD).read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        card = ""
    try:
        key = _read(run / "run.json", RunFile).key
    except UnreadableError:
        key = ""
    if key and not re.fullmatch(r"\w[\w.-]{0,127}", key, re.ASCII):
        key = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return key or card or hashlib.sha256(bytes(run)).hexdigest(), card


def clean(text: str, limit: int) -> str:
    """One line with no control, direction or half characters, cut at ``limit`` with an ellipsis."""
    shown = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text[: 4 * limit])
    shown = " ".join(shown.split())
    return shown if len(shown) <= limit else f"{shown[: limit - 1]}…"


def _metrics(card: Scorecard, stages: Mapping[str, StageResult]) -> dict[str, float]:
    found: dict[str, float] = {}

    def add(name: str, value: float | None) -> None:
        if value is None or not math.isfinite(value):
            return
        name = plain = _plain(name)
        number = 1
        while name in found:  # two names that were cleaned to the same one
            number += 1
            name = f"{plain}_{number}"
        found[name] = float(value)

    if card.total is not None:
        add("total", float(card.total))
    for line in card.lines:
        leaf = line.criterion.id
        add(f"score.{leaf}", line.score.value)
        add(f"points.{leaf}", None if line.points is None else float(line.points))
        for name, value in sorted(line.score.measures.items()):
            add(f"{leaf}.{name}", value)
    for name, stage in sorted(stages.items()):
        add(f"stage.{name}.seconds", stage.seconds)
        add(f"stage.{name}.cpu_seconds", stage.cpu_seconds)
        add(f"stage.{name}.peak_memory_mb", stage.peak_memory_mb)
    return found


def _params(card: Scorecard, about: RunFile, sandbox: Mapping[str, str]) -> dict[str, str]:
    found = {
        "assignment": card.assignment,
        "assignment_version": str(card.assignment_version),
        "submission": card.submission,
        "track": card.track.value,
        "dataset": about.dataset,
        "edition": about.edition or card.edition,
        "harness": about.harness,
        **{f"sandbox.{role}": _short(value) for role, value in sorted(sandbox.items())},
    }
    return {_plain(name): clean(value, MAX_TEXT) for name, value in found.items() if value}


def _sealed(run: Path) -> dict[str, str]:
    """The head of the run's chain of digests: who holds it outside the folder can prove the folder."""
    try:
        return {"seal": clean(head_of(run), MAX_TEXT)}
    except UsageError:
        return {}


def _tags(card: Scorecard) -> dict[str, str]:
    found = {
        "grade.state": "graded" if card.total is not None else "withheld",
        "grade.needs_human": "yes" if card.needs_human else "no",
        "grade.needs_human.why": clean("; ".join(card.needs_human), MAX_WHY),
        "grade.withheld": clean(card.withheld, MAX_WHY) if card.total is None else "",
        "grade.gates": clean("; ".join(card.gates), MAX_WHY),
        **{f"verdict.{line.criterion.id}": line.score.verdict.value for line in card.lines},
    }
    return {name: value for name, value in found.items() if value}


def _plain(name: str) -> str:
    """A name that every MLflow store takes, on any system."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "_", name)[:MAX_NAME]


def _short(value: str) -> str:
    """``sha256:<64 hex>`` as its first twelve digits; anything else as it is."""
    digest = re.fullmatch(r"(?:sha256:)?([0-9a-f]{64})", value)
    return digest[1][:12] if digest else value


def _millis(text: str) -> int:
    """An ISO instant in milliseconds since 1970, UTC where it names no zone; 0 when there is none."""
    if not text:
        return 0
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise UnreadableError(f"run.json: {clean(text, 40)!r} is not an ISO instant") from None
    return int((instant if instant.tzinfo else instant.replace(tzinfo=UTC)).timestamp() * 1000)


Model = TypeVar("Model", bound=BaseModel)


def _read(path: Path, model: type[Model]) -> Model:
    """A JSON file; one that is not there says nothing."""
    try:
        return _parsed(path.read_bytes(), model, path)
    except (FileNotFoundError, NotADirectoryError):
        return model()


def _parsed(raw: bytes, model: type[Model], path: Path) -> Model:
    try:
        return model.model_validate_json(raw)
    except ValueError as error:
        raise UnreadableError(f"{path}: {clean(str(error), MAX_TEXT)}") from None
