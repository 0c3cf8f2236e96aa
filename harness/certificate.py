"""What ``takehome certify`` found out about an assignment, and whether it still holds. Read by every report.

A certificate names the digests of all it was made of: the assignment's folder, the data set's, the images'
recipes, the graders and the operators. When one of them changes, it is stale and says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from pydantic import Field, ValidationError

from harness.audit import Noted
from harness.dataset import UNREAD
from harness.errors import InfraError
from harness.exam import Bench
from harness.model import Frozen
from harness.store import digest_of_folder, key_of, write_text

FOLDER = "certificates"
SHOWN = 12  # signs of a digest
UNUSED = ("__pycache__", "kit")  # graders/kit holds graders to their contract; no grade comes of it


class Check(Frozen):
    """One thing that had to hold. ``act``: what to do when it does not."""

    name: str
    passed: bool
    told: str
    act: str = ""


class Leaf(Frozen):
    """What a control got in one criterion, and why; no value when it was not judged."""

    id: str
    title: str
    weight: float
    value: float | None
    verdict: str
    told: str


class Control(Frozen):
    """A golden submission as it was graded; no total when it was withheld."""

    name: str
    kind: str
    total: Decimal | None
    interval: tuple[Decimal, Decimal] | None = None
    why: str = ""  # why there is no total, or what capped it
    totals: dict[str, Decimal] = Field(default={})  # at the other levels
    leaves: tuple[Leaf, ...] = ()


class Certificate(Frozen):
    """What was checked and how it went."""

    assignment: str
    version: int
    edition: str
    made: str  # UTC, ISO 8601
    parts: dict[str, str]  # what it was made of -> its digest
    images: dict[str, str]
    checks: tuple[Check, ...]
    controls: tuple[Control, ...] = ()
    noted: tuple[Noted, ...] = ()
    changed: tuple[str, ...] = Field(default=(), exclude=True)  # parts that differ now

    @property
    def digest(self) -> str:
        """Names what was certified, not how it went."""
        return key_of(assignment=self.assignment, **self.parts)

    @property
    def passed(self) -> bool:
        """Whether everything held."""
        return bool(self.checks) and all(check.passed for check in self.checks)

    @property
    def is_fresh(self) -> bool:
        """Whether nothing that it was made of has changed since."""
        return not self.changed


def certificate_of(bench: Bench) -> Certificate | None:
    """The certificate of this assignment as it stands, else the latest one, which is stale; None without any.

    Raises:
        InfraError: a certificate's file is damaged.
    """
    found = [_read(path) for path in _files(bench)]
    if not found:
        return None
    now = parts_of(bench)
    fresh = [c for c in found if c.parts == now]
    latest = max(fresh or found, key=lambda c: c.made)
    changed = tuple(sorted(n for n in {*now, *latest.parts} if now.get(n) != latest.parts.get(n)))
    return latest.model_copy(update={"changed": changed})


def why_not(bench: Bench) -> str:
    """Why this assignment is not fit to hand out, as a sentence; empty when it is."""
    certificate = certificate_of(bench)
    if certificate is None:
        return "it has no certificate"
    if not certificate.is_fresh:
        changed = ", ".join(certificate.changed)
        return f"its certificate is stale: {changed} changed since {certificate.made[:10]}"
    if not certificate.passed:
        failed = [check.name for check in certificate.checks if not check.passed]
        return f"its certificate says no: {', '.join(failed)}"
    return ""


def cited(bench: Bench) -> str:
    """One line for a report's provenance."""
    certificate = certificate_of(bench)
    if certificate is None:
        return "none: this assignment was not certified"
    name = certificate.digest[:SHOWN]
    if not certificate.is_fresh:
        return f"{name}, stale: {', '.join(certificate.changed)} changed since"
    return f"{name}, {'passed' if certificate.passed else 'failed'}"


def write_certificate(certificate: Certificate, bench: Bench) -> Path:
    """Put it in its place; one for each state of the assignment."""
    path = _folder(bench) / f"{certificate.assignment}-{certificate.digest[:SHOWN]}.json"
    write_text(path, certificate.model_dump_json(indent=1) + "\n")
    return path


def parts_of(bench: Bench) -> dict[str, str]:
    """What a certificate of this assignment would be made of now: folder -> digest, grader -> its source."""
    return {**{name: _digest(folder, _state(folder)) for name, folder in _folders(bench)}, **bench.sources}


def _folders(bench: Bench) -> Iterator[tuple[str, Path]]:
    root, ours = bench.places.root, Path(__file__).parent
    dataset = bench.assignment.dataset.name
    yield f"assignments/{bench.assignment.slug}", bench.folder
    for name, folder in (
        (f"datasets/{dataset}", root / "datasets" / dataset),
        ("docker", root / "docker"),
        ("graders", ours.parent / "graders"),
        ("harness/mess", ours / "mess"),
        ("harness/edition", ours / "edition"),
    ):
        if folder.is_dir():
            yield name, folder


def _state(folder: Path) -> int:
    """Cheap to find out, and another after a change: regrading a thousand runs reads a folder once."""
    return hash(
        tuple(
            (str(path), stat.st_size, stat.st_mtime_ns, stat.st_mode)
            for path in sorted(folder.rglob("*"))
            if "__pycache__" not in path.parts and (stat := path.lstat())
        )
    )


@lru_cache(maxsize=64)
def _digest(folder: Path, state: int) -> str:
    """``state`` only says when the folder is to be read again."""
    is_dataset = folder.parent.name == "datasets"
    return digest_of_folder(folder, skip=UNREAD if is_dataset else UNUSED)


def _files(bench: Bench) -> list[Path]:
    name = re.compile(rf"{re.escape(bench.assignment.slug)}-[0-9a-f]{{{SHOWN}}}\.json")
    folder = _folder(bench)
    return [p for p in sorted(folder.glob("*.json")) if name.fullmatch(p.name)] if folder.is_dir() else []


def _folder(bench: Bench) -> Path:
    return bench.places.home / FOLDER


def _read(path: Path) -> Certificate:
    try:
        return Certificate.model_validate_json(path.read_text("utf-8"))
    except (OSError, ValidationError, UnicodeDecodeError) as error:
        raise InfraError(
            f"{path}: the certificate cannot be read: {type(error).__name__}",
            hint="delete it and run takehome certify again",
        ) from error
