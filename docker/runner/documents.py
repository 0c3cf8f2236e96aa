"""/submission -> what its documents say: README, ASSUMPTIONS, a model card, Markdown of notebooks.

    documents   path, kind (readme, assumptions, card, notebook, prose), problem (why it was not read,
                or null), truncated, and with a line, in a notebook also a cell: headings, links (with
                ``resolves``), code, statements, spans (code within a line)
    paths       names of the submission's files, sorted, at most MAX_PATHS

``resolves``: true or false for what leads into the repository or to a heading, null for what leads out to
the network. What is too large, undecodable or no notebook is recorded and costs only itself. Documents that
we sent out (dictionary.md, brief.md, data/) are not theirs. Nothing of theirs runs.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import Any

import howto
import prose
import syntax
import workspace

FILE = "documents.json"
ENDS = (".md", ".markdown", ".rst", ".txt")
PROSE_ENDS = (".md", ".markdown", ".rst")  # a .txt is read only where its name says what it is
NAMED = {"readme": "readme", "assumptions": "assumptions", "model_card": "card", "modelcard": "card"}
GIVEN = frozenset({"dictionary.md", "brief.md"})  # ours, as we sent them
NOT_THEIRS = syntax.NOT_THEIRS | {"data", "venv", ".venv", "env", "dist", "build", ".pytest_cache", ".github"}
MAX_DOCUMENTS, MAX_PATHS, MAX_DEPTH = 60, 5_000, 12
MAX_MARKDOWN = 2**20  # characters of one notebook's
MAX_ENTRIES = 3_000  # statements, headings, links or blocks of one document
MAX_CODE = 20_000  # characters of one block
OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
LOCAL_FILE = re.compile(r"^(?:file:|[A-Za-z]:[\\/])", re.IGNORECASE)


def write(places: workspace.Places) -> None:
    """Read and write."""
    report = read_all(places.submission)
    howto.write(report, places)
    (places.output / FILE).write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def read_all(top: Path) -> dict[str, Any]:
    """The report of the tree ``top``."""
    names = [name for name in _files(top) if not syntax.NOT_THEIRS.intersection(PurePosixPath(name).parts)]
    paths = sorted(syntax.plain(name) for name in names)
    chosen = sorted((rank, name) for name in names if (rank := _rank(name)) is not None)[:MAX_DOCUMENTS]
    there = {*paths, *(str(folder) for path in paths for folder in PurePosixPath(path).parents)}
    documents = [_document(top, name, there) for _, name in chosen]
    return {"documents": documents, "paths": paths[:MAX_PATHS]}


def kind_of(name: str) -> str | None:
    """What a file is by its name, or None when it is no document."""
    path = PurePosixPath(name.lower())
    if path.name in GIVEN or NOT_THEIRS.intersection(path.parts[:-1]) or len(path.parts) > MAX_DEPTH:
        return None
    if path.suffix == ".ipynb":
        return "notebook"
    stem = path.name.removesuffix(path.suffix) if path.suffix in ENDS else path.name
    if named := NAMED.get(re.sub(r"[\s-]+", "_", stem)):
        return named
    return "prose" if path.suffix in PROSE_ENDS else None


def _rank(name: str) -> tuple[int, int] | None:
    """Which documents come first where there are too many: the named ones, the shallow ones."""
    kind = kind_of(name)
    return None if kind is None else (kind == "prose", name.count("/"))


def _files(top: Path) -> list[str]:
    return [name for entry, name in workspace.walk(top) if entry.is_file(follow_symlinks=False)]


def _document(top: Path, name: str, there: set[str]) -> dict[str, Any]:
    kind = kind_of(name)
    entry: dict[str, Any] = {"path": syntax.plain(name), "kind": kind, "problem": None, "truncated": False}
    parts: Sequence[tuple[int | None, str]] = []
    try:
        raw = syntax.read(top / name)
        parts = markdown_cells(raw) if kind == "notebook" else [(None, decoded(raw))]
    except syntax.UnreadableError as error:
        entry["problem"] = str(error)
    found: dict[str, list[dict[str, Any]]] = {
        "headings": [], "links": [], "code": [], "statements": [], "spans": [],
    }  # fmt: skip
    for cell, text in parts:
        for what, entries in asdict(prose.outline(text)).items():
            found[what] += [one | {"cell": cell} for one in entries]
    anchors = {prose.slug(str(heading["text"])) for heading in found["headings"]}
    for link in found["links"]:
        link["resolves"] = resolves(str(link["target"]), PurePosixPath(syntax.plain(name)), there, anchors)
    for block in found["code"]:
        block["text"] = block["text"][:MAX_CODE]
    entry["truncated"] = any(len(entries) > MAX_ENTRIES for entries in found.values())
    return entry | {what: entries[:MAX_ENTRIES] for what, entries in found.items()}


def resolves(target: str, document: PurePosixPath, there: set[str], anchors: set[str]) -> bool | None:
    """Whether a link leads to something of the submission; None when it leads to the network."""
    if LOCAL_FILE.match(target):
        return False  # a file of the writer's own machine
    if OUTSIDE.match(target):
        return None
    path, _, anchor = target.partition("#")
    path = path.partition("?")[0]
    if not path:
        return not anchor or prose.slug(anchor) in anchors
    start = PurePosixPath("/") if path.startswith("/") else PurePosixPath("/") / document.parent
    normal = os.path.normpath(str(start / path.lstrip("/"))).lstrip("/")
    return (normal or ".") in there or normal == "."


def decoded(raw: bytes) -> str:
    """Text with ``\\n`` line ends: UTF-8, UTF-16 with its mark, else Latin-1, which knows every byte.

    Raises:
        UnreadableError: it has NUL characters: no text.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = raw.decode("utf-16", "replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("latin-1")
    if "\0" in text:
        raise syntax.UnreadableError("NUL characters: not a text file")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def markdown_cells(raw: bytes) -> list[tuple[int | None, str]]:
    """``(number, text)`` of the Markdown cells, numbered from 1 over all cells.

    Raises:
        UnreadableError: it is not a notebook.
    """
    try:
        listed = json.loads(raw.decode("utf-8-sig"))["cells"]
        texts = [(n, "".join(c["source"])) for n, c in enumerate(listed, 1) if c["cell_type"] == "markdown"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise syntax.UnreadableError(f"not a notebook: {type(error).__name__}") from None
    if sum(len(text) for _, text in texts) > MAX_MARKDOWN:
        raise syntax.UnreadableError(f"more than {MAX_MARKDOWN:,} characters of Markdown")
    return [(number, syntax.plain(text)) for number, text in texts]
