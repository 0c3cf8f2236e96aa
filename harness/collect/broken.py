"""Their training or their tests on tables with one thing wrong, then on tables that are as good."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from harness.collect import stages
from harness.collect.line import Line, cpu_s
from harness.model import (
    AS_GOOD,
    Ended,
    ExtraStage,
    Stage,
    StageResult,
)


def on_broken(line: Line, does: str, plan: Callable[[], Stage], names: Iterable[str]) -> list[str]:
    """Those that failed of what there is of ``names``, in a budget of processor time."""
    usual = line.results[does]
    waits = min(max(usual.seconds / cpu_s(usual), 1.0), float(stages.SLEEPS)) if cpu_s(usual) else 1.0
    left_s, failed = float(stages.BROKEN_BUDGET_S), []
    for name in names:
        if not (line.into / ExtraStage.BROKEN / "variants" / name).is_dir():
            continue
        if left_s <= 0.0:
            line.skip(f"{does}-{name}", f"the {stages.BROKEN_BUDGET_S} s for broken tables were spent")
            continue
        result = _on_other(line, does, name, plan, waits * left_s)
        left_s -= cpu_s(result)
        if result.ended is Ended.FAILED:
            failed.append(name)
    return failed


def on_as_good(line: Line, does: str, plan: Callable[[], Stage]) -> None:
    """Without the column that nobody knows only where that may be what was refused."""
    for name in AS_GOOD:
        if _on_other(line, does, name, plan, None).ended is Ended.FINISHED:
            return


def _on_other(
    line: Line, does: str, name: str, plan: Callable[[], Stage], at_most_s: float | None
) -> StageResult:
    variant = line.into / ExtraStage.BROKEN / "variants" / name
    if not variant.is_dir():
        return line.skip(f"{does}-{name}", "no such table was made")
    return line.run(f"{does}-{name}", lambda: stages.on_other_tables(plan(), variant, at_most_s=at_most_s))
