"""What a submission depends on -> a folder of wheels, keyed by its lock. Nothing of theirs is executed.

Only names and specifiers are taken from their files; options, addresses and paths are remarks, never
obeyed. Resolving uses no source distributions, so no build backend runs; wheels are unpacked, not
imported. The folder is mounted read-only in front of the image's own packages.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from harness.errors import InfraError, SubmissionError
from harness.store import folder_being_made

PYTHON_VERSION = "3.11"  # of the candidate image
PLATFORMS = {"amd64": "x86_64-manylinux_2_28", "arm64": "aarch64-manylinux_2_28"}
CONTAINER = {
    "python_version": PYTHON_VERSION,
    "sys_platform": "linux",
    "platform_system": "Linux",
    "extra": "",
}
OWN_PACKAGE = re.compile(r"(-e|--editable)?\s*\.(\[[\w,-]+\])?/?")
TIMEOUT_S = 600
MAX_FILE_BYTES = 256 * 2**10
MAX_REQUIREMENTS = 200
NETWORK_WORDS = ("dns error", "error sending request", "failed to fetch", "timed out", "connection refused")


@dataclass(frozen=True)
class Environment:
    """Where the packages are (None: the image has them all) and what to tell people about them."""

    folder: Path | None
    remarks: tuple[str, ...]


def environment_for(root: Path, base_lock: Path, shelf: Path, *, architecture: str = "amd64") -> Environment:
    """The packages the submission in ``root`` asks for beyond those of ``base_lock``, kept on ``shelf``.

    Raises:
        SubmissionError: what it asks for cannot be had, also with its pins loosened.
        InfraError: the package index cannot be reached.
    """
    wanted, remarks = requirements_of(root)
    have = _locked(base_lock)
    if all(_satisfied(requirement, have) for requirement in wanted):
        return Environment(folder=None, remarks=tuple(remarks))
    platform = PLATFORMS[architecture]
    lock, loosened = _resolve(wanted, base_lock, platform)
    remarks += loosened
    extra = {
        name: entry for name, entry in lock.items() if not entry.startswith(f"{name}=={have.get(name)} ")
    }
    if not extra:
        return Environment(folder=None, remarks=tuple(remarks))
    text = "".join(extra[name] for name in sorted(extra))
    digest = hashlib.sha256(f"{PYTHON_VERSION} {platform}\n{text}".encode()).hexdigest()
    folder = shelf / digest[:24]
    if not folder.is_dir():
        with folder_being_made(folder) as temporary:
            _install(text, temporary, platform)
    return Environment(folder=folder, remarks=tuple(remarks))


def requirements_of(root: Path) -> tuple[list[Requirement], list[str]]:
    """Names and specifiers from requirements.txt and pyproject.toml, and remarks on the rest."""
    remarks: list[str] = []
    lines = [("requirements.txt", line) for line in _text(root / "requirements.txt", remarks).splitlines()]
    lines += [("pyproject.toml", line) for line in _project_dependencies(root / "pyproject.toml", remarks)]
    wanted: dict[str, Requirement] = {}
    for file, raw in lines[: MAX_REQUIREMENTS * 10]:
        line = re.split(r"(^|\s)#", raw, maxsplit=1)[0].strip().rstrip("\\").strip()
        line = re.sub(r"\s--hash=\S+", "", line)
        if not line or line.startswith("--hash=") or OWN_PACKAGE.fullmatch(line):
            continue  # the project itself is on the path as if it were installed
        requirement = _parsed(line)
        if requirement is None:
            remarks.append(f"{file}: {line[:120]!r} is not a name with versions; it was left out")
        elif requirement.marker is None or requirement.marker.evaluate(CONTAINER):
            wanted.setdefault(canonicalize_name(requirement.name), requirement)
    if len(wanted) > MAX_REQUIREMENTS:
        raise SubmissionError(f"more than {MAX_REQUIREMENTS} requirements")
    return list(wanted.values()), remarks


def _text(path: Path, remarks: list[str]) -> str:
    if not path.is_file():
        return ""
    raw = path.read_bytes()[: MAX_FILE_BYTES + 1]
    if len(raw) > MAX_FILE_BYTES:
        remarks.append(f"{path.name}: larger than {MAX_FILE_BYTES // 1024} KiB: not read")
        return ""
    # PowerShell's `pip freeze >` writes UTF-16
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return raw.decode(encoding, "replace")


def _project_dependencies(path: Path, remarks: list[str]) -> list[str]:
    text = _text(path, remarks)
    try:
        project = tomllib.loads(text).get("project", {}) if text else {}
        found = project.get("dependencies", [])
        return [line for line in found if isinstance(line, str)]
    except (tomllib.TOMLDecodeError, AttributeError, TypeError, RecursionError) as error:
        remarks.append(f"{path.name}: cannot be read: {str(error)[:120]}")
        return []


def _parsed(line: str) -> Requirement | None:
    try:
        requirement = Requirement(line)
    except InvalidRequirement:
        return None
    return None if requirement.url else requirement


def _locked(lock: Path) -> dict[str, str]:
    """name -> version of a hashed lock file of ours."""
    pins = re.findall(r"(?m)^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", lock.read_text("utf-8"))
    return {canonicalize_name(name): version for name, version in pins}


def _satisfied(requirement: Requirement, have: dict[str, str]) -> bool:
    version = have.get(canonicalize_name(requirement.name))
    return version is not None and requirement.specifier.contains(version, prereleases=True)


def _resolve(wanted: list[Requirement], base_lock: Path, platform: str) -> tuple[dict[str, str], list[str]]:
    """name -> its entry of a hashed lock, and what had to be loosened for it to resolve."""
    complaints = []
    for sentence, lines in _attempts(wanted):
        with tempfile.TemporaryDirectory(prefix="takehome-") as folder:
            out = Path(folder) / "out.lock"
            # versions in an existing output file are preferred: the image's win where they fit
            out.write_text(base_lock.read_text("utf-8"), "utf-8")
            done = _uv(
                "pip", "compile", "-", "-o", str(out), "--generate-hashes", "--no-header", "--no-annotate",
                "--no-emit-index-url", "--no-build", "--python-version", PYTHON_VERSION,
                "--python-platform", platform, stdin="\n".join(lines),
            )  # fmt: skip
            if done.returncode == 0:
                return _entries(out.read_text("utf-8")), [sentence] if sentence else []
        complaints.append(done.stderr)
    raise SubmissionError(
        f"the dependencies cannot be resolved for Python {PYTHON_VERSION}: {_last_words(complaints[0])}",
        hint="try `pip install -r requirements.txt` in a fresh environment",
    )


def _attempts(wanted: list[Requirement]) -> Iterable[tuple[str, list[str]]]:
    """As written; then the pins as lower bounds; then the bare names: the nearest that resolves."""
    yield "", [_line(r, str(r.specifier)) for r in wanted]
    pinned = [r.name for r in wanted if "==" in str(r.specifier)]
    names = ", ".join(pinned[:10])
    if pinned:
        loose = [_line(r, re.sub(r"={2,3}\s*", ">=", str(r.specifier)).replace(".*", "")) for r in wanted]
        yield f"the pins of {names} do not resolve together; newer versions were installed", loose
    if any(str(r.specifier) for r in wanted):
        yield "the versions asked for do not resolve; others were installed", [_line(r, "") for r in wanted]


def _line(requirement: Requirement, specifier: str) -> str:
    extras = f"[{','.join(sorted(requirement.extras))}]" if requirement.extras else ""
    return f"{requirement.name}{extras}{specifier}"


def _entries(lock: str) -> dict[str, str]:
    """name -> ``name==version`` with its hashes, of a hashed lock file."""
    blocks = re.findall(r"(?m)^(\S+==\S+.*(?:\n[ \t]+.*)*)\n?", lock)
    return {canonicalize_name(re.split(r"==|\[", block)[0]): block + "\n" for block in blocks}


def _install(lock: str, into: Path, platform: str) -> None:
    done = _uv(
        "pip", "install", "-r", "-", "--target", str(into), "--require-hashes", "--no-deps", "--no-build",
        "--python-version", PYTHON_VERSION, "--python-platform", platform, stdin=lock,
    )  # fmt: skip
    if done.returncode != 0:
        raise SubmissionError(f"the dependencies cannot be installed: {_last_words(done.stderr)}")
    for path in into.rglob("*.pth"):
        path.unlink()  # would run code at every start of Python
    for path in (into, *into.rglob("*")):  # whatever the umask: containers read it as another user
        path.chmod(0o755 if path.is_dir() else 0o644)


def _uv(*arguments: str, stdin: str) -> subprocess.CompletedProcess[str]:
    """Run uv on text of ours. InfraError when the index is out of reach: nobody's submission is at fault."""
    command = [sys.executable, "-m", "uv", "--no-config", "--quiet", *arguments]
    with tempfile.TemporaryDirectory(prefix="takehome-") as empty:
        try:
            done = subprocess.run(
                command,
                input=stdin,
                capture_output=True,
                text=True,
                timeout=TIMEOUT_S,
                check=False,
                cwd=empty,
            )
        except subprocess.TimeoutExpired as error:
            raise InfraError(f"the package index was not done after {TIMEOUT_S} s") from error
    if done.returncode != 0 and any(words in done.stderr.lower() for words in NETWORK_WORDS):
        raise InfraError(
            f"the package index cannot be reached: {_last_words(done.stderr)}",
            hint="check the network, or the index this machine is set up for (UV_INDEX_URL)",
        )
    return done


def _last_words(stderr: str) -> str:
    return " ".join(stderr.split())[-400:]
