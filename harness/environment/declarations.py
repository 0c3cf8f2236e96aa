"""A submission's folder -> the packages it asks for, each with its file and line. Reads; resolves nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from harness.environment.conda import environment_yml
from harness.environment.found import Found
from harness.environment.locks import lock
from harness.environment.pip_files import on_command_lines, requirements
from harness.environment.projects import pipfile, pyproject, setup_cfg, setup_py
from harness.environment.requirement import PYTHON_VERSION, Wanted, allows_our_python
from harness.environment.texts import Notes, Tree, shown
from harness.model import Finding, Severity

MAX_WANTED = 400  # a `pip freeze` of a data scientist's machine has some three hundred
PYTHON_FILES = ("runtime.txt", ".python-version")


@dataclass(frozen=True)
class Declarations:
    """What they ask for, the exact versions of their lock file, and what was noticed on the way."""

    wanted: tuple[Wanted, ...]
    pins: tuple[Wanted, ...]
    sources: tuple[str, ...]
    lock_file: str
    findings: tuple[Finding, ...]
    too_many: int = 0  # how many there are, where that is more than anybody needs


@dataclass(frozen=True)
class Named:
    """What the RUN lines of a Dockerfile ask pip for: requirements, and files that hold some."""

    requirements: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    file: str = "Dockerfile"


def declarations_of(root: Path, named: Named | None = None) -> Declarations:
    """Everything the submission in ``root`` declares, in the order pip users would look for it."""
    found = Found(Tree(root, Notes()))
    requirements(found)
    if named:
        on_command_lines(found, named.requirements, named.files, file=named.file)
    pyproject(found)
    setup_cfg(found)
    if not found.wanted:
        setup_py(found)
        pipfile(found)
        environment_yml(found)
    lock_file = lock(found)
    _say_which_python(found)
    too_many = len(found.wanted) if len(found.wanted) > MAX_WANTED else 0
    return Declarations(
        wanted=() if too_many else tuple(found.wanted.values()),
        pins=() if too_many else tuple(found.pins.values()),
        sources=tuple(dict.fromkeys(found.tree.read)),
        lock_file=lock_file,
        findings=found.notes.all(),
        too_many=too_many,
    )


def _say_which_python(found: Found) -> None:
    for file in PYTHON_FILES:
        for number, line in list(found.tree.lines(file))[:1]:
            version = re.search(r"\d+\.\d+(?:\.\d+)?", line[:100])
            if version:
                found.pythons.append((version[0], file, number))
    for asked, where, at in found.pythons:
        if not _ours(asked):
            what = f"asks for Python {shown(asked)}; it is run on {PYTHON_VERSION}"
            found.notes.add("python.version", what, file=where, line=at, severity=Severity.INFO)


def _ours(asked: str) -> bool:
    """Whether a specifier, or a version like 3.11 or 3.11.4, is met by the image's Python."""
    bare = re.fullmatch(r"={0,2}(\d+(?:\.\d+)?)(?:\.[\d*]+)*", asked.strip())
    if bare:
        return bare[1] in (PYTHON_VERSION, PYTHON_VERSION.split(".")[0])
    try:
        return asked.strip() in ("", "*") or allows_our_python(asked)
    except ValueError:
        return False
