"""A handout folder -> what in it must not leave the house. Run on every handout before it is put in place.

The packer copies from an allow-list; this looks at what came of it, so that a generator that writes an answer
into a public table, or a brief that quotes a threshold, is found by the author and not by a candidate.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from harness.dataset import Edition
from harness.exam import Bench
from harness.extensions import CHECKS
from harness.papers import ISSUES

TOKEN = re.compile(rb"[A-Za-z0-9_-]{6,}")
SHOWN = 3
# how private files are called in a checkout; data may hold such words, so only our own texts are searched
PRIVATE_NAMES = (
    "assignment.yaml",
    "issues.yaml",
    "card.md",
    "expect/",
    "submissions/",
    "sealed/",
    "inputs/all",
    "about.json",
)
LEAST_SEED_DIGITS = 7  # a shorter number stands in any table by chance


def leaks(folder: Path, bench: Bench, edition: Edition, key: bytes) -> list[str]:
    """Sentences: which file of ``folder`` tells what. Empty when the handout may go out."""
    secrets = _secrets(bench, edition, key)
    hidden = _hidden_ids(edition)
    private = _private_files(bench)
    found: list[str] = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        content = path.read_bytes()
        found += [f"{name} tells {what}" for what, text in secrets if text in content]
        if told := sorted(hidden & set(TOKEN.findall(content))):
            listed = b", ".join(told[:SHOWN]).decode()
            found.append(f"{name} has ids of {len(told):,} hidden rows: {listed}")
        if same := private.get(hashlib.sha256(content).digest()):
            found.append(f"{name} is a copy of {same}")
        if not name.startswith("data/"):
            found += [f"{name} tells {what}" for what, words in _words(bench) if _has_word(content, words)]
    return found


def _secrets(bench: Bench, edition: Edition, key: bytes) -> list[tuple[str, bytes]]:
    """What must not stand anywhere, in any file."""
    places = bench.places
    found = [("the handout key", key), ("where our checkout is", str(places.root).encode())]
    found.append(("where our state is", str(places.home).encode()))
    found += [("a canary of the answer key", canary) for canary in _canaries(edition)]
    seed = str(bench.assignment.dataset.seed).encode()
    if len(seed) >= LEAST_SEED_DIGITS:
        found.append(("the edition's seed", seed))
    return [(what, text) for what, text in found if len(text) > 1]


def _words(bench: Bench) -> Iterator[tuple[str, str]]:
    """What must not stand in our own texts."""
    yield from ((f"a private path: {name}", name) for name in PRIVATE_NAMES)
    if (bench.folder / CHECKS).is_file():
        yield f"a private path: {CHECKS}", CHECKS
    for criterion in bench.assignment.rubric:
        for name in criterion.params:
            if "_" in name:  # an ordinary word may stand in an honest sentence
                yield f"a parameter of the rubric: {criterion.id}.{name}", name


def _has_word(content: bytes, word: str) -> bool:
    return re.search(rb"(?<![\w-])" + re.escape(word.encode()), content) is not None


def _canaries(edition: Edition) -> set[bytes]:
    """Of the sealed half; canary rows of the public half are meant to be handed out."""
    found = set()
    for path in sorted(edition.sealed.iterdir()):
        if path.suffix == ".parquet":
            metadata = pq.read_schema(path).metadata or {}
            found |= {value for name, value in metadata.items() if name == b"canary"}
        elif path.suffix == ".json":
            canary = json.loads(path.read_text("utf-8")).get("canary")
            found |= {canary.encode()} if isinstance(canary, str) and canary else set()
    return found


def _hidden_ids(edition: Edition) -> set[bytes]:
    rows = pd.read_parquet(edition.sealed / "rows.parquet", columns=["id"])
    return {name.encode() for name in rows["id"].astype(str) if TOKEN.fullmatch(name.encode())}


def _private_files(bench: Bench) -> dict[bytes, str]:
    """Digest -> name, of what only authors and leads have; what the starter has too is no secret."""
    dataset = bench.places.root / "datasets" / bench.assignment.dataset.name
    folders = (bench.folder / "submissions", bench.folder / "expect", dataset)
    public = {_digest(path) for path in _files(bench.folder / "starter")} | {
        _digest(dataset / "dictionary.md")
    }
    beside = (bench.folder / ISSUES, bench.folder / CHECKS)
    private = [*beside, *(path for folder in folders for path in _files(folder))]
    named = {_digest(path): path.relative_to(bench.places.root).as_posix() for path in private}
    never = {_digest(path) for path in beside}  # in a starter they are a mistake, and no less a secret
    return {
        digest: name for digest, name in named.items() if digest and (digest in never or digest not in public)
    }


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.stat().st_size > 0)


def _digest(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b""
