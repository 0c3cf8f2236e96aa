"""Entries of theirs, one at a time -> a folder of ours: the one policy for folders, archives and clones.

Readers (folder, zip, tar, git) say what an entry is called and give its bytes in pieces. Names, counts,
sizes, collisions and links are judged here, so that it makes no difference how a submission was packed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from harness.errors import InfraError, SubmissionError
from harness.intake.caps import Caps, Deadline, mib
from harness.intake.history import GIT, WRAPPED, History
from harness.intake.names import LEFT_OUT, folded, is_litter, parts_of, quoted

CHUNK = 2**18
MAX_NOTES = 50
LFS = b"version https://git-lfs.github.com/spec/"

Parts = tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """A link of theirs. ``base`` is the folder its target is relative to."""

    parts: Parts
    base: Parts
    target: str
    refuse_outside: bool


@dataclass
class Arrivals:
    """What came so far, and where it is put. ``packed_bytes``: the archive's size, for the ratio."""

    into: Path
    history: History
    caps: Caps
    deadline: Deadline
    packed_bytes: int | None = None
    files: int = 0
    size_bytes: int = 0
    litter: int = 0
    notes: list[str] = field(default_factory=list)
    _unshown: int = 0
    _entries: int = 0
    _known: dict[Parts, tuple[str, str]] = field(default_factory=dict)  # folded -> kind, as spelled
    _executable: dict[Parts, bool] = field(default_factory=dict)
    _links: dict[Parts, Link] = field(default_factory=dict)
    _folders: set[Parts] = field(default_factory=set)
    _left: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.into.mkdir(parents=True, exist_ok=True)

    def entry(self, name: str) -> Parts:
        """Count an entry and check its name; nothing when it is left out (and noted) or the top itself.

        Raises:
            SubmissionError: the name is refused, there are too many, or the time is up.
        """
        self.deadline.check(quoted(name))
        self._entries += 1
        if self._entries > self.caps.entries:
            raise SubmissionError(
                f"{quoted(name)}: more than {self.caps.entries:,} entries",
                hint="leave out environments, caches and generated data",
            )
        parts = parts_of(name, self.caps)
        return () if parts and self._is_left_out(parts) else parts

    def folder(self, parts: Parts) -> None:
        """Take a folder's name. It is made with its first file: an empty one leaves no trace, as in git."""
        self._claim((*parts, ""))

    def file(self, parts: Parts, content: Iterable[bytes], *, executable: bool = False) -> None:
        """Write a file, counting bytes as they come: a size that lies gains nothing."""
        if self.history.takes(parts):
            self.history.add(parts, content)
            return
        self._claim(parts, "file")
        self.files += 1
        if self.files > self.caps.files:
            raise SubmissionError(
                f"{quoted('/'.join(parts))}: more than {self.caps.files:,} files",
                hint="leave out environments, caches and generated data",
            )
        self._executable[parts] = executable
        path = self.into.joinpath(*parts)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as ours:
                for chunk in self._counted("/".join(parts), content):
                    ours.write(chunk)
            path.chmod(0o755 if executable else 0o644)
        except OSError as error:
            raise InfraError(f"{path}: cannot be written: {error.strerror}") from error

    def link(self, parts: Parts, target: str, *, base: Parts | None = None, refuse_outside: bool) -> None:
        """Remember a link; ``finish`` puts a copy of its target in its place, if that is a file of theirs."""
        if GIT in parts:
            return
        self._claim(parts, "link")
        self._links[parts] = Link(parts, parts[:-1] if base is None else base, target, refuse_outside)

    def leave_out(self, name: str, why: str) -> None:
        """Note what stays behind."""
        if len(self.notes) < MAX_NOTES:
            self.notes.append(f"{quoted(name)}: left out ({why})")
        else:
            self._unshown += 1

    def settle_links(self) -> None:
        """Put copies where links to files of theirs were; note the others.

        Raises:
            SubmissionError: a link leads out of an archive.
        """
        for link in list(self._links.values()):
            self._settle(link)
        self._links.clear()

    def finish(self) -> tuple[str, ...]:
        """Settle what is open, and answer the notes."""
        self.settle_links()
        notes = [*self.notes]
        if self.litter:
            notes.append(f"left out {self.litter:,} entries that macOS adds (.DS_Store, ._*, __MACOSX)")
        if self._unshown:
            notes.append(f"and {self._unshown:,} more that were left out")
        return (*notes, *self.history.notes)

    def _is_left_out(self, parts: Parts) -> bool:
        if is_litter(parts):
            self.litter += 1
            return True
        if self.history.takes(parts):
            return False
        at = next((i for i, part in enumerate(parts) if part in LEFT_OUT), None)
        if at is None:
            return False
        where = "/".join(parts[: at + 1])
        if where not in self._left and (parts[at] != GIT or at >= WRAPPED):
            self._left.add(where)
            self.leave_out(where, "made by a tool, or history")
        return True

    def _claim(self, parts: Parts, kind: str = "") -> None:
        """Take a path and the folders above it; refuse a second taker, and look-alikes."""
        depth = len(parts) - 1
        while depth and parts[:depth] not in self._folders:
            depth -= 1
        for end in range(depth + 1, len(parts)):
            self._claim_one(parts[:end], "folder")
            self._folders.add(parts[:end])
        if kind:
            self._claim_one(parts, kind)

    def _claim_one(self, parts: Parts, kind: str) -> None:
        spelled = "/".join(parts)
        if parts in self._executable or parts in self._links:
            raise SubmissionError(f"{quoted(spelled)}: it comes twice")
        known_kind, known = self._known.setdefault(folded(parts), (kind, spelled))
        if known != spelled:
            raise SubmissionError(
                f"{quoted(spelled)}: differs only by case or Unicode form from {quoted(known)}",
                hint="rename one of the two",
            )
        if known_kind != kind:
            raise SubmissionError(f"{quoted(spelled)}: it comes as a {known_kind} and again as a {kind}")

    def _counted(self, name: str, content: Iterable[bytes]) -> Iterator[bytes]:
        count = 0
        for chunk in content:
            if not count and chunk.startswith(LFS):
                self.notes.append(f"{quoted(name)}: a Git LFS pointer: the file itself did not come with it")
            count += len(chunk)
            self.size_bytes += len(chunk)
            if count > self.caps.file_bytes:
                raise SubmissionError(f"{quoted(name)}: larger than {mib(self.caps.file_bytes)}")
            if self.size_bytes > self.caps.total_bytes:
                raise SubmissionError(
                    f"{quoted(name)}: more than {mib(self.caps.total_bytes)} in all",
                    hint="leave out data, models and environments: the model is trained here",
                )
            self.check_ratio(name, self.size_bytes)
            self.deadline.check(quoted(name))
            yield chunk

    def check_ratio(self, name: str, unpacked: int) -> None:
        """Refuse an archive that unpacks to far more than honest files do."""
        if self.packed_bytes is None or unpacked <= self.caps.ratio_free_bytes:
            return
        if unpacked > self.packed_bytes * self.caps.ratio:
            raise SubmissionError(
                f"{quoted(name)}: {self.packed_bytes:,} packed bytes unpack to more than {unpacked:,}: "
                f"over {self.caps.ratio} times as many"
            )

    def _settle(self, link: Link) -> None:
        name, found = "/".join(link.parts), link
        for _ in range(self.caps.link_hops):
            end = resolved(found)
            if end is None:
                break
            if end in self._executable:
                return self._copy(end, link.parts)
            if end not in self._links:
                return self.leave_out(name, f"a link to {quoted(found.target)}, which is no file that came")
            found = self._links[end]
        else:
            return self.leave_out(name, "a link that leads to itself")
        if link.refuse_outside:
            raise SubmissionError(
                f"{quoted(name)}: a link that leads out of the archive: {quoted(found.target)}",
                hint="pack the file itself, or leave the link out",
            )
        return self.leave_out(name, f"a link that leads out: {quoted(found.target)}")

    def _copy(self, source: Parts, target: Parts) -> None:
        """The target's content in the link's place: our own files only, no link of theirs is followed."""
        del self._known[folded(target)], self._links[target]
        self.file(target, chunks_of(self.into.joinpath(*source)), executable=self._executable[source])


def resolved(link: Link) -> Parts | None:
    """Where a link leads by its text alone, or None for out of the tree."""
    if link.target.startswith("/") or "\0" in link.target or not link.target:
        return None
    parts = list(link.base)
    for part in link.target.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return tuple(parts)


def link_target(content: Iterable[bytes], name: str, caps: Caps) -> str:
    """The text of a link that is stored as a file's content."""
    text = b""
    for piece in content:
        text += piece
        if len(text) > caps.path_bytes:
            raise SubmissionError(f"{quoted(name)}: a link to a path longer than {caps.path_bytes:,} bytes")
    return text.decode("utf-8", "surrogateescape")


def chunks_of(path: Path) -> Iterator[bytes]:
    """A file of ours in pieces."""
    with path.open("rb") as content:
        while chunk := content.read(CHUNK):
            yield chunk
