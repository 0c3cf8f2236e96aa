"""A delivered .git -> raw files beside the submission. No git runs on them here: a container reads them.

Only what history is made of is kept. Hooks and configuration are never copied: the one is code, the other
may hold a password. Too much history is left behind with a note; it never refuses the work.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from harness.errors import InfraError
from harness.intake.caps import Caps, Deadline, mib

GIT = ".git"
WRAPPED = 2  # .git is the first part of a path, or the second: inside the one folder of an archive
KEPT_FILES = frozenset({"HEAD", "packed-refs", "shallow"})
KEPT_FOLDERS = frozenset({"objects", "refs"})
NEVER = frozenset({("objects", "info", "alternates"), ("objects", "info", "http-alternates")})


@dataclass
class History:
    """Collects the files of ``.git`` at the top or in one wrapping folder."""

    into: Path  # one folder for each candidate .git: by the name of the folder it lies in
    caps: Caps
    deadline: Deadline
    notes: list[str] = field(default_factory=list)
    dropped: str = ""  # why nothing is kept, once that is so
    _files: int = 0
    _size_bytes: int = 0

    def takes(self, parts: tuple[str, ...]) -> bool:
        """Whether this file is part of a history that is kept."""
        if GIT not in parts[:WRAPPED]:
            return False
        return is_kept(parts[parts.index(GIT) + 1 :])

    def add(self, parts: tuple[str, ...], content: Iterable[bytes]) -> None:
        """Keep one file; from the first one over a cap on, nothing is kept and nothing is read."""
        if self.dropped:
            return
        at = parts.index(GIT)
        path = self._folder(parts[0] if at else "").joinpath(*parts[at + 1 :])
        self._files += 1
        if self._files > self.caps.history_files:
            self._drop(f"more than {self.caps.history_files:,} files")
            return
        try:
            self._write(path, content)
        except FileExistsError:
            self._drop(f"{'/'.join(parts[at:])} comes twice, or differs only by case")
        except NotADirectoryError:
            self._drop(f"{'/'.join(parts[at:])} is a file and a folder")
        except OSError as error:
            raise InfraError(f"{path}: cannot be written: {error.strerror}") from error

    def settle(self, wrapper: str, final: Path) -> Path | None:
        """Move the history of the folder that became the submission to ``final``; drop the others."""
        found = self._folder(wrapper)
        try:
            if self.dropped or not (found / "HEAD").is_file():
                return None
            final.parent.mkdir(parents=True, exist_ok=True)
            return found.rename(final)
        except OSError as error:
            raise InfraError(f"{final}: cannot be put in place: {error.strerror}") from error
        finally:
            shutil.rmtree(self.into, ignore_errors=True)

    def _folder(self, wrapper: str) -> Path:
        return self.into / f"in-{wrapper}"

    def _write(self, path: Path, content: Iterable[bytes]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as ours:
            for chunk in content:
                self.deadline.check("/".join((GIT, path.name)))
                self._size_bytes += len(chunk)
                if self._size_bytes > self.caps.history_bytes:
                    self._drop(f"more than {mib(self.caps.history_bytes)}")
                    return
                ours.write(chunk)

    def _drop(self, why: str) -> None:
        if not self.dropped:
            self.dropped = why
            self.notes.append(f"{GIT}: the history was left out ({why})")
            shutil.rmtree(self.into, ignore_errors=True)


def is_kept(below: tuple[str, ...]) -> bool:
    """Whether a path below ``.git`` is what history is made of."""
    if len(below) == 1:
        return below[0] in KEPT_FILES
    return len(below) > 1 and below[0] in KEPT_FOLDERS and below not in NEVER


def branches(history: Path) -> str:
    """A digest of what HEAD, branches and tags point at: the same history, however its objects are packed."""
    found = hashlib.sha256()
    for path in sorted((history / "HEAD", history / "packed-refs", *history.glob("refs/**/*"))):
        if path.is_file() and not path.is_symlink():
            name = path.relative_to(history).as_posix().encode("utf-8", "surrogateescape")
            found.update(name + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()
