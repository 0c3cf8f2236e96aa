"""/submission (read-only) -> /work, a copy that the candidate's commands may write to.

Runs inside a container, shared by the scripts beside it; standard library only. Everything here runs in the
candidate's trust domain: it is a convenience for them, and nothing it says decides a score.
"""

from __future__ import annotations

import contextlib
import errno
import filecmp
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

LEFTOVERS = frozenset({"__pycache__", ".pytest_cache"})
# ends of what decides which code is tested and how
CODE = (".py", ".pyc", ".pyi", ".pth", ".so", ".sh", ".ini", ".cfg", ".toml", ".mk", "makefile")
NOT_FOUND, NOT_EXECUTABLE, CANNOT_KEEP = 127, 126, 73  # as shells and sysexits.h have them


@dataclass(frozen=True)
class Places:
    """Where things are in a container; tests lay the same tree elsewhere."""

    submission: Path = Path("/submission")
    data: Path = Path("/data")
    kept: Path = Path("/kept")  # what an earlier stage wrote into the repository (--keep-work)
    output: Path = Path("/output")
    work: Path = Path("/work")
    fonts: Path = Path("/opt/takehome-fonts")  # matplotlib's font list, made when the image was built


def prepare(places: Places, environment: Mapping[str, str], *, generated_code: bool = True) -> None:
    """Fill /work and make the folders that commands expect. What cannot be copied is said and skipped.

    ``generated_code``: whether code and configuration that training wrote is laid over the repository too.

    Raises:
        OSError: /work has no room or cannot be written to: an empty one would be blamed on the candidate.
    """
    if not os.access(places.work, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, "cannot be written to", str(places.work))
    copy_tree(places.submission, places.work)
    copy_tree(places.kept, places.work, without=() if generated_code else CODE)
    link = places.work / "data"
    if places.data.is_dir() and not os.path.lexists(link):
        link.symlink_to(places.data, target_is_directory=True)
    if model := environment.get("TAKEHOME_MODEL"):
        folder = Path(os.path.normpath(model))
        if folder.is_relative_to(places.output):
            _attempt(folder.mkdir, parents=True, exist_ok=True)
    for name in ("HOME", "MPLCONFIGDIR"):
        if folder_name := environment.get(name):
            _attempt(Path(folder_name).mkdir, parents=True, exist_ok=True)
    if fonts := environment.get("MPLCONFIGDIR"):
        copy_tree(places.fonts, Path(fonts))  # else every import of pyplot scans the fonts anew


def copy_tree(source: Path, target: Path, *, without: tuple[str, ...] = ()) -> None:
    """Copy regular files and folders with their execute bits and times, and the links that stay inside.

    ``without``: ends of file names that are left out.

    Links that lead out, devices, sockets and what cannot be read are named on stderr and left out.
    """
    top = source.resolve()
    for entry, relative in walk(source):
        copy = target / relative
        if without and entry.name.lower().endswith(without) and not entry.is_dir(follow_symlinks=False):
            say(f"left out {relative}: training wrote it")
            continue
        try:
            if entry.is_symlink():
                _copy_link(Path(entry.path), copy, top)
            elif entry.is_dir(follow_symlinks=False):
                copy.mkdir(exist_ok=True)
            else:
                copy_file(Path(entry.path), copy)
        except (OSError, ValueError) as error:
            if getattr(error, "errno", None) == errno.ENOSPC:
                raise
            say(f"left out {relative}: {_why(error)}")


def walk(top: Path) -> Iterator[tuple[os.DirEntry[str], str]]:
    """Entries below ``top`` with relative names, parents first, in name order; links are not entered."""
    waiting = [(str(top), "")]
    while waiting:
        folder, prefix = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        except OSError as error:
            say(f"left out {prefix or folder}: {_why(error)}")
            continue
        for entry in entries:
            relative = f"{prefix}{entry.name}"
            yield entry, relative
            if entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, f"{relative}/"))


def copy_file(source: Path, target: Path) -> None:
    """Copy one regular file; never follows a link or waits for a pipe.

    Raises:
        ValueError: it is not a regular file.
        OSError: it cannot be read or written.
    """
    descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as reader:
        found = os.fstat(reader.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise ValueError("not a regular file")
        with target.open("wb") as writer:
            shutil.copyfileobj(reader, writer, 1 << 20)
    target.chmod(0o755 if found.st_mode & 0o111 else 0o644)
    os.utime(target, ns=(found.st_mtime_ns, found.st_mtime_ns))  # make(1) compares times


def _copy_link(link: Path, copy: Path, top: Path) -> None:
    try:
        inside = link.resolve().is_relative_to(top)
    except RuntimeError:
        raise ValueError("a link that leads to itself") from None
    if not inside:
        raise ValueError("a link that leads out of the repository")
    if (text := link.readlink()).is_absolute():
        raise ValueError("a link with an absolute path")
    copy.symlink_to(text)


def keep_work(places: Places) -> None:
    """Copy what is new or changed in /work against /submission to /output/work; regular files only.

    Raises:
        OSError: /output has no room.
    """
    for entry, relative in walk(places.work):
        if LEFTOVERS.intersection(Path(relative).parts) or not entry.is_file(follow_symlinks=False):
            continue
        source = Path(entry.path)
        if _unchanged(source, places.submission / relative):
            continue
        target = places.output / "work" / relative
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            copy_file(source, target)
        except (FileNotFoundError, PermissionError, ValueError) as error:
            say(f"not kept: {relative}: {_why(error)}")


def _unchanged(source: Path, original: Path) -> bool:
    if original.is_symlink() or not original.is_file():
        return False
    with contextlib.suppress(OSError):
        return filecmp.cmp(source, original, shallow=False)
    return False


def run(argv: list[str], folder: Path) -> int:
    """Run a command in ``folder``; SIGTERM, SIGINT and SIGHUP go to its whole process group.

    Returns its exit code, 128 + n when signal n ended it, 127 or 126 when it could not be started.
    """
    if shutil.which(argv[0], path=_search_path(folder)) is None and not _names_a_file(argv[0], folder):
        say(f"command not found: {argv[0]}")
        return NOT_FOUND
    started: list[subprocess.Popen[bytes]] = []
    early: list[int] = []  # what came before there was anybody to pass it on to

    def pass_on(number: int, _frame: object) -> None:
        if not started:
            early.append(number)
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started[0].pid, number)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, pass_on)
    try:
        child = subprocess.Popen(argv, cwd=folder, start_new_session=True)
    except (OSError, ValueError) as error:
        hint = " (a script needs a first line such as #!/bin/sh)" if _is(error, errno.ENOEXEC) else ""
        say(f"cannot run {argv[0]}: {_why(error)}{hint}")
        return NOT_EXECUTABLE
    started.append(child)
    for number in early:
        pass_on(number, None)
    code = child.wait()
    return 128 - code if code < 0 else code


def _search_path(folder: Path) -> str:
    # Popen looks words up from the new folder: an entry of PATH that is not absolute means a place in there.
    entries = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return os.pathsep.join(str(folder / entry) for entry in entries)


def _names_a_file(word: str, folder: Path) -> bool:
    return "/" in word and (folder / word).exists()


def say(sentence: str) -> None:
    """One line to people; control characters in a candidate's file names stay visible and harmless."""
    line = sentence.encode("utf-8", "backslashreplace").decode("utf-8")
    printable = "".join(c if c.isprintable() else repr(c)[1:-1] for c in line)
    print(f"takehome: {printable}", file=sys.stderr, flush=True)


def _attempt(make: object, **keywords: bool) -> None:
    assert callable(make)
    try:
        make(**keywords)
    except OSError as error:
        say(f"cannot make a folder: {error}")


def _is(error: BaseException, number: int) -> bool:
    return isinstance(error, OSError) and error.errno == number


def _why(error: BaseException) -> str:
    if _is(error, errno.ELOOP):
        return "a link"
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
