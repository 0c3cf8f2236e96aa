"""A certificate -> a page: every check, and what every control got in every criterion, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.certificate import Certificate, Control, Leaf
from harness.report.page import environment_of

SHADES = 5  # steps of colour between nothing and all


@dataclass(frozen=True)
class Cell:
    """One control in one criterion."""

    control: str
    leaf: Leaf | None

    @property
    def shown(self) -> str:
        """Its value as people compare it; a dash where it was not judged."""
        return "-" if self.leaf is None or self.leaf.value is None else f"{self.leaf.value:.2f}"

    @property
    def shade(self) -> str:
        """A class name: its step of colour."""
        if self.leaf is None or self.leaf.value is None:
            return "none"
        return f"s{round(self.leaf.value * SHADES)}"


@dataclass(frozen=True)
class Row:
    """One criterion over all controls."""

    leaf: Leaf
    cells: tuple[Cell, ...]


def page(certificate: Certificate) -> str:
    """The whole page as text: no script, nothing loaded."""
    controls = ranked(certificate.controls)
    template = environment_of(Path(__file__).parent).get_template("certificate.html.j2")
    return template.render(certificate=certificate, controls=controls, rows=rows(controls))


def ranked(controls: Sequence[Control]) -> tuple[Control, ...]:
    """The best first; those without a total last."""
    return tuple(sorted(controls, key=lambda c: (c.total is None, -(c.total or 0), c.name)))


def rows(controls: Sequence[Control]) -> tuple[Row, ...]:
    """Criteria in the order of the rubric, a cell a control."""
    known = {leaf.id: leaf for control in controls for leaf in control.leaves}
    by_control = {control.name: {leaf.id: leaf for leaf in control.leaves} for control in controls}
    return tuple(
        Row(leaf, tuple(Cell(c.name, by_control[c.name].get(name)) for c in controls))
        for name, leaf in known.items()
    )
