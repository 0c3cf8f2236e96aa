"""Where the handout of a repository is: named, around it, in it, or around the working folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from harness.errors import UsageError
from harness.handout import PublicSpec, handout_above, read_spec
from harness.handout.layout import LABELS, VALIDATION
from harness.handout.spec import HOME, LOCK, SPEC, digest_of_data

HINT = "give the unpacked handout: takehome check PATH --data path/to/handout"


@dataclass(frozen=True)
class Found:
    """A handout: its spec, its data and the list of the image's packages."""

    folder: Path
    spec: PublicSpec
    data: Path

    @property
    def lock(self) -> Path:
        """The packages of the image that grades."""
        return self.folder / HOME / LOCK

    @property
    def remarks(self) -> tuple[str, ...]:
        """What about the handout is not as it was sent."""
        if digest_of_data(self.data) == self.spec.data_digest:
            return ()
        return (f"{self.data} is not as it was sent: graded with the original, your numbers may differ",)


def find(source: Path | str, named: Path | None) -> Found:
    """The handout that ``named`` is or lies in; else of ``source``; else of the working folder.

    Raises:
        UsageError: there is none, or its data is not there.
    """
    folder = _named(named) if named else _around(Path(source))
    data = folder / "data"
    for needed in (data / VALIDATION / LABELS, folder / HOME / LOCK):
        if not needed.is_file():
            raise UsageError(f"{needed}: absent", hint="unpack the handout again")
    return Found(folder, read_spec(folder), data)


def _named(path: Path) -> Path:
    if not path.exists():
        raise UsageError(f"--data {path}: no such folder", hint=HINT)
    if folder := handout_above(path):
        return folder
    raise UsageError(f"--data {path}: not a handout: it has no {HOME}/{SPEC}", hint=HINT)


def _around(source: Path) -> Path:
    """A repository inside a handout, or a handout that became one; last, where the person stands."""
    for start in (source if source.is_dir() else source.parent, Path()):
        if start.exists() and (folder := handout_above(start)):
            return folder
    raise UsageError(f"{source}: no handout around it: which assignment is it for?", hint=HINT)
