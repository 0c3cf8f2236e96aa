"""A run's own folder, number and labels. Names are made here and mean nothing: containers can read them."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from harness.errors import InfraError
from harness.sandbox import owner
from harness.sandbox.mounts import unmount
from harness.sandbox.policy import FIRST_UID, NOBODY

LABEL = "takehome"
TRIES = 200
CLAIMING = ".claim-"  # a folder on its way to its number; the name carries the owner's


@dataclass(frozen=True)
class Run:
    """One run of one stage. No two live runs below one scratch folder share a uid."""

    uid: int
    token: str
    folder: Path

    @property
    def name(self) -> str:
        """For the engine's own objects: containers, volumes."""
        return f"takehome-{self.token}"

    @property
    def labels(self) -> Mapping[str, str]:
        """Who made it, so that a reaper can tell an orphan from live work."""
        return {LABEL: "1", f"{LABEL}.run": self.token, f"{LABEL}.owner": owner.this_process()}


def scratch_folder(chosen: Path | None = None) -> Path:
    """The folder below which runs live: chosen, or one of this user's in the system's temporary folder.

    Raises:
        InfraError: it is somebody else's, or a link, or cannot be written.
    """
    user = getattr(os, "getuid", lambda: 0)()
    folder = chosen or Path(os.environ.get("TAKEHOME_SCRATCH") or f"{tempfile.gettempdir()}/takehome-{user}")
    try:
        folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        found = folder.lstat()
        if stat.S_ISDIR(found.st_mode) and found.st_uid == user:
            # An engine that maps users must be able to pass through; nobody can list what is in it.
            folder.chmod(0o711)
    except OSError as error:
        raise InfraError(
            f"the scratch folder {folder} cannot be written: {error.strerror}",
            hint="make it writable, or set TAKEHOME_SCRATCH to another folder",
        ) from error
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != user:
        raise InfraError(
            f"the scratch folder {folder} is not a folder of this user's",
            hint="set TAKEHOME_SCRATCH to a folder of your own",
        )
    return folder.resolve()


@contextmanager
def new_run(scratch: Path) -> Iterator[Run]:
    """A fresh run; its folder, and all in it, is gone on leaving."""
    uid, claim = _claim(scratch)
    try:
        run = Run(uid, secrets.token_hex(8), claim / secrets.token_hex(8))
        run.folder.mkdir(mode=0o711)
        yield run
    finally:
        discard(claim)


def discard(claim: Path) -> None:
    """Remove a run's folder, unmounting whatever is still mounted in it."""
    for folder in claim.glob("*/out"):
        unmount(folder)
        if os.path.ismount(folder):
            return  # never delete through a mount: the reaper comes back to it
    shutil.rmtree(claim, ignore_errors=True)


def claims(scratch: Path) -> list[tuple[Path, str]]:
    """The folders of all runs, live, dead and being claimed, each with its owner's name."""
    found = []
    for folder in sorted(p for p in scratch.iterdir() if p.is_dir()):
        if folder.name.startswith(CLAIMING):
            found.append((folder, folder.name.removeprefix(CLAIMING).partition(",")[2].replace(",", "/")))
        elif folder.name.isdecimal():
            with contextlib.suppress(FileNotFoundError):  # it ends just now
                found.append((folder, (folder / "owner").read_text()))
    return found


def _claim(scratch: Path) -> tuple[int, Path]:
    """The folder's name is the uid: it appears with its owner's name in it, or not at all."""
    me = owner.this_process()
    made = scratch / f"{CLAIMING}{secrets.token_hex(8)},{me.replace('/', ',')}"
    made.mkdir(mode=0o711)
    (made / "owner").write_text(me)
    for _ in range(TRIES):
        uid = FIRST_UID + secrets.randbelow(NOBODY - FIRST_UID)
        try:
            return uid, made.rename(scratch / str(uid))
        except OSError as error:  # a folder with something in it does not give way
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
    shutil.rmtree(made, ignore_errors=True)
    raise InfraError(f"no free user number below {scratch}", hint="takehome doctor")
