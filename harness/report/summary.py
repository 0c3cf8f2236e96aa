"""View -> results/summary.md, for a CI step's summary. Everything of theirs passes ``safe.markdown``."""

from __future__ import annotations

from harness.model import Ended
from harness.report import figures
from harness.report.blocks import Block
from harness.report.safe import markdown
from harness.report.view import View

MOST_SENTENCES = 20


def summary(view: View) -> str:
    """One screen: the total, what a person must look at, the criteria, the costs, the stages."""
    parts = (_head(view), _look(view), _criteria(view), _costs(view), _stages(view), _foot(view))
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(view: View) -> str:
    card = view.card
    total = f"{view.total} of 100" if view.total else "total withheld"
    lines = [f"# {markdown(view.assignment.title)}: {total}", ""]
    if view.interval:
        lines += [f"About 95 % interval: {view.interval[0]} to {view.interval[1]}.", ""]
    if not view.total:
        lines += [f"**Total withheld:** {markdown(card.withheld)}.", ""]
    lines.append(
        f"Submission {card.submission[:12]}, track {card.track.value}, {markdown(card.assignment)} "
        f"version {card.assignment_version}, edition {markdown(card.edition)}."
    )
    return "\n".join(lines)


def _look(view: View) -> str:
    sentences = [f"**A person must look.** {markdown(s)}" for s in view.card.needs_human[:MOST_SENTENCES]]
    sentences += [f"**A cap applies.** {markdown(s)}" for s in view.card.gates[:MOST_SENTENCES]]
    if not sentences:
        return ""
    return "> [!WARNING]\n" + "\n>\n".join(f"> {s}" for s in sentences)


def _criteria(view: View) -> str:
    rows = ["## Criteria", "", "| Criterion | Points | Of | Why |", "| --- | ---: | ---: | --- |"]
    rows += [_criterion(block) for block in view.blocks]
    rows += [
        f"| {out.criterion.id} {markdown(out.criterion.title)} | left out | | {markdown(out.reason)} |"
        for out in view.card.left_out
    ]
    return "\n".join(rows)


def _criterion(block: Block) -> str:
    leaf = block.line.criterion
    name = f"{leaf.id} {markdown(leaf.title)}"
    return (
        f"| {name} | {block.points or 'not graded'} | {block.weight} | {markdown(block.line.score.reason)} |"
    )


def _costs(view: View) -> str:
    if not view.costs:
        return ""
    lines = ["## What cost the most", ""]
    for cost in view.costs:
        names = ", ".join(f"{b.line.criterion.id} {markdown(b.line.criterion.title)}" for b in cost.blocks)
        act = f"  \n  Earns it back: {markdown(cost.act)}" if cost.act else ""
        lines.append(f"- **{figures.MINUS}{cost.lost}** {names}: {markdown(cost.reason)}{act}")
    return "\n".join(lines)


def _stages(view: View) -> str:
    if not view.stages:
        return ""
    rows = [
        "## Stages",
        "",
        "| Stage | Ended | Seconds | Peak MB | Why |",
        "| --- | --- | ---: | ---: | --- |",
    ]
    for stage in view.stages:
        seconds = figures.NONE if stage.ended is Ended.SKIPPED else figures.seconds(stage.seconds)
        memory = figures.megabytes(stage.peak_memory_mb)
        why = markdown(stage.reason)
        rows.append(f"| {markdown(stage.stage)} | {stage.told} | {seconds} | {memory} | {why} |")
    return "\n".join(rows)


def _foot(view: View) -> str:
    return "The whole evidence is in report.html of the run's folder. No verdict on a person is given."
