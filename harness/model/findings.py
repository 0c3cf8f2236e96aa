"""What was seen and where: the evidence that every lost point shows."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from harness.model.values import Frozen


class Severity(StrEnum):
    """How much a finding matters to whoever reads it."""

    INFO = "info"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class Place(Frozen):
    """Where a finding points: a file and line, a notebook cell, rows, or a stage's output."""

    file: str = ""
    line: int | None = None
    cell: int | None = None
    rows: tuple[str, ...] = ()
    stage: str = ""

    def __str__(self) -> str:
        where = self.file
        if self.line is not None:
            where += f":{self.line}"
        if self.cell is not None:
            where += f" cell {self.cell}"
        if self.rows:
            where += f" rows {', '.join(self.rows)}"
        if self.stage:
            where = f"{where} (stage {self.stage})" if where else f"stage {self.stage}"
        return where.strip()


class Finding(Frozen):
    """What was seen, where, how bad, and what would fix it. Text may quote the candidate."""

    what: str = Field(min_length=1, max_length=2000)
    place: Place = Place()
    severity: Severity = Severity.MINOR
    fix: str = ""
    rule: str = ""


class Chart(Frozen):
    """A plot as data; the report draws it.

    kind: ``bars`` (labels x, heights y), ``line`` (x, y), ``intervals`` (labels x, centres y,
    low, high) or ``scale`` (one marker y[0] on a 0..1 scale with the labelled ticks x/low).
    """

    kind: str = Field(pattern=r"^(bars|line|intervals|scale)$")
    title: str
    x_label: str = ""
    y_label: str = ""
    x: tuple[str | float, ...]
    y: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    limit: float | None = None  # a dashed line: the tolerance
    caption: str = ""  # one sentence: how to read it
