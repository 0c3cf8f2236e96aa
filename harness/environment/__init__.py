"""What a submission depends on -> a folder of wheels, keyed by its lock. Nothing of theirs is executed.

    files --declarations--> names and versions --resolve--> a lock --unpack--> a folder, mounted read-only

Only names and specifiers are taken from their files; options, addresses and paths are findings, never obeyed.
Resolving uses no source distributions, so no build backend runs; wheels are unpacked, not imported. The
folder is mounted in front of the image's own packages.
"""

from __future__ import annotations

from harness.environment.declarations import Declarations, Named, declarations_of
from harness.environment.make import environment_for
from harness.environment.record import Environment, EnvironmentRecord, Outcome

__all__ = [
    "Declarations",
    "Environment",
    "EnvironmentRecord",
    "Named",
    "Outcome",
    "declarations_of",
    "environment_for",
]
