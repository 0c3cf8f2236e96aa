"""Checkup -> a table for people and JSON for machines. Candidate text passes ``safe.terminal``."""

from __future__ import annotations

import json
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.check.check import Checkup
from harness.check.phases import Phase, State
from harness.model import Verdict
from harness.report.safe import terminal

MARKS = {
    State.OK: ("✓", "green"),
    State.COSTS: ("~", "yellow"),
    State.FAILS: ("✗", "red"),
    State.SKIPPED: ("-", "dim"),
}
TAIL_LINES, SHOWN_FINDINGS = 12, 3
NO_PROMISE = "This is no score: hidden rows decide, and some of them are messier than these."


def show_checkup(console: Console, checkup: Checkup) -> None:
    """The table, what failed in its own words, and what the public rows say."""
    table = Table(box=None, pad_edge=False, show_edge=False)
    table.add_column("")
    table.add_column("phase", no_wrap=True)
    table.add_column("seen", overflow="fold", ratio=3)
    table.add_column("what to do", overflow="fold", ratio=2)
    for phase in checkup.phases:
        mark, style = MARKS[phase.state]
        seen = Text(terminal(phase.seen, limit=400))
        act = Text("" if phase.state is State.OK else terminal(phase.act, limit=300))
        table.add_row(Text(mark, style=style), Text(phase.name), seen, act)
    console.print(table)
    for phase in checkup.phases:
        _show_details(console, phase)
    for remark in (*checkup.remarks, *checkup.ours):
        console.print(Text(f"! {terminal(remark)}", style="yellow"), soft_wrap=True)
    _show_end(console, checkup)


def as_json(checkup: Checkup) -> str:
    """All of it; ``runs`` is what exit code 0 says."""
    score = checkup.metric
    known = score.verdict is Verdict.GRADED
    found: dict[str, Any] = {
        "assignment": checkup.spec.slug,
        "version": checkup.spec.version,
        "edition": checkup.spec.edition,
        "track": checkup.track,
        "runs": checkup.runs,
        "phases": [phase.model_dump(mode="json") for phase in checkup.phases],
        "metric": {
            "name": checkup.spec.metric.value,
            "value": score.value if known else None,
            "interval": score.interval if known else None,
            "rows": checkup.rows,
            "on": "public validation rows",
        },
        "remarks": list(checkup.remarks),
        "ours": list(checkup.ours),
        "seconds": checkup.seconds,
    }
    return json.dumps(found, indent=1, ensure_ascii=False)


def _show_details(console: Console, phase: Phase) -> None:
    if phase.state in (State.OK, State.SKIPPED):
        return
    for finding in phase.findings[:SHOWN_FINDINGS]:
        place = f"{finding.place}: " if str(finding.place) else ""
        fix = f" -> {finding.fix}" if finding.fix else ""
        console.print(
            Text(f"  {phase.name}: {terminal(f'{place}{finding.what}{fix}', limit=400)}"), soft_wrap=True
        )
    if phase.tail.strip():
        console.print(Text(f"  {phase.name}, the end of its output:", style="dim"))
        for line in phase.tail.strip().splitlines()[-TAIL_LINES:]:
            console.print(Text(f"    {terminal(line, limit=300)}", style="dim"), soft_wrap=True)


def _show_end(console: Console, checkup: Checkup) -> None:
    if checkup.metric.verdict is Verdict.GRADED:
        console.print(Text(f"{terminal(checkup.metric.reason)}.", style="bold"), soft_wrap=True)
        console.print(
            f"It means something only if your training did not read them. {NO_PROMISE}", soft_wrap=True
        )
    if checkup.runs:
        console.print(Text(f"Everything runs ({checkup.seconds:.0f} s).", style="bold green"))
    elif checkup.costly:
        told = f"Will cost points: {', '.join(checkup.costly)} ({checkup.seconds:.0f} s)."
        console.print(Text(told, style="bold yellow"), soft_wrap=True)
