"""What a grading has done so far, on disk before anybody relies on it: a killed one goes on where it was."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

from pydantic import ValidationError

from harness.model import StageResult

NAME = "journal.jsonl"


class Journal:
    """Lines of ``{"started": name}`` and ``{"ended": StageResult}``; safe to share between threads.

    A stage that started and did not end counts as not run. A torn last line, which a kill leaves, is
    passed over.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._ended = _read(path)

    def result(self, stage: str) -> StageResult | None:
        """How ``stage`` ended when it was run before, here or in a process that is gone."""
        return self._ended.get(stage)

    def started(self, stage: str) -> None:
        """``stage`` is about to run: whatever lies in its folder is half done."""
        self._append({"started": stage})

    def ended(self, result: StageResult, into: Path) -> None:
        """``result`` counts from now on; what it left in ``into`` is on the disk before the line is."""
        if into.is_dir():
            for file in sorted(path for path in into.rglob("*") if path.is_file()):
                _sync(file)
        self._append({"ended": result.model_dump(mode="json")})
        self._ended[result.stage] = result

    def _append(self, entry: dict[str, object]) -> None:
        with self._lock, self._path.open("ab") as out:
            out.write(json.dumps(entry).encode() + b"\n")
            out.flush()
            os.fsync(out.fileno())


def _read(path: Path) -> dict[str, StageResult]:
    if not path.is_file():
        return {}
    ended: dict[str, StageResult] = {}
    for line in path.read_bytes().splitlines():
        try:
            entry = json.loads(line)
            if "started" in entry:
                ended.pop(str(entry["started"]), None)
            else:
                result = StageResult.model_validate_json(json.dumps(entry["ended"]))
                ended[result.stage] = result
        except (ValueError, KeyError, TypeError, ValidationError):
            continue  # torn by a kill: the stage runs again
    return ended


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
