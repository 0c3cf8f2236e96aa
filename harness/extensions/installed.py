"""Installed distributions -> their graders, by the entry-point group ``takehome.graders``.

    [project.entry-points."takehome.graders"]      # pyproject.toml of a distribution
    punctual = "our_graders.punctual:GRADER"       # the grader's own name = where it stands

Every one is imported, also where no rubric names it: a broken one is found by who installs it, and at once.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from harness.errors import UsageError
from harness.extensions.sound import sound
from harness.model import Grader

GROUP = "takehome.graders"


def installed(taken: Collection[str]) -> dict[str, Grader[Any]]:
    """Name -> grader. ``taken``: names of ours, which nobody may take away.

    Raises:
        UsageError: one cannot be imported, is no grader, or has a name that is taken; whose it is, is said.
    """
    found: dict[str, Grader[Any]] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, _distribution(point))):
        if point.name in taken:
            raise _refused(point, "a grader of takehome has this name", act="rename it there")
        if point.name in found:
            other = found[point.name].source
            raise _refused(point, f"{other} has this name too", act="keep one of them")
        found[point.name] = replace(_loaded(point), source=f"{_distribution(point)} ({point.value})")
    return found


def _loaded(point: EntryPoint) -> Grader[Any]:
    try:
        found = point.load()
    except (Exception, SystemExit) as error:
        why = f"{point.value} cannot be imported: {type(error).__name__}: {error}"
        raise _refused(point, why) from error
    try:
        return sound(found, point.name)
    except ValueError as error:
        raise _refused(point, f"{point.value} {error}") from error


def _refused(point: EntryPoint, why: str, *, act: str = "mend or upgrade it") -> UsageError:
    name = point.dist.name if point.dist else "its distribution"
    return UsageError(
        f"{_distribution(point)}: entry point {point.name!r} of {GROUP}: {why}",
        hint=f"{act}, or pip uninstall {name}",
    )


def _distribution(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist else "a distribution without metadata"
