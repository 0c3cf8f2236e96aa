"""What only the author knows of an edition: ``about.json``. Never mounted, never handed out."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from harness.croissant import DataCard
from harness.model import Frozen


class Trap(Frozen):
    """Something in the data that misleads who does not look, and where the cue stands that gives it away."""

    name: str = Field(pattern=r"^[a-z][a-z0-9-]{2,40}$")
    kind: Literal[
        "post-outcome", "lookahead", "duplicates", "label-noise", "sentinel", "units", "dates", "spelling",
        "numbers", "drift", "join", "group", "censored", "pii",
    ]  # fmt: skip
    table: str  # a public file
    column: str | None = None  # None: rows, not a column
    cue: str = Field(min_length=10)  # a sentence a candidate could have written
    where: str  # the public file in which the cue stands


class About(Frozen):
    """One edition described for machines: where ids and labels are, which traps and canary rows it holds."""

    dataset: str
    seed: int
    table: str  # the file with one line an entity to predict
    id: str
    label: str  # its column in the training table
    positive: str  # how a positive is written there
    metric: Literal["roc_auc", "average_precision"] = "roc_auc"
    group: str | None = None
    time: str | None = None
    clocks: dict[str, str] = Field(
        default_factory=dict
    )  # a clock time known only afterwards -> the one it was expected at
    keys: dict[str, str]  # file -> the column that carries the entity's id; `table` is one of them
    traps: tuple[Trap, ...] = ()
    canaries: tuple[str, ...] = ()  # ids of fabricated training rows: whoever shows one has this edition
    card: DataCard
