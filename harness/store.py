"""Folders on disk, written whole or not at all: a run is a temporary name, then a rename."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from harness.errors import InfraError, UsageError

UNFINISHED = ".unfinished-"
ARRIVAL = ".arrival-"
FORGOTTEN_S = 7 * 86_400


@dataclass(frozen=True)
class Places:
    """Where things live: the checkout, our own state, and the finished runs."""

    root: Path  # assignments/, datasets/, docker/
    home: Path  # editions, keys, scratch, outbox, mlflow.db
    runs: Path

    @classmethod
    def find(cls, *, runs: Path | None = None) -> Places:
        """This package's checkout, or ``$TAKEHOME_ROOT``; state in it, or in ``$TAKEHOME_HOME``."""
        root = Path(os.environ.get("TAKEHOME_ROOT") or Path(__file__).resolve().parents[1])
        if not (root / "assignments").is_dir():
            raise UsageError(
                f"{root}: no assignments/ folder here",
                hint="run from a checkout of takehome, or set TAKEHOME_ROOT to one",
            )
        home = Path(os.environ.get("TAKEHOME_HOME") or root / ".takehome")
        return cls(root=root, home=home.absolute(), runs=(runs or root / "runs").absolute())


def write_text(path: Path, text: str) -> None:
    """Replace ``path`` whole: a reader sees the old text or the new one, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}")
    try:
        with temporary.open("w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def sweep_writes(*folders: Path) -> None:
    """Remove the half-written files in ``folders`` of every ``write_text`` whose process is gone."""
    for path in (path for folder in folders for path in folder.glob(".*")):
        found = re.fullmatch(r"\..+\.(\d{1,9})-[0-9a-f]{8}", path.name)
        if found and path.is_file() and not _is_alive(int(found[1])):
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def folder_being_made(final: Path) -> Iterator[Path]:
    """A temporary sibling of ``final``, renamed to it when the block ends well, removed when not.

    Two makers of the same folder are both right: the first rename wins, the other is dropped.
    """
    with workshop(final.parent) as temporary:
        yield temporary
        with contextlib.suppress(OSError):
            temporary.rename(final)
        if not final.is_dir():
            raise InfraError(f"{final}: could not be put in place")


def digest_of_folder(folder: Path, *, skip: tuple[str, ...] = ("__pycache__",)) -> str:
    """sha256 over (relative path, executable bit, content) of every regular file, sorted by path."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()):
        relative = path.relative_to(folder)
        if any(part in skip for part in relative.parts):
            continue
        executable = b"x" if path.stat().st_mode & 0o100 else b"-"
        total.update(relative.as_posix().encode("utf-8", "surrogateescape") + b"\0" + executable)
        with path.open("rb") as content:
            total.update(hashlib.file_digest(content, "sha256").digest())
    return total.hexdigest()


def key_of(**parts: str) -> str:
    """A name for what was made of these parts: the same parts, the same name."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def read_run(run: Path) -> dict[str, str]:
    """The ``run.json`` of a finished run folder.

    Raises:
        UsageError: this is not a run folder.
    """
    path = run / "run.json"
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise UsageError(f"{run}: not a run folder (no run.json)", hint="runs are under runs/") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error
    return {str(k): str(v) for k, v in found.items()}


def finished_run(runs: Path, digest: str, key: str) -> Path | None:
    """The finished run with this idempotency key, if there is one; a withheld total is no hit."""
    for run in sorted(runs.glob(f"{digest[:12]}-*")):
        with contextlib.suppress(UsageError):
            facts = read_run(run)
            if facts.get("key") == key and facts.get("complete") == "yes":
                return run
    return None


@contextlib.contextmanager
def workshop(parent: Path) -> Iterator[Path]:
    """A folder to make something in; whatever is still there after the block is removed.

    Those of processes that are gone are swept up first.

    Raises:
        InfraError: ``parent`` cannot be written.
    """
    _sweep(parent)
    temporary = parent / f"{ARRIVAL}{os.getpid()}-{secrets.token_hex(6)}"
    try:
        temporary.mkdir(parents=True)
    except OSError as error:
        raise InfraError(f"{parent}: cannot be written: {error.strerror}") from error
    try:
        yield temporary
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _sweep(parent: Path) -> None:
    """Remove what killed processes left here: arrivals at once, unfinished runs when nobody came back."""
    for path in parent.glob(f"{ARRIVAL}*"):
        owner = path.name.removeprefix(ARRIVAL).split("-")[0]
        if not (owner.isdecimal() and _is_alive(int(owner))):
            shutil.rmtree(path, ignore_errors=True)
    for path in parent.glob(f"{UNFINISHED}*"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > FORGOTTEN_S:
                shutil.rmtree(path, ignore_errors=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def put_in_place(made: Path, runs: Path, digest: str) -> Path:
    """Rename a made run to its name. The rename takes the number: two graders at once get two."""
    for number in range(1, 10_000):
        final = runs / f"{digest[:12]}-{number}"
        if not final.exists():
            with contextlib.suppress(OSError):  # taken in between: the next number
                return made.rename(final)
    raise InfraError(f"{runs}: no free number for {digest[:12]}")
