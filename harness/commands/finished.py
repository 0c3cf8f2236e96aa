"""judge and verify: for runs that are there already. No container is started."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harness.commands.ground import bench_of, exit_code, stderr

if TYPE_CHECKING:
    from harness.model import Scorecard


def register(app: typer.Typer) -> None:
    """Add these commands to ``app``."""
    app.command()(judge)
    app.command()(verify)


def judge(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN...", help="Run folders.")],
    assignment: Annotated[str, typer.Option("--assignment", "-a", help="[default: the run's own]")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; write nothing.")] = False,
) -> None:
    """Regrade finished runs from their evidence; starts no container, needs no engine.

    A card that changes is replaced, and the old one kept beside it. Prints a JSON line a run.

    Example: takehome judge runs/telco-churn/*
    """
    import json

    from harness import pipeline
    from harness.store import read_run
    from harness.track import publish

    console = stderr()
    code = 0
    for run in runs:
        facts = read_run(run)
        bench = bench_of(assignment or facts["assignment"], level=facts.get("level", ""))
        old, new = pipeline.regrade(run, bench)
        same = old == new
        if not same and not dry_run:
            pipeline.replace_card(run, old, new, bench)
            console.print(f"MLflow  {publish(run, home=bench.places.home).sentence}", soft_wrap=True)
        for sentence in _differences(old, new):
            console.print(f"{run.name}: {sentence}", soft_wrap=True, markup=False)
        total = None if new.total is None else str(new.total)
        typer.echo(json.dumps({"run": str(run), "total": total, "identical": same}))
        code = max(code, exit_code(new, None))
    raise typer.Exit(code)


def verify(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN...", help="Run folders.")],
) -> None:
    """Check finished runs against their seals: inputs, evidence, card and report, to the byte.

    Prints a JSON line a run, with the head of its chain: the same head is a tag of the MLflow run.
    Exit code 3 when anything differs; what does is named.

    Example: takehome verify runs/telco-churn/*
    """
    import json

    from harness import seal
    from harness.report.safe import terminal as visible

    console = stderr()
    broken = False
    for run in runs:
        told = seal.verify(run)
        for sentence in told:
            console.print(f"{run.name}: {visible(sentence)}", soft_wrap=True, markup=False)
        typer.echo(json.dumps({"run": str(run), "head": seal.head_of(run), "sound": not told}))
        broken = broken or bool(told)
    raise typer.Exit(3 if broken else 0)


def _differences(old: Scorecard, new: Scorecard) -> list[str]:
    """What a regrade changed, as sentences; one sentence when nothing did."""
    if old == new:
        return [f"identical: {new.total}"]
    before = {line.criterion.id: line for line in old.lines}
    changed = [f"total {old.total} -> {new.total}"]
    for line in new.lines:
        was = before.get(line.criterion.id)
        if was is None or was.points != line.points:
            changed.append(f"{line.criterion.id} {was.points if was else 'absent'} -> {line.points}")
    for name in sorted({*old.provenance, *new.provenance}):
        if old.provenance.get(name) != new.provenance.get(name):
            changed.append(f"{name} changed")
    return changed
