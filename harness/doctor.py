"""This machine -> what of it is fit to grade on, and what to do about the rest."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from harness.sandbox import Protection, State, protections
from harness.store import Places

FREE_BYTES_WANTED = 4 * 2**30


def examine(places: Places) -> list[Protection]:
    """Python, engine, images, protections, disk and the run log, in the order in which they are needed."""
    return [_python(), *protections(), *_disk(places), _tracking(places)]


def _python() -> Protection:
    version = ".".join(map(str, sys.version_info[:3]))
    return Protection("python", State.OK, version)


def _disk(places: Places) -> list[Protection]:
    return [_folder("state", places.home), _folder("runs", places.runs)]


def _folder(name: str, folder: Path) -> Protection:
    standing = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(standing).free
    if not os.access(standing, os.W_OK):
        return Protection(name, State.MISSING, f"{folder} cannot be written")
    said = f"{folder}, {free / 2**30:.0f} GiB free"
    return Protection(name, State.OK if free > FREE_BYTES_WANTED else State.WEAKER, said)


def _tracking(places: Places) -> Protection:
    uri = os.environ.get("MLFLOW_TRACKING_URI") or f"sqlite:///{places.home / 'mlflow.db'}"
    waiting = len(list((places.home / "outbox").glob("*.json")))
    if waiting:
        return Protection("mlflow", State.WEAKER, f"{waiting} runs wait for {uri}: the next grade sends them")
    return Protection("mlflow", State.OK, uri)
