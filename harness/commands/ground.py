"""What several commands stand on: the assignment with its graders, and the console for people."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from harness.exam import Bench
    from harness.model import Grader, Scorecard

UNGRADED, BELOW_BAR = 4, 5

AssignmentOption = Annotated[
    str, typer.Option("--assignment", "-a", help="Slug of the assignment, or its folder.", show_default=False)
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON on stdout.")]


def bench_of(assignment: str, runs: Path | None = None, *, level: str = "") -> Bench:
    """The assignment laid out to grade against, weighed for ``level``.

    Raises:
        UsageError: there is no such assignment or level here, or no checkout.
        SpecError: its assignment.yaml or checks.py is wrong.
        UsageError: an installed grader is broken.
    """
    from harness.assignment import at_level, find, load
    from harness.exam import Bench
    from harness.store import Places

    places = Places.find(runs=runs)
    folder = find(assignment, places.root / "assignments")
    graders = graders_of(folder, every_grader())
    weighed = at_level(load(folder, graders), level)
    return Bench(assignment=weighed, folder=folder, graders=graders, places=places)


def every_grader() -> dict[str, Grader[Any]]:
    """Ours, and those of installed distributions.

    Raises:
        UsageError: an installed one is broken, or takes a name of ours.
    """
    from graders import REGISTRY
    from harness.extensions import installed

    return {**REGISTRY, **installed(REGISTRY)}


def graders_of(folder: Path, every: Mapping[str, Grader[Any]]) -> dict[str, Grader[Any]]:
    """What an assignment's rubric may name: ``every`` grader, and those of its own checks.py.

    Raises:
        SpecError: its checks.py is wrong.
    """
    from harness.extensions import own

    return {**every, **own(folder, every)}


def exit_code(card: Scorecard, bar: float | None) -> int:
    """Of the contract: 0 graded in full, at or above ``bar``; UNGRADED, or BELOW_BAR."""
    if card.total is None:
        return UNGRADED
    return BELOW_BAR if bar is not None and float(card.total) < bar else 0


def stderr() -> Console:
    """For people; stdout is data."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)
