"""What several commands stand on: the assignment with its graders, and the console for people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from harness.exam import Bench

AssignmentOption = Annotated[
    str, typer.Option("--assignment", "-a", help="Slug of the assignment, or its folder.", show_default=False)
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON on stdout.")]


def bench_of(assignment: str, runs: Path | None = None, *, level: str = "") -> Bench:
    """The assignment laid out to grade against, weighed for ``level``.

    Raises:
        UsageError: there is no such assignment or level here, or no checkout.
        SpecError: its assignment.yaml is wrong.
    """
    from graders import REGISTRY
    from harness.assignment import at_level, find, load
    from harness.exam import Bench
    from harness.store import Places

    places = Places.find(runs=runs)
    folder = find(assignment, places.root / "assignments")
    weighed = at_level(load(folder, REGISTRY), level)
    return Bench(assignment=weighed, folder=folder, graders=REGISTRY, places=places)


def stderr() -> Console:
    """For people; stdout is data."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)
