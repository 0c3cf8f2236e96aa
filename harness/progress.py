"""What a person sees while it runs and when it is done. stderr only; colour only on a terminal."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from harness.errors import TakehomeError
from harness.model import Ended, Scorecard, StageResult, Verdict
from harness.report.safe import terminal
from harness.sandbox import Protection, State

MARKS = {
    Ended.FINISHED: ("✓", "green"),
    Ended.SKIPPED: ("-", "dim"),
}
FAILED_MARK = ("✗", "red")


class Progress:
    """A Watcher: a live list of stages on a terminal, a line a stage anywhere else."""

    def __init__(self, console: Console, title: str) -> None:
        self._console, self._title = console, title
        self._lock = threading.Lock()
        self._running: dict[str, float] = {}
        self._done: list[StageResult] = []
        self._live = Live(get_renderable=self._table, console=console, refresh_per_second=4, transient=True)

    def __enter__(self) -> Progress:
        if self._console.is_terminal:
            self._live.start()
        else:
            self._console.print(self._title)
        return self

    def __exit__(self, *_: object) -> None:
        if self._console.is_terminal:
            self._live.stop()
            for result in self._done:
                self._console.print(_line(result))

    def started(self, stage: str) -> None:
        """A stage is about to run."""
        with self._lock:
            self._running[stage] = time.monotonic()

    def ended(self, result: StageResult) -> None:
        """A stage ended, or was skipped."""
        with self._lock:
            self._running.pop(result.stage, None)
            self._done.append(result)
            if not self._console.is_terminal:
                self._console.print(_line(result))

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 1))
        table.add_row(Text(self._title, style="bold"))
        with self._lock:
            for result in self._done:
                table.add_row(_line(result))
            for stage, since in self._running.items():
                table.add_row(Text(f"  … {stage:<19}{time.monotonic() - since:6.0f} s", style="cyan"))
        return table


def show_card(console: Console, card: Scorecard, run: Path, *, cached: bool) -> None:
    """The card in a few lines: what was earned, what was lost and why, where the report is."""
    table = Table(box=None, pad_edge=False, show_edge=False)
    for name, justify in (("", "left"), ("criterion", "left"), ("points", "right"), ("of", "right")):
        table.add_column(name, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    table.add_column("why", overflow="fold")
    for line in card.lines:
        style = {Verdict.MISSING: "red", Verdict.UNGRADED: "magenta"}.get(line.score.verdict, "")
        table.add_row(
            line.criterion.id,
            line.criterion.title,
            "-" if line.points is None else f"{line.points}",
            f"{line.weight:.2f}",
            Text(terminal(line.score.reason), style=style),
        )
    console.print(table)
    for sentence in (*card.gates, *(f"needs a human: {why}" for why in card.needs_human)):
        console.print(Text(f"! {terminal(sentence)}", style="yellow"))
    if card.total is None:
        console.print(Text(f"Total withheld: {terminal(card.withheld)}", style="bold magenta"))
    else:
        low, high = card.total_interval or (card.total, card.total)
        about = f" (about 95 %: {low} to {high})" if low < high else ""
        level = f" at the {card.provenance['level']} level" if "level" in card.provenance else ""
        console.print(Text(f"Total {card.total} of 100{about}{level}", style="bold"))
    if cached:
        console.print("Graded before: the same submission, assignment and images. --fresh runs it again.")
    console.print(Text(f"Report  {run / 'report.html'}", no_wrap=True, overflow="ignore"), soft_wrap=True)


def show_error(console: Console, error: TakehomeError) -> None:
    """One error: what, then the act."""
    console.print(Text(f"error: {terminal(str(error))}", style="red"), soft_wrap=True)
    if error.hint:
        console.print(Text(f"hint:  {terminal(error.hint)}"), soft_wrap=True)


def show_checks(console: Console, checks: list[Protection]) -> None:
    """What was examined: a mark, its name, and what is so or what to do."""
    marks = {State.OK: ("✓", "green"), State.WEAKER: ("~", "yellow"), State.MISSING: ("✗", "red")}
    for check in checks:
        mark, style = marks[check.state]
        text = Text.assemble((mark, style), f" {check.name:<31}{terminal(check.advice)}")
        console.print(text, soft_wrap=True)


def _line(result: StageResult) -> Text:
    mark, style = MARKS[Ended.FINISHED] if result.went_well else MARKS.get(result.ended, FAILED_MARK)
    text = Text.assemble((f"  {mark} ", style), f"{result.stage:<19}")
    if result.ended is Ended.SKIPPED:
        text.append(f"skipped: {terminal(result.reason)}", style="dim")
        return text
    memory = "" if result.peak_memory_mb is None else f"{result.peak_memory_mb:7.0f} MB"
    text.append(f"{result.seconds:6.1f} s{memory}")
    if not result.went_well:
        text.append(f"  {result.told}: {terminal(result.reason)}", style=style)
    elif result.ended is not Ended.FINISHED:
        text.append(f"  {result.told}", style="dim")
    return text
