"""A git address -> entries of one commit, out of a bare clone: no checkout, no hook, no filter.

A repository on this disk (file://) may be a candidate's own, with configuration and alternates that git would
obey. So its raw history is copied first, under a configuration of ours, and the clone is made from the copy.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

from harness.errors import InfraError, SubmissionError
from harness.intake.arrivals import CHUNK, Arrivals, link_target
from harness.intake.folder import read_history
from harness.intake.git import Git
from harness.intake.history import GIT, History
from harness.intake.names import quoted
from harness.intake.source import GitSource

BARE = "repository"
WANTED = "refs/heads/submission"
CONFIG = "[core]\n\trepositoryformatversion = 0\n\tbare = true\n"
MAX_RECORD = 8_192
RECORD = re.compile(rb"(\d{6}) (blob|tree|commit) ([0-9a-f]{40}) +(\d+|-)\t(.+)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Blob:
    """A file or link of the commit."""

    name: str
    parts: tuple[str, ...]
    mode: bytes
    object_id: str


def read_repository(source: GitSource, scratch: Path, arrivals: Arrivals) -> None:
    """Offer the files of ``source``'s commit, and its history. ``scratch`` is made, and removed.

    Raises:
        SubmissionError: there is no such repository or commit, it is damaged, or over a cap.
        InfraError: there is no git, or no way to the server.
    """
    try:
        scratch.mkdir(parents=True)
        git = Git(scratch, source, arrivals.caps, arrivals.deadline)
        origin = _sanitised(source, scratch, arrivals) if source.url.startswith("file:") else source.url
        commit = _fetch(git, origin, arrivals)
        blobs = list(_listed(git, commit, arrivals))
        _offer(git, blobs, arrivals)
        (scratch / BARE / "HEAD").write_text(f"{commit}\n")
        read_history(scratch / BARE, arrivals)
    except OSError as error:
        raise InfraError(f"{scratch}: cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _sanitised(source: GitSource, scratch: Path, arrivals: Arrivals) -> str:
    """The address of a copy that holds objects and refs of theirs, and nothing that git would obey."""
    folder = Path(unquote(source.url.removeprefix("file://")))
    found = next(
        (p for p in (folder / GIT, folder) if (p / "HEAD").is_file() and (p / "objects").is_dir()), None
    )
    if found is None:
        raise SubmissionError(f"{source.shown}: not a git repository")
    caps = replace(arrivals.caps, history_bytes=arrivals.caps.clone_bytes)
    history = History(scratch / "origin", caps, arrivals.deadline)
    read_history(found, Arrivals(scratch / "nothing", history, caps, arrivals.deadline))
    if history.dropped:
        raise SubmissionError(
            f"{source.shown}: a history of {history.dropped}",
            hint="data and models do not belong into git: send an archive of the last commit",
        )
    copy = scratch / "theirs.git"
    if not history.settle("", copy):
        raise SubmissionError(f"{source.shown}: not a git repository")
    for name in ("objects", "refs"):
        (copy / name).mkdir(exist_ok=True)
    (copy / "config").write_text(CONFIG)
    return copy.as_uri()


def _fetch(git: Git, origin: str, arrivals: Arrivals) -> str:
    """Bring the wanted commit and what led to it here; answer its id."""
    git.run("init", "--quiet", "--bare", "--template=", BARE)
    in_bare = ("--git-dir", BARE)
    options = ("--quiet", "--no-tags", "--no-recurse-submodules", "--no-auto-maintenance", "--update-shallow")
    depth = f"--depth={arrivals.caps.clone_commits}"
    wanted = git.source.ref or "HEAD"
    git.run(*in_bare, "fetch", *options, depth, "--", origin, f"+{wanted}:{WANTED}")
    commit = git.run(*in_bare, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{WANTED}^{{commit}}")
    if not re.fullmatch(r"[0-9a-f]{40}", commit):
        raise SubmissionError(f"{git.source.shown}: it is no commit")
    return commit


def _listed(git: Git, commit: str, arrivals: Arrivals) -> Iterator[Blob]:
    """The files of the commit; folders are listed too, so that a tree of nothing but folders is counted."""
    with git.streaming(
        "--git-dir", BARE, "ls-tree", "-r", "-t", "-z", "-l", "--full-tree", commit
    ) as process:
        for record in _records(process):
            found = RECORD.match(record)
            if not found:
                raise SubmissionError(f"{git.source.shown}: a tree that git lists as {quoted(repr(record))}")
            mode, kind, object_id, _, raw = found.groups()
            name = raw.decode("utf-8", "surrogateescape")
            parts = arrivals.entry(name)
            if kind == b"commit":
                arrivals.leave_out(name, "a submodule: its files did not come with it")
            elif parts and kind == b"blob":
                yield Blob(name, parts, mode, object_id.decode())


def _records(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    assert process.stdout is not None
    rest = b""
    while chunk := process.stdout.read(CHUNK):
        *records, rest = (rest + chunk).split(b"\0")
        yield from records
        if len(rest) > MAX_RECORD:
            raise SubmissionError(
                f"{quoted(rest[:200].decode('utf-8', 'replace'))}: a path of over {MAX_RECORD} bytes"
            )


def _offer(git: Git, blobs: list[Blob], arrivals: Arrivals) -> None:
    with git.streaming("--git-dir", BARE, "cat-file", "--batch") as process:
        for blob in blobs:
            content = _content(process, blob)
            if blob.mode == b"120000":
                target = link_target(content, blob.name, arrivals.caps)
                arrivals.link(blob.parts, target, refuse_outside=False)
            else:
                arrivals.file(blob.parts, content, executable=blob.mode == b"100755")


def _content(process: subprocess.Popen[bytes], blob: Blob) -> Iterator[bytes]:
    assert process.stdin is not None
    assert process.stdout is not None
    gone = SubmissionError(f"{quoted(blob.name)}: git could not read its content")
    try:
        process.stdin.write(f"{blob.object_id}\n".encode())
        process.stdin.flush()
    except OSError as error:
        raise gone from error
    answer = process.stdout.readline(200).split()
    if len(answer) != 3 or answer[1] != b"blob":
        raise gone
    left = int(answer[2])
    while left:
        piece = process.stdout.read(min(CHUNK, left))
        if not piece:
            raise gone
        left -= len(piece)
        yield piece
    process.stdout.read(1)
