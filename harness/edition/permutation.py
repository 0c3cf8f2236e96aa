"""What of the public tables says the outcome, so that it can be dealt to other rows: ``inputs/permuted``.

For `collect`, which makes the copies; never mounted, never handed out. All it holds are names of public
columns and ids of public rows, and so it needs no answer key.
"""

from __future__ import annotations

from collections.abc import Sequence

from harness.edition.about import About
from harness.model import Frozen

FOLDER, FILE = "permuted", "plan.json"
TOLD_AFTERWARDS = "post-outcome"


class Plan(Frozen):
    """Which cells are dealt anew.

    ``moves``: the columns that move together: the label, and what is written down only after the outcome,
    since some rightly correct the label by it. A column that is a clock time names the column whose distance
    it keeps (an arrival, the scheduled arrival). ``together``: ids of rows that are one thing, entered more
    than once; their outcomes move as one, so that a copy on the other side of a split still gives it away.
    """

    table: str
    id: str
    moves: dict[str, str]
    together: tuple[tuple[str, ...], ...] = ()


def plan_of(about: About, together: Sequence[Sequence[str]] = ()) -> Plan:
    """The plan of an edition, by what its author declared."""
    afterwards = [
        trap.column
        for trap in about.traps
        if trap.kind == TOLD_AFTERWARDS and trap.table == about.table and trap.column
    ]
    moves = {column: about.clocks.get(column, "") for column in (about.label, *afterwards)}
    return Plan(table=about.table, id=about.id, moves=moves, together=tuple(map(tuple, together)))
