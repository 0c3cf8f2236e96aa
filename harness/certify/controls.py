"""submissions/ and expect/ -> the controls: golden submissions whose place in the order is known."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from harness.errors import SpecError
from harness.exam import Bench

SUFFIXES = (".py", ".ipynb", ".toml", ".md", ".txt", ".cfg")
MAX_COMPARED_BYTES = 200_000


class Kind(StrEnum):
    """What a control stands for."""

    REFERENCE = "reference"
    CAREFUL = "careful"
    BASELINE = "baseline"
    NAIVE = "naive"
    OVER_ENGINEERED = "over-engineered"
    BROKEN = "broken"
    LEAK = "leak"
    CHEAT = "cheat"
    NEAR_MISS = "near-miss"


LADDER = (Kind.REFERENCE, Kind.CAREFUL, Kind.BASELINE, Kind.NAIVE)
BELOW_NAIVE = (Kind.NEAR_MISS, Kind.CHEAT)
NEEDED = (*LADDER, Kind.BROKEN, *BELOW_NAIVE)
HONEST = (*LADDER, Kind.OVER_ENGINEERED)
GOOD = (Kind.REFERENCE, Kind.CAREFUL, Kind.OVER_ENGINEERED)  # work that has to be told apart


@dataclass(frozen=True)
class Golden:
    """A control's folder and what its author says of it."""

    name: str
    kind: Kind
    folder: Path
    trap: str = ""  # of a leak: which trap it falls for
    twin: str = ""  # of a leak: the control that it would be without the trap


def controls_of(bench: Bench) -> tuple[Golden, ...]:
    """Every golden submission that has a ``control:``, in the order of the kinds.

    Raises:
        SpecError: an expect file is absent or says something that is no control.
    """
    found = []
    for folder in sorted(p for p in (bench.folder / "submissions").glob("*") if p.is_dir()):
        said = _expected(bench.folder / "expect" / f"{folder.name}.yaml")
        if kind := _kind(said, folder.name, bench):
            found.append(
                Golden(folder.name, kind, folder, str(said.get("trap", "")), str(said.get("twin", "")))
            )
    return tuple(sorted(found, key=lambda g: (list(Kind).index(g.kind), g.name)))


def twin_of(leak: Golden, controls: tuple[Golden, ...]) -> Golden | None:
    """The control that a leak would be without its trap: as declared, else the one with the most lines alike.

    Raises:
        SpecError: the declared twin is no control.
    """
    honest = [g for g in controls if g.kind in HONEST]
    if leak.twin:
        named = next((g for g in honest if g.name == leak.twin), None)
        if named is None:
            names = ", ".join(g.name for g in honest)
            raise SpecError(
                f"{_place(leak)}: twin: {leak.twin!r} is no honest control", hint=f"there are: {names}"
            )
        return named
    mine = _lines(leak.folder)
    likeness = {
        g.name: difflib.SequenceMatcher(None, mine, _lines(g.folder), autojunk=False).ratio() for g in honest
    }
    return max(honest, key=lambda g: likeness[g.name], default=None)


def _expected(path: Path) -> dict[str, Any]:
    try:
        said = yaml.safe_load(path.read_text("utf-8"))
    except FileNotFoundError:
        hint = "write what its grade must be; copy the nearest one"
        raise SpecError(
            f"{path}: absent: nobody says what this golden submission must get", hint=hint
        ) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SpecError(f"{path}: cannot be read: {' '.join(str(error).split())}") from error
    if not isinstance(said, dict):
        raise SpecError(f"{path}: expected a mapping at the top")
    return said


def _kind(said: dict[str, Any], name: str, bench: Bench) -> Kind | None:
    told = said.get("control")
    if told is None:
        anchors = {Path(folder).name: role for role, folder in bench.assignment.anchors.items()}
        told = anchors.get(name)  # an anchor of the scale is a control in any case
    if told is None:
        return None
    try:
        return Kind(told)
    except ValueError:
        known = ", ".join(kind.value for kind in Kind)
        path = bench.folder / "expect" / f"{name}.yaml"
        raise SpecError(f"{path}: control: {told!r} is none", hint=f"there are: {known}") from None


def _place(golden: Golden) -> Path:
    return golden.folder.parents[1] / "expect" / f"{golden.name}.yaml"


def _lines(folder: Path) -> list[str]:
    """The lines of its text files, each file's under its name."""
    lines: list[str] = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix in SUFFIXES):
        if path.stat().st_size <= MAX_COMPARED_BYTES:
            lines += [
                path.relative_to(folder).as_posix(),
                *path.read_text("utf-8", errors="replace").splitlines(),
            ]
    return lines
