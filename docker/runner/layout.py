"""What lies in a submission beside its code, and what its notebooks have stored. For static.py, beside it.

    files, bytes    of everything that was sent
    large           path, bytes: files of more than 5 MB
    data            path, bytes: tables of more than 100 kB, outside the tests
    models          path, bytes: what training writes
    ignored         the lines of .gitignore, None without one
    notebooks       path, errors: cells whose stored output is an error; backwards: cells that were run before
                    one that stands above them; run: cells that were run; cells: of code; outputs_bytes

Paths and counts only: nothing is opened but .gitignore and notebooks.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import syntax
import traces
import workspace

LARGE_BYTES, DATA_BYTES = 5_000_000, 100_000
DATA = (
    ".csv",
    ".tsv",
    ".parquet",
    ".feather",
    ".arrow",
    ".xlsx",
    ".xls",
    ".jsonl",
    ".npy",
    ".npz",
    ".db",
    ".sqlite",
)
MODELS = (
    ".joblib",
    ".pkl",
    ".pickle",
    ".h5",
    ".keras",
    ".pt",
    ".pth",
    ".ckpt",
    ".onnx",
    ".cbm",
    ".safetensors",
)
FOLDERS_OF_DATA = frozenset({"data", "dataset", "datasets", "raw", "input", "validation"})
MOST, MOST_LINES, MOST_IGNORE_BYTES = 50, 500, 100_000


def of(top: Path, sources: Sequence[syntax.Source]) -> dict[str, Any]:
    """The report on everything below ``top``."""
    sizes = {
        syntax.plain(name): entry.stat(follow_symlinks=False).st_size
        for entry, name in workspace.walk(top)
        if entry.is_file(follow_symlinks=False)
    }
    return {
        "files": len(sizes),
        "bytes": sum(sizes.values()),
        "large": _listed(sizes, lambda name, size: size > LARGE_BYTES),
        "data": _listed(sizes, _is_data),
        "models": _listed(sizes, lambda name, size: name.lower().endswith(MODELS)),
        "ignored": _ignored(top),
        "notebooks": [_notebook(source) for source in sources if source.kind == "notebook"][:MOST],
    }


def _listed(sizes: dict[str, int], test: Any) -> list[dict[str, Any]]:
    """The largest first."""
    found = sorted((-size, name) for name, size in sizes.items() if test(name, size))
    return [{"path": name, "bytes": -size} for size, name in found[:MOST]]


def _is_data(name: str, size: int) -> bool:
    """A table that is large, or that lies where data lie; what tests read is theirs."""
    if not name.lower().endswith(DATA) or traces.named_test(name) or size <= DATA_BYTES:
        return False
    folders = {part.lower() for part in PurePosixPath(name).parts[:-1]}
    return size > LARGE_BYTES or not folders.isdisjoint(FOLDERS_OF_DATA)


def _ignored(top: Path) -> list[str] | None:
    path = top / ".gitignore"
    if not path.is_file() or path.is_symlink() or path.stat().st_size > MOST_IGNORE_BYTES:
        return None
    lines = path.read_text("utf-8", "replace").splitlines()[:MOST_LINES]
    return [
        syntax.plain(line.strip())[:200]
        for line in lines
        if line.strip() and not line.strip().startswith("#")
    ]


def _notebook(source: syntax.Source) -> dict[str, Any]:
    """What its stored outputs and execution counts say: the author's word, and easily cleared."""
    report: dict[str, Any] = {
        "path": source.name,
        "cells": 0,
        "run": 0,
        "errors": [],
        "backwards": [],
        "outputs_bytes": 0,
    }
    try:
        cells = json.loads(syntax.read(source.path).decode("utf-8-sig"))["cells"]
        code = [(number, cell) for number, cell in enumerate(cells, 1) if cell["cell_type"] == "code"]
    except (syntax.UnreadableError, ValueError, KeyError, TypeError, RecursionError):
        return report
    report["cells"] = len(code)
    highest = 0
    for number, cell in code:
        count, outputs = cell.get("execution_count"), cell.get("outputs") or []
        if isinstance(outputs, list):
            report["outputs_bytes"] += len(json.dumps(outputs))
            if any(
                isinstance(o, dict) and o.get("output_type") == "error" for o in outputs
            ) and not _expects_error(cell):
                report["errors"].append(number)
        if isinstance(count, int) and not isinstance(count, bool) and count > 0:
            report["run"] += 1
            if count < highest:
                report["backwards"].append(number)
            highest = max(highest, count)
    report["errors"], report["backwards"] = report["errors"][:MOST], report["backwards"][:MOST]
    return report


def _expects_error(cell: dict[str, Any]) -> bool:
    """Tagged as one that shows an error on purpose."""
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return isinstance(tags, list) and "raises-exception" in tags
