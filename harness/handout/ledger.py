"""Who was handed what: a file a candidate, so that grading notices another key, or data that moved on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from harness.errors import InfraError, UsageError
from harness.exam import Bench
from harness.model import Frozen
from harness.store import write_text


class Entry(Frozen):
    """One handout as it went out."""

    assignment: str
    version: int
    candidate: str
    edition: str  # the label that the candidate's folder shows
    dataset: str  # the edition's whole name: changes with the code that generates it
    sha256: str
    forced: str = ""  # why it should not have gone out, when somebody insisted
    made: str


def record(bench: Bench, dataset: str, digest: str, forced: str) -> None:
    """Note down a handout; the same one again replaces its line."""
    entry = Entry(
        assignment=bench.assignment.slug,
        version=bench.assignment.version,
        candidate=bench.candidate,
        edition=bench.assignment.dataset.label,
        dataset=dataset,
        sha256=digest,
        forced=forced,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    write_text(_path(bench), entry.model_dump_json(indent=1) + "\n")


def differences(bench: Bench, dataset: str) -> str:
    """Why this bench may not be what the candidate was handed, as a sentence; empty when it is the same.

    Raises:
        UsageError: they were handed an edition that was made with another key.
        InfraError: the ledger is damaged.
    """
    path = _path(bench)
    try:
        entry = Entry.model_validate_json(path.read_text("utf-8"))
    except FileNotFoundError:
        return f"no handout to {bench.candidate} is on record here: is the id spelled as it was then?"
    except (OSError, ValidationError) as error:
        raise InfraError(
            f"{path}: cannot be read: {error}", hint="takehome handout writes it again"
        ) from error
    if entry.edition != bench.assignment.dataset.label:
        raise UsageError(
            f"{bench.candidate} was handed edition {entry.edition}, and this key makes "
            f"{bench.assignment.dataset.label}",
            hint="set TAKEHOME_KEY to the key the handout was made with",
        )
    if entry.dataset != dataset:
        return f"the data set's code has changed since {bench.candidate} was handed it on {entry.made[:10]}"
    return ""


def _path(bench: Bench) -> Path:
    return bench.places.home / "handouts" / bench.assignment.slug / f"{bench.candidate}.json"
