"""A path -> Submission: copied, described by submission.toml and the detectors, named by its digest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from harness.errors import SubmissionError, UsageError
from harness.intake.copy import Caps, Copied, copy_tree
from harness.intake.detect import complete
from harness.intake.toml import read_settings
from harness.model import Settings, Submission, Track
from harness.store import digest_of_folder

NOTEBOOK_BYTES = 64 * 2**20


def intake(source: Path, into: Path, *, caps: Caps | None = None) -> Submission:
    """Copy ``source`` (a folder or one .ipynb) to ``into`` and say what it is.

    Raises:
        UsageError: there is nothing at ``source``, or it is not a folder or a notebook.
        SubmissionError: it is empty, too large, hostile in its names, or a notebook that is not one.
    """
    caps = caps or Caps()
    copied = _take(source, into, caps)
    if copied.files == 0:
        raise SubmissionError(f"{source}: nothing to grade: the folder has no files")
    notes = list(copied.notes)
    settings, remarks = read_settings(into)
    settings = complete(settings, into)
    track = _track(settings, into)
    if settings.notebook:
        _check_notebook(into / settings.notebook, settings.notebook)
    return Submission(
        root=into,
        digest=digest_of_folder(into, skip=()),
        track=track,
        settings=settings,
        files=copied.files,
        size_bytes=copied.size_bytes,
        notes=(*remarks, *notes[:50]),
    )


def _take(source: Path, into: Path, caps: Caps) -> Copied:
    if not source.exists():
        raise UsageError(f"{source}: no such file or folder")
    if source.is_dir():
        return copy_tree(source, into, caps)
    if source.suffix == ".ipynb" and source.is_file():
        into.mkdir(parents=True, exist_ok=True)
        size = source.stat().st_size
        if size > NOTEBOOK_BYTES:
            raise SubmissionError(f"{source.name}: larger than {NOTEBOOK_BYTES // 2**20} MiB")
        (into / source.name).write_bytes(source.read_bytes())
        return Copied(files=1, size_bytes=size)
    raise UsageError(f"{source}: neither a folder nor a notebook", hint="give a folder or a single .ipynb")


def _track(settings: Settings, root: Path) -> Track:
    if settings.notebook and not settings.commands.predict:
        return Track.NOTEBOOK
    return Track.SERVICE if (root / "Dockerfile").is_file() and settings.serve else Track.REPO


def _check_notebook(path: Path, name: str) -> None:
    """Refuse what is no notebook here, in words; the runner in the container parses it again."""
    if not path.is_file():
        raise SubmissionError(f"submission.toml: notebook.path: there is no {name}")
    try:
        found: Any = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise SubmissionError(
            f"{name}: not a notebook: {str(error)[:200] or 'nested too deep'}",
            hint="open it in Jupyter and save it again",
        ) from error
    if not isinstance(found, dict) or not isinstance(found.get("cells"), list):
        raise SubmissionError(f"{name}: not a notebook: JSON without a list of cells")
