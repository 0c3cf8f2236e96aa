"""The shell text of a RUN -> what it asks of a network that is not there, as findings. Read, never obeyed."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from harness.dockerfile.lexer import shown
from harness.model import Finding, Frozen, Place, Severity

IN_THE_BASE = frozenset(
    (
        "python3",
        "python3-venv",
        "python3-pip",
        "python3-minimal",
        "python3-dev",
        "libgomp1",
        "make",
        "ca-certificates",
        "netbase",
        "tzdata",
        "bash",
        "coreutils",
        "passwd",
        "adduser",
        "sed",
        "grep",
        "tar",
        "gzip",
        "findutils",
        "procps-ng",
    )
)
PACKAGE_MANAGERS = {"apt-get": "install", "apt": "install", "aptitude": "install", "apk": "add"}
NETWORK_TOOLS = frozenset(
    (
        "curl",
        "wget",
        "git",
        "npm",
        "npx",
        "yarn",
        "pnpm",
        "conda",
        "mamba",
        "micromamba",
        "aws",
        "gsutil",
        "gcloud",
        "az",
        "dvc",
        "huggingface-cli",
        "kaggle",
        "nc",
        "ssh",
        "scp",
        "rsync",
        "ftp",
        "go",
        "cargo",
        "gem",
        "docker",
    )
)
INSTALLERS = frozenset(("pip", "pip3", "uv", "poetry", "pdm", "pipenv"))
INDEX_OPTIONS = ("-i", "--index-url", "--extra-index-url", "--index", "--default-index", "-f", "--find-links")
BEFORE_A_COMMAND = frozenset(
    ("sudo", "exec", "time", "nohup", "env", "command", "then", "do", "else", "!", "{", "(")
)
VALUE_OPTIONS = frozenset(
    (
        "-r",
        "--requirement",
        "-c",
        "--constraint",
        "-t",
        "--target",
        "--prefix",
        "--root",
        "--python",
        "-p",
        "--only-binary",
        "--no-binary",
        "--platform",
        "--timeout",
        "--retries",
        "--progress-bar",
        "--cache-dir",
        "-w",
        "--wheel-dir",
        "-d",
        "--dest",
        "--group",
        "--extra",
        "--src",
        "--log",
    )
).union(INDEX_OPTIONS)
REQUIREMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(\[[\w,. -]*\])?\s*([<>=!~].*)?")
MAX_COMMANDS = 200
MAX_NAMES = 100


class Wanted(Frozen):
    """What pip and its like are asked for on command lines: feed it to the environment's resolver."""

    requirements: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def commands(text: str) -> list[list[str]]:
    """The simple commands of a shell line, as words. What cannot be split is left out."""
    lexer = shlex.shlex(text.replace("\n", " ; "), posix=True, punctuation_chars=";&|()")
    lexer.whitespace_split = True
    lexer.commenters = ""
    found: list[list[str]] = [[]]
    try:
        for word in lexer:
            if word and set(word) <= set(";&|()"):
                found.append([])
            elif found[-1] or (word not in BEFORE_A_COMMAND and not re.match(r"[A-Za-z_]\w*=", word)):
                found[-1].append(word)
            if len(found) > MAX_COMMANDS:
                break
    except ValueError:  # an open quote: the shell will say so
        pass
    return [command for command in found if command]


def findings_of(file: str, line: int, text: str) -> Iterator[Finding]:
    """What a reader should know about a RUN line before it is run without a network."""
    for argv in commands(text):
        name = argv[0].rpartition("/")[2]
        place = Place(file=file, line=line)
        if PACKAGE_MANAGERS.get(name) in argv[1:]:
            yield _system_packages(place, name, argv)
        elif name in NETWORK_TOOLS and not _asks_for_its_version(argv):
            yield Finding(
                what=f"RUN calls {name}, and a build here has no network",
                place=place,
                severity=Severity.MAJOR,
                fix="put what it fetches into the repository, or depend on it by name in requirements.txt",
                rule="dockerfile.network",
            )
        elif any(word.partition("=")[0] in INDEX_OPTIONS for word in _installer(argv)):
            yield Finding(
                what=f"{name} is pointed at a package index of its own; that is not obeyed",
                place=place,
                severity=Severity.MINOR,
                fix="depend on packages by name and version only",
                rule="dockerfile.index",
            )


def wanted(texts: Iterator[str] | list[str]) -> Wanted:
    """The requirements and requirement files that pip and uv are asked for in these RUN lines."""
    names: dict[str, None] = {}
    files: dict[str, None] = {}
    for text in texts:
        for argv in commands(text):
            if (rest := _installer(argv)) and "install" in rest:
                _read_install(rest[rest.index("install") + 1 :], names, files)
    return Wanted(requirements=tuple(names)[:MAX_NAMES], files=tuple(files)[:MAX_NAMES])


def _read_install(argv: list[str], names: dict[str, None], files: dict[str, None]) -> None:
    previous = ""
    for word in argv:
        if previous in ("-r", "--requirement"):
            files[word] = None
        elif word.startswith("--requirement="):
            files[word.partition("=")[2]] = None
        elif not word.startswith("-") and previous not in VALUE_OPTIONS and REQUIREMENT.fullmatch(word):
            names[word] = None
        previous = word


def _installer(argv: list[str]) -> list[str]:
    """The arguments of pip, also as ``python -m pip`` and ``uv pip``; empty for other commands."""
    name = argv[0].rpartition("/")[2]
    if re.fullmatch(r"python[\d.]*", name) and "-m" in argv[:6]:
        after = argv[argv.index("-m") + 1 :]
        return after[1:] if after[:1] == ["pip"] else []
    return argv[1:] if name in INSTALLERS else []


def _system_packages(place: Place, name: str, argv: list[str]) -> Finding:
    verb = argv.index(PACKAGE_MANAGERS[name])
    asked = [word.partition("=")[0] for word in argv[verb + 1 :] if not word.startswith("-")]
    missing = [shown(word) for word in asked if word not in IN_THE_BASE]
    listed = ", ".join(missing[:8]) + (f" and {len(missing) - 8} more" if len(missing) > 8 else "")
    return Finding(
        what=f"{name} {argv[verb]} was skipped: a build here has no network"
        + (f"; the base lacks {listed}" if missing else "; the base has what it asks for"),
        place=place,
        severity=Severity.INFO,
        fix="nothing, unless a later step needs one of them: wheels bring their own libraries",
        rule="dockerfile.system-packages",
    )


def _asks_for_its_version(argv: list[str]) -> bool:
    return len(argv) == 2 and argv[1] in ("--version", "-v", "-V", "version", "--help", "config")
