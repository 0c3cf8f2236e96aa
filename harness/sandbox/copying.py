"""A COPY step -> files in a stopped container, by way of a tar of our own making. Nothing of theirs runs."""

from __future__ import annotations

import io
import posixpath
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import IO, cast

from harness.dockerfile import Copy
from harness.sandbox.collection import OverQuotaError, shown
from harness.sandbox.context import Context, glob_matches
from harness.sandbox.images import Images
from harness.sandbox.staging import LONG_AGO_S
from harness.sandbox.tar import _Reader

FRAMING = 64 * 2**20
IN_MEMORY_BYTES = 16 * 2**20
MAX_ACCOUNTS_BYTES = 2**20
MAX_SINGLE_FETCHES = 300
ROOT = (0, 0)


@dataclass(frozen=True)
class Origin:
    """A container of the stage that ``--from`` names, and what that stage has changed in the local base."""

    container: str
    changed: frozenset[str]


class CopyFaultError(Exception):
    """What they copy is not there, or cannot go where they want it."""


class Layer:
    """A tar that grows: absolute paths, one owner, bytes counted."""

    def __init__(self, *, most_bytes: int, owner: tuple[int, int] = ROOT, mode: int | None = None) -> None:
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115 (closed by put)
        self._tar = tarfile.open(fileobj=self._file, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self.left = most_bytes
        self._owner, self._mode = owner, mode
        self.folders: set[str] = set()

    def folder(self, path: str, mode: int = 0o755) -> None:
        """A folder, once."""
        if path not in self.folders:
            self.folders.add(path)
            member = tarfile.TarInfo(path.strip("/"))
            member.type, member.mode = tarfile.DIRTYPE, mode
            self._add(member)

    def file(self, path: str, content: bytes, mode: int) -> None:
        """A regular file of these bytes."""
        member = tarfile.TarInfo(path.strip("/"))
        member.size, member.mode = len(content), self._mode if self._mode is not None else mode
        self._add(member, io.BytesIO(content))

    def member(self, member: tarfile.TarInfo, path: str, content: IO[bytes] | None) -> None:
        """One of another tar under a new name: its owner, links to sockets and extra attributes go."""
        member.name, member.pax_headers = path.strip("/"), {}
        member.mode = self._mode if self._mode is not None and member.isreg() else member.mode & 0o777
        self._add(member, content)

    def put(self, images: Images, container: str) -> None:
        """Unpack it in a container that does not run."""
        with self._file:
            self._tar.close()
            self._file.seek(0)
            images.put(container, cast("IO[bytes]", self._file))

    def _add(self, member: tarfile.TarInfo, content: IO[bytes] | None = None) -> None:
        self.left -= member.size
        if self.left < 0:
            raise OverQuotaError("more than the image may hold is copied into it")
        member.uid, member.gid = self._owner
        member.uname = member.gname = ""
        member.mtime = LONG_AGO_S
        self._tar.addfile(member, content)


class Copier:
    """Carries out the COPY steps of one build."""

    def __init__(
        self, images: Images, context: Context, provided: Mapping[str, bytes], check: Callable[[], None]
    ) -> None:
        self._check = check  # called often; raises when time is up
        self._images = images
        self._context = context
        self._provided = provided

    def copy(self, step: Copy, container: str, origin: Origin | None, *, most_bytes: int) -> None:
        """Into ``container``, from ``origin`` or the build context.

        Raises:
            CopyFaultError: nothing is there to copy.
            OverQuotaError: more than ``most_bytes``.
        """
        layer = Layer(most_bytes=most_bytes, owner=self._owner(step.owner, container), mode=step.mode)
        into_folder = step.target.endswith("/") or self._is_folder(container, step.target)
        for name, text in step.texts:
            path = posixpath.join(step.target, name) if into_folder else step.target
            self._parents(layer, container, path)
            layer.file(path, text.encode(), 0o644)
        for source in step.sources:
            self._check()
            if step.provided:
                self._provide(layer, container, step, source, into_folder=into_folder)
            elif origin:
                self._from_stage(layer, container, origin, source, step.target, into_folder=into_folder)
            else:
                self._from_context(layer, container, source, step.target, into_folder=into_folder)
        layer.put(self._images, container)

    def _from_context(
        self, layer: Layer, container: str, source: str, target: str, *, into_folder: bool
    ) -> None:
        found = self._context.below(source)
        if not found and source.strip("./"):
            raise CopyFaultError(f"COPY {shown(source)}: the build context has no such file")
        plain = posixpath.normpath("/" + source).strip("/")
        is_folder = len(found) != 1 or not plain or plain in self._context.folders
        for name, below in found.items():
            self._check()
            path = posixpath.join(target, below) if into_folder or is_folder else target
            self._parents(layer, container, path if below else posixpath.join(path, "."))
            if name in self._context.files:
                content = self._context.read(name)
                layer.file(path, content, 0o755 if self._context.files[name] else 0o644)
            elif below:
                layer.folder(path)

    def _from_stage(
        self, layer: Layer, container: str, origin: Origin, source: str, target: str, *, into_folder: bool
    ) -> None:
        source = posixpath.normpath("/" + source).replace("//", "/")
        parent, last = posixpath.split(source)
        pattern = last if set(last) & set("*?[") else ""
        found = self._images.look(origin.container, parent if pattern else source)
        if found is None:
            raise CopyFaultError(f"COPY --from: the earlier stage has no {shown(source)}")
        base = posixpath.join(target, last) if into_folder and not found.is_folder else target
        base = base.rstrip("/") or "/"
        only = None
        if found.is_folder and base == found.path and not pattern and self._is_folder(container, base):
            # Both stages begin at one base: what the first has not changed is in the second already.
            only = _leaves(origin.changed, base)
        paths = [found.path] if only is None or len(only) > MAX_SINGLE_FETCHES else only
        copied = 0
        for path in paths:
            with self._images.fetch(origin.container, path) as chunks:
                reader = cast("IO[bytes]", _Reader(chunks, layer.left * 2 + FRAMING))
                with tarfile.open(fileobj=reader, mode="r|") as tar:
                    into = base if path == found.path else path
                    copied += self._members(layer, container, tar, into, pattern, only)
        if not copied and only is None:
            raise CopyFaultError(f"COPY --from: the earlier stage has no {shown(source)}")

    def _members(
        self,
        layer: Layer,
        container: str,
        tar: tarfile.TarFile,
        base: str,
        pattern: str,
        only: list[str] | None,
    ) -> int:
        """How many. The first part of every name is the copied thing itself."""
        copied = 0
        wanted = None if only is None else frozenset(only)
        for member in tar:
            self._check()
            below = member.name.partition("/")[2]
            if pattern and not (below and glob_matches(pattern, below.split("/")[0])):
                continue
            path = posixpath.join(base, below) if below else base
            if wanted is not None and path not in wanted:
                continue
            if member.islnk():
                member.linkname = posixpath.join(base, member.linkname.partition("/")[2]).strip("/")
            if not (member.isreg() or member.isdir() or member.issym() or member.islnk()):
                continue
            copied += 1
            self._parents(layer, container, path)
            if not (member.isdir() and (not below or self._is_known_folder(layer, container, path))):
                layer.member(member, path, tar.extractfile(member) if member.isreg() else None)
            elif not below:
                self._parents(layer, container, posixpath.join(path, "."))
        return copied

    def _provide(self, layer: Layer, container: str, step: Copy, source: str, *, into_folder: bool) -> None:
        name = posixpath.basename(source.rstrip("/"))
        if name not in self._provided:
            raise CopyFaultError(f"COPY --from uv's image: only uv and uvx are at hand, not {shown(source)}")
        path = posixpath.join(step.target, name) if into_folder else step.target
        self._parents(layer, container, path)
        layer.file(path, self._provided[name], 0o755)

    def _parents(self, layer: Layer, container: str, path: str) -> None:
        """Folders above ``path`` that are not there yet. One that is there keeps its owner and mode."""
        missing = []
        folder = posixpath.dirname(path)
        while folder not in ("", "/") and not self._is_known_folder(layer, container, folder):
            missing.append(folder)
            folder = posixpath.dirname(folder)
        for each in reversed(missing):
            layer.folder(each)

    def _is_known_folder(self, layer: Layer, container: str, path: str) -> bool:
        if path not in layer.folders and self._is_folder(container, path):
            layer.folders.add(path)
        return path in layer.folders

    def _is_folder(self, container: str, path: str) -> bool:
        found = self._images.look(container, path)
        return found is not None and found.is_folder

    def _owner(self, wanted: str, container: str) -> tuple[int, int]:
        if not wanted:
            return ROOT
        user, _, group = wanted.partition(":")
        uid, own_group = self._account(container, "/etc/passwd", user)
        gid = self._account(container, "/etc/group", group)[0] if group else own_group
        return uid, gid

    def _account(self, container: str, file: str, name: str) -> tuple[int, int]:
        if name.isdecimal() and len(name) < 10:
            return int(name), int(name)
        for line in self._text(container, file).splitlines():
            fields = line.split(":")
            if fields[0] == name and len(fields) > 3 and fields[2].isdecimal():
                return int(fields[2]), int(fields[3]) if fields[3].isdecimal() else int(fields[2])
        raise CopyFaultError(f"COPY --chown: {file} of the image has no {shown(name)}")

    def _text(self, container: str, path: str) -> str:
        found = self._images.look(container, path)
        if found is None or found.is_folder or found.size > MAX_ACCOUNTS_BYTES:
            return ""
        with self._images.fetch(container, found.path) as chunks:
            reader = cast("IO[bytes]", _Reader(chunks, MAX_ACCOUNTS_BYTES * 2))
            with tarfile.open(fileobj=reader, mode="r|") as tar:
                return _first_text(tar)


def _leaves(changed: frozenset[str], folder: str) -> list[str]:
    """What changed below a folder, less the folders on the way there."""
    parents = {posixpath.dirname(path) for path in changed}
    prefix = folder.rstrip("/") + "/"
    return sorted(path for path in changed if path.startswith(prefix) and path not in parents)


def _first_text(tar: Iterable[tarfile.TarInfo]) -> str:
    for member in tar:
        content = tar.extractfile(member) if isinstance(tar, tarfile.TarFile) and member.isreg() else None
        if content:
            return content.read(MAX_ACCOUNTS_BYTES).decode("utf-8", "replace")
    return ""
