"""A lock -> a folder of packages for a read-only mount. Wheels are unpacked; nothing in them is run."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

from harness.environment.index import Index, TooMuchWrittenError, last_words
from harness.environment.texts import Notes, shown
from harness.errors import SubmissionError
from harness.model import Finding, Severity

SHEBANG = "#!/opt/venv/bin/python3\n"  # the candidate image's interpreter
TOLD = "takehome.json"  # findings of the unpacking, kept with what was unpacked
COMPILE_S = 240
COMPILE_MEMORY = 4 * 2**30
KNOWN_PTH = ("distutils-precedence.pth", "_virtualenv.pth")
UNPACKED_PER_BYTE = 8  # binary wheels grow two- to fourfold
ALLOWANCE = 2**30


def unpack(lock: str, into: Path, index: Index, *, wheel_bytes: int) -> None:
    """Fill ``into``; findings about what had to be taken away are in it as ``takehome.json``.

    Raises:
        SubmissionError: the wheels cannot be unpacked, or without end.
        InfraError: the index cannot be used.
    """
    try:
        answer = index.unpack(lock, into, max_written=ALLOWANCE + UNPACKED_PER_BYTE * wheel_bytes)
    except TooMuchWrittenError as error:
        raise SubmissionError(f"the packages unpack to {error} and were stopped") from None
    if not answer.ok:
        raise SubmissionError(f"the packages cannot be installed: {last_words(answer.refusal)}")
    (into / ".lock").unlink(missing_ok=True)  # the installer's own
    notes = Notes()
    _without_start_files(into, notes)
    _scripts(into / "bin")
    _readable(into)
    _compiled(into, notes)
    told = [finding.model_dump(mode="json") for finding in notes.all()]
    (into / TOLD).write_text(json.dumps(told) + "\n", "utf-8")
    (into / TOLD).chmod(0o644)


def told(folder: Path) -> tuple[Finding, ...]:
    """The findings of when ``folder`` was made."""
    with contextlib.suppress(OSError, ValueError):
        entries = json.loads((folder / TOLD).read_text("utf-8"))
        return tuple(Finding.model_validate_json(json.dumps(entry)) for entry in entries)
    return ()


def _without_start_files(folder: Path, notes: Notes) -> None:
    """No .pth files: they would run at every start of Python. Some old packages need theirs."""
    for path in sorted(folder.glob("*.pth")):
        path.unlink()
        if path.name not in KNOWN_PTH:
            what = f"{shown(path.name)} would run at every start of Python and was taken away"
            severity = Severity.MINOR
            if path.name.endswith(
                "-nspkg.pth"
            ):  # few need it: folders without __init__.py are namespaces anyway
                severity = Severity.INFO
                what += ": other packages of the same namespace may not be found"
            notes.add("package.pth", what, severity=severity)


def _scripts(folder: Path) -> None:
    """Console scripts name the interpreter that installed them: give them the container's.

    Each is written anew: a file may be a hard link into the cache of the installer.
    """
    for path in sorted(folder.glob("*")) if folder.is_dir() else []:
        if path.is_symlink() or not path.is_file():
            continue
        raw = path.read_bytes()
        first, _, rest = raw.partition(b"\n")
        if b"python" in first and first.startswith(b"#!"):
            raw = SHEBANG.encode() + rest
        elif first == b"#!/bin/sh" and re.match(rb"'''exec' [^\n]+python[^\n]*\n' '''\n", rest):
            raw = SHEBANG.encode() + rest.split(b"\n", 2)[2]  # the form for long paths
        else:
            continue
        path.unlink()
        path.write_bytes(raw)


def _readable(folder: Path) -> None:
    """Modes for another user, whatever the umask; no links: wheels have none."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if path.is_symlink():
            path.unlink()
        else:
            path.chmod(0o755 if path.is_dir() or path.parent == folder / "bin" else 0o644)


def _compiled(folder: Path, notes: Notes) -> None:
    """Bytecode beside the sources: a container cannot write it, and would compile at every import.

    Compiling runs nothing of theirs; it is done in a process of its own, because a source made to break the
    compiler should break only that. Another minor version's bytecode would be ignored: it makes none.
    """
    if sys.version_info[:2] != (3, 11):
        return
    words = (
        "-q",
        "-j",
        "2",
        "--invalidation-mode",
        "unchecked-hash",
        "-s",
        str(folder),
        "-p",
        "/env",
        str(folder),
    )
    command = [sys.executable, "-I", "-S", "-W", "ignore", "-c", LIMITED, str(COMPILE_MEMORY), *words]
    try:
        subprocess.run(command, capture_output=True, timeout=COMPILE_S, check=False, cwd=folder, env=_bare())
    except subprocess.TimeoutExpired:
        notes.add("package.bytecode", f"compiling took more than {COMPILE_S} s and was left unfinished")
    _readable(folder)


def _bare() -> dict[str, str]:
    return {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR") if name in os.environ}


LIMITED = """
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]),) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**28,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
except (ImportError, ValueError, OSError):
    pass
import compileall
del sys.argv[1]
sys.exit(not compileall.main())
"""
