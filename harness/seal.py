"""A run folder -> a chain of digests over inputs, evidence, card and report; one flipped byte is named.

Each link's head is sha256(head of the link before + its files' digests), so a file cannot be exchanged
without every later head changing. The last head is shown when a run is graded and is a tag of its MLflow
run: who holds that holds the proof; the file in the folder alone can be written anew by whoever can
write the folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from harness.errors import UsageError
from harness.store import write_text

NAME = "seal.json"
LINKS: Mapping[str, tuple[str, ...]] = {
    "inputs": ("run.json", "submission", "history"),
    "evidence": ("evidence.json", "evidence", "journal.jsonl"),
    "card": ("scorecard.json",),
    "report": ("report.html", "results"),
}


def seal(run: Path) -> str:
    """Write ``seal.json`` for the folder as it stands; its head. An older seal's head starts the chain."""
    before = _read(run)["head"] if (run / NAME).is_file() else ""
    links = _links(run, before)
    head = links[-1]["head"]
    write_text(run / NAME, json.dumps({"before": before, "head": head, "links": links}, indent=1) + "\n")
    return str(head)


def is_sealed(run: Path) -> bool:
    """Whether the folder has a seal, sound or not."""
    return (run / NAME).is_file()


def head_of(run: Path) -> str:
    """The last head of a sealed run.

    Raises:
        UsageError: there is no seal, or it is no seal.
    """
    return str(_read(run)["head"])


def verify(run: Path) -> list[str]:
    """What differs from the seal, as sentences that name the file; empty when nothing does.

    Raises:
        UsageError: there is no seal, or it is no seal.
    """
    sealed = _read(run)
    told: list[str] = []
    try:
        was = {link["name"]: link["files"] for link in sealed["links"]}
        heads = [link["head"] for link in sealed["links"]]
        told += _broken_links(sealed)
        now = {link["name"]: link["files"] for link in _links(run, sealed["before"])}
        for name in LINKS:
            told += [f"{name}: {sentence}" for sentence in _differences(was[name], now[name])]
        if sealed["head"] != heads[-1]:
            told.append("seal.json: its head is not that of its last link")
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise UsageError(f"{run / NAME}: not a seal: {type(error).__name__} {error}") from error
    return told


def _links(run: Path, before: str) -> list[dict[str, Any]]:
    links: list[dict[str, Any]] = []
    head = before
    for name, parts in LINKS.items():
        files = dict(_digests(run, parts))
        head = _head(head, files)
        links.append({"name": name, "head": head, "files": files})
    return links


def _head(before: str, files: Mapping[str, str]) -> str:
    return hashlib.sha256(f"{before}\n{json.dumps(files, sort_keys=True)}".encode()).hexdigest()


def _digests(run: Path, parts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for part in parts:
        top = run / part
        paths = sorted(top.rglob("*")) if top.is_dir() and not top.is_symlink() else [top]
        for path in paths:
            name = path.relative_to(run).as_posix()
            if path.is_symlink():
                yield name, f"link to {path.readlink()}"
            elif path.is_file():
                with path.open("rb") as content:
                    yield name, hashlib.file_digest(content, "sha256").hexdigest()


def _broken_links(sealed: Mapping[str, Any]) -> Iterator[str]:
    head = sealed["before"]
    for link in sealed["links"]:
        head = _head(head, link["files"])
        if head != link["head"]:
            yield f"seal.json: the link {link['name']!r} was written anew"
            head = link["head"]


def _differences(was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*was, *now}):
        if name not in now:
            yield f"{name} is gone"
        elif name not in was:
            yield f"{name} was added"
        elif was[name] != now[name]:
            yield f"{name} differs"


def _read(run: Path) -> dict[str, Any]:
    path = run / NAME
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        hint = "`takehome grade` seals a run when its report is written"
        raise UsageError(f"{run}: not sealed (no {NAME})", hint=hint) from None
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: not a seal: {error}") from error
    if not isinstance(found, dict) or not {"before", "head", "links"} <= found.keys():
        raise UsageError(f"{path}: not a seal")
    return found
