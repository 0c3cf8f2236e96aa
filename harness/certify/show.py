"""A certificate for people: controls in their order, then every check, then what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.audit import Noted, Weight
from harness.certificate import Certificate
from harness.collect import Watcher
from harness.progress import Progress
from harness.report.safe import terminal

STYLES = {Weight.FLAW: ("✗", "red"), Weight.FOUND: ("✓", "green"), Weight.ADVICE: ("~", "yellow")}


class ConsoleDesk:
    """A Desk that shows every step with its stages, numbered as they come."""

    def __init__(self, console: Console, slug: str) -> None:
        self._console, self._slug, self._steps = console, slug, 0

    @contextmanager
    def step(self, title: str) -> Iterator[Watcher]:
        """Show ``title`` and the stages that run below it."""
        self._steps += 1
        with Progress(
            self._console, f"Certifying {self._slug} ({self._steps}): {terminal(title)}"
        ) as progress:
            yield progress


def show_certificate(console: Console, certificate: Certificate) -> None:
    """Controls, checks, findings and the verdict."""
    if certificate.controls:
        console.print(_controls(certificate))
    show_noted(console, certificate.noted)
    for check in certificate.checks:
        mark, style = ("✓", "green") if check.passed else ("✗", "red")
        console.print(
            Text.assemble((mark, style), f" {check.name:<26} {terminal(check.told)}"), soft_wrap=True
        )
        if not check.passed and check.act:
            console.print(Text(f"  {'':<27}do: {terminal(check.act)}"), soft_wrap=True)
    verdict = ("fit to hand out", "bold green") if certificate.passed else ("not fit to hand out", "bold red")
    console.print(Text(f"{certificate.assignment}: {verdict[0]}", style=verdict[1]))


@dataclass(frozen=True)
class Tried:
    """One assignment of several; no certificate when a file of it is wrong."""

    slug: str
    seconds: float
    certificate: Certificate | None


def show_overview(console: Console, tried: Sequence[Tried]) -> None:
    """A line an assignment: fit or not, how long it took, its controls, and the checks that fail."""
    table = Table(box=None, pad_edge=False, show_edge=False)
    for name, justify in (("assignment", "left"), ("", "left"), ("minutes", "right"), ("controls", "right")):
        table.add_column(name, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    table.add_column("fails", overflow="fold")
    for one in tried:
        found = one.certificate
        fit = found is not None and found.passed
        failed = ["a file is wrong"] if found is None else [c.name for c in found.checks if not c.passed]
        table.add_row(
            one.slug,
            Text("fit" if fit else "not fit", style="green" if fit else "red"),
            f"{one.seconds / 60:.1f}",
            str(len(found.controls)) if found else "",
            Text(terminal(", ".join(failed))),
        )
    console.print(table)


def show_noted(console: Console, noted: Sequence[Noted]) -> None:
    """Every finding about data, with its act."""
    for finding in noted:
        mark, style = STYLES[finding.weight]
        console.print(
            Text.assemble((mark, style), f" {finding.scan:<17} {terminal(str(finding))}"), soft_wrap=True
        )
        if finding.weight is not Weight.FOUND and finding.act:
            console.print(Text(f"  {'':<18}do: {terminal(finding.act)}"), soft_wrap=True)


def _controls(certificate: Certificate) -> Table:
    levels = sorted({level for control in certificate.controls for level in control.totals})
    table = Table(box=None, pad_edge=False, show_edge=False)
    table.add_column("control", no_wrap=True)
    table.add_column("kind", no_wrap=True)
    for name in ("total", "about 95 %", *levels):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", overflow="fold")
    known = [c for c in certificate.controls if c.total is not None]
    withheld = [c for c in certificate.controls if c.total is None]
    for control in (*sorted(known, key=lambda c: -(c.total or 0)), *withheld):
        low, high = control.interval or ("", "")
        table.add_row(
            control.name,
            control.kind,
            "withheld" if control.total is None else str(control.total),
            f"{low} to {high}" if control.interval else "",
            *(str(control.totals.get(level, "")) for level in levels),
            Text(terminal(control.why), style="dim"),
        )
    return table
