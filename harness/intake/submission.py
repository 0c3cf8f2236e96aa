"""What somebody typed -> Submission: copied, described (submission.toml, detectors), named by its digest."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

from harness.errors import InfraError, SubmissionError, UsageError
from harness.intake.archive import is_archive, read_archive, wrapper_of
from harness.intake.arrivals import Arrivals, chunks_of
from harness.intake.caps import Caps, Deadline, mib
from harness.intake.clone import read_repository
from harness.intake.detect import complete
from harness.intake.folder import read_folder
from harness.intake.history import History, branches
from harness.intake.source import GitSource, parse_source
from harness.intake.toml import read_settings
from harness.model import Settings, Submission, Track
from harness.store import digest_of_folder

HISTORY = "history"  # beside the submission; history/git holds the raw files of a .git


def intake(source: Path | str, into: Path, *, caps: Caps | None = None, ref: str = "") -> Submission:
    """Put a counted copy of ``source`` at ``into`` and say what it is; a history goes to ``../history/git``.

    ``source``: a folder, an archive (.zip, .tar, .tar.gz, .tar.bz2, .tar.xz), one .ipynb, or a git address
    (https:// or file://, with ``ref`` or ``#ref``: a branch, a tag or a whole commit id).
    Nothing of it is executed, and ``into`` must not exist yet, or be empty.

    Raises:
        UsageError: there is nothing at ``source``, or it is of none of these kinds.
        SubmissionError: it is empty, damaged, hostile, over a cap, or a notebook that is not one.
        InfraError: our disk, git, or the way to the server.
    """
    caps = caps or Caps()
    taken = _taken(parse_source(source, ref), into, caps)
    settings, remarks = read_settings(into)
    settings = complete(settings, into)
    track = _track(settings, into)
    if settings.notebook:
        _check_notebook(into / settings.notebook, settings.notebook, caps)
    return Submission(
        root=into,
        digest=digest_of_folder(into, skip=()),
        track=track,
        settings=settings,
        files=taken.files,
        size_bytes=taken.size_bytes,
        notes=(*remarks, *taken.notes),
        history=(history := _history(into)),
        branches=branches(history) if history else "",
    )


def check_source(source: Path | str, ref: str = "") -> None:
    """Complain about what cannot be meant before anything is started for it.

    Raises:
        UsageError: as ``intake`` would.
    """
    _check_kind(parse_source(source, ref))


def moved(submission: Submission, work: Path) -> Submission:
    """The same submission after the folder it was taken into became ``work``."""
    root = work / submission.root.name
    return submission.model_copy(update={"root": root, "history": _history(root)})


def _history(root: Path) -> Path | None:
    folder = root.with_name(HISTORY) / "git"
    return folder if folder.is_dir() else None


def _taken(found: Path | GitSource, into: Path, caps: Caps) -> Arrivals:
    """Read ``found`` into a folder beside ``into`` and rename it: whole, or not at all."""
    _check_kind(found)
    deadline = Deadline(caps.seconds)
    workplace = into.with_name(f".{into.name}.arriving")
    history = History(workplace / "history", caps, deadline)
    try:
        arrivals = Arrivals(workplace / "files", history, caps, deadline)
        wrapper = _read(found, workplace, arrivals)
        arrivals.notes = list(arrivals.finish())
        if arrivals.files == 0:
            name = found.shown if isinstance(found, GitSource) else found.name
            raise SubmissionError(f"{name}: nothing to grade: there are no files in it")
        history.settle(wrapper, into.with_name(HISTORY) / "git")
        (workplace / "files" / wrapper).rename(into)
    except OSError as error:
        raise InfraError(f"{into}: cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(workplace, ignore_errors=True)
    return arrivals


def _check_kind(found: Path | GitSource) -> None:
    if isinstance(found, GitSource):
        return
    if not found.exists():
        raise UsageError(f"{found}: no such file or folder")
    if found.is_dir():
        if all((found / name).exists() for name in ("HEAD", "objects", "refs")):
            raise UsageError(f"{found}: a bare git repository", hint=f"give it as {found.resolve().as_uri()}")
    elif not found.is_file() or not (found.suffix == ".ipynb" or is_archive(found)):
        raise UsageError(
            f"{found}: neither a folder, an archive nor a notebook",
            hint="give a folder, a .zip or .tar.gz, a single .ipynb, or a git address",
        )


def _read(found: Path | GitSource, workplace: Path, arrivals: Arrivals) -> str:
    """Let the right reader offer everything; answer the folder that wraps it all, if there is one."""
    if isinstance(found, GitSource):
        read_repository(found, workplace / "clone", arrivals)
    elif found.is_dir():
        read_folder(found, arrivals)
    elif found.suffix == ".ipynb":
        _read_notebook(found, arrivals)
    else:
        read_archive(found, arrivals)
        return wrapper_of(arrivals.into)
    return ""


def _read_notebook(path: Path, arrivals: Arrivals) -> None:
    if path.stat().st_size > arrivals.caps.notebook_bytes:
        raise SubmissionError(f"{path.name}: larger than {mib(arrivals.caps.notebook_bytes)}")
    try:
        arrivals.file(arrivals.entry(path.name), list(chunks_of(path)))
    except OSError as error:
        raise SubmissionError(f"{path.name}: cannot be read: {os.strerror(error.errno or 0)}") from error


def _track(settings: Settings, root: Path) -> Track:
    if settings.notebook and not settings.commands.predict:
        return Track.NOTEBOOK
    return Track.SERVICE if (root / "Dockerfile").is_file() and settings.serve else Track.REPO


def _check_notebook(path: Path, name: str, caps: Caps) -> None:
    """Refuse what is no notebook here, in words; the runner in the container parses it again."""
    if not path.is_file():
        raise SubmissionError(f"submission.toml: notebook.path: there is no {name}")
    if path.stat().st_size > caps.notebook_bytes:
        raise SubmissionError(f"{name}: larger than {mib(caps.notebook_bytes)}")
    if path.suffix != ".ipynb":
        return  # a script in cells: jupytext reads it in the container
    try:
        found: Any = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise SubmissionError(
            f"{name}: not a notebook: {str(error)[:200] or 'nested too deep'}",
            hint="open it in Jupyter and save it again",
        ) from error
    if not isinstance(found, dict) or not isinstance(found.get("cells"), list):
        raise SubmissionError(f"{name}: not a notebook: JSON without a list of cells")
