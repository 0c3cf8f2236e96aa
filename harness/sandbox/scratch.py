"""A run's own folder, number and labels. Names are made here and mean nothing: containers can read them."""

from __future__ import annotations

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
        InfraError: it is somebody else's, or a link.
    """
    user = getattr(os, "getuid", lambda: 0)()
    folder = chosen or Path(os.environ.get("TAKEHOME_SCRATCH") or f"{tempfile.gettempdir()}/takehome-{user}")
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != user:
        raise InfraError(
            f"the scratch folder {folder} is not a folder of this user's",
            hint="set TAKEHOME_SCRATCH to a folder of your own",
        )
    # An engine that maps users must be able to pass through; nobody can list what is in it.
    folder.chmod(0o711)
    return folder.resolve()


@contextmanager
def new_run(scratch: Path) -> Iterator[Run]:
    """A fresh run; its folder, and all in it, is gone on leaving."""
    uid, claim = _claim(scratch)
    try:
        (claim / "owner.part").write_text(owner.this_process())
        (claim / "owner.part").rename(claim / "owner")
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


def claims(scratch: Path) -> list[Path]:
    """The folders of all runs, live and dead."""
    return sorted(p for p in scratch.iterdir() if p.name.isdecimal() and p.is_dir())


def _claim(scratch: Path) -> tuple[int, Path]:
    """The folder's name is the uid: making it is an atomic claim on the number."""
    for _ in range(TRIES):
        uid = FIRST_UID + secrets.randbelow(NOBODY - FIRST_UID)
        try:
            (scratch / str(uid)).mkdir(mode=0o711)
        except FileExistsError:
            continue
        return uid, scratch / str(uid)
    raise InfraError(f"no free user number below {scratch}", hint="takehome doctor")
