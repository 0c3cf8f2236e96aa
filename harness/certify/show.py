"""A certificate for people: controls in their order, then every check, then what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

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
            Text.assemble((mark, style), f" {check.name:<27}{terminal(check.told)}"), soft_wrap=True
        )
        if not check.passed and check.act:
            console.print(Text(f"  {'':<27}do: {terminal(check.act)}"), soft_wrap=True)
    verdict = ("fit to hand out", "bold green") if certificate.passed else ("not fit to hand out", "bold red")
    console.print(Text(f"{certificate.assignment}: {verdict[0]}", style=verdict[1]))


def show_noted(console: Console, noted: Sequence[Noted]) -> None:
    """Every finding about data, with its act."""
    for finding in noted:
        mark, style = STYLES[finding.weight]
        console.print(
            Text.assemble((mark, style), f" {finding.scan:<18}{terminal(str(finding))}"), soft_wrap=True
        )
        if finding.weight is not Weight.FOUND and finding.act:
            console.print(Text(f"  {'':<18}do: {terminal(finding.act)}"), soft_wrap=True)


def _controls(certificate: Certificate) -> Table:
    levels = sorted({level for control in certificate.controls for level in control.totals})
    table = Table(box=None, pad_edge=False, show_edge=False)
    table.add_column("control")
    table.add_column("kind")
    for name in ("total", "about 95 %", *levels):
        table.add_column(name, justify="right")
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
