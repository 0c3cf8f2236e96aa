"""A line of the card -> what its block on the page says: numbers, plots, findings, lines of code."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from harness.model import Chart, Ended, Evidence, Finding, Line, Severity, Verdict
from harness.report import figures, plots
from harness.report.excerpt import SourceLine, excerpt

GRAVEST_FIRST = (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR, Severity.INFO)
SHOWN_FINDINGS = 8  # the rest is folded away
MOST_FINDINGS = 100  # the scorecard has them all
MOST_ROWS = 6
STRONG, FAIR, WEAK, NONE = "strong", "fair", "weak", "none"


@dataclass(frozen=True)
class Seen:
    """A finding, the place in words, the stage it points at, and the lines of code around it."""

    finding: Finding
    where: str
    stage: str  # the stage on this page that it points at, or ""
    grave: bool  # its lines of code stand open
    lines: tuple[SourceLine, ...]


@dataclass(frozen=True)
class Plot:
    """A chart drawn, or the reason why it could not be."""

    chart: Chart
    svg: Markup
    failure: str
    limit: str


@dataclass(frozen=True)
class Block:
    """A criterion as the page shows it."""

    line: Line
    points: str  # "" when ungraded
    weight: str
    own_weight: str
    renormalised: bool
    lost: str
    share: Decimal
    tone: str
    interval: tuple[str, str] | None
    interval_shares: tuple[Decimal, Decimal] | None
    act: str
    plots: tuple[Plot, ...]
    shown: tuple[Seen, ...]
    folded: tuple[Seen, ...]
    more: int
    measures: tuple[tuple[str, str], ...]
    pointed_stages: tuple[str, ...]  # stages that the reason names: evidence even without a finding
    unproved: bool  # points were lost and no finding says where


def block(line: Line, evidence: Evidence) -> Block:
    """All that one criterion's block shows."""
    score, weight = line.score, Decimal(str(line.weight))
    share = Decimal(0) if line.points is None else figures.percent(line.points, weight)
    low, high = score.interval or (0.0, 0.0)
    ends = [Decimal(str(low)), Decimal(str(high))] if low < high else None
    findings = sorted(score.findings, key=lambda f: GRAVEST_FIRST.index(f.severity))
    stages = _stages_behind(line, evidence)
    return Block(
        line=line,
        points="" if line.points is None else figures.number(line.points),
        weight=figures.number(weight),
        own_weight=figures.number(line.criterion.weight),
        renormalised=figures.hundredths(weight) != figures.hundredths(line.criterion.weight),
        lost=figures.number(lost(line)),
        share=share,
        tone=NONE if line.points is None else tone(share),
        interval=None
        if ends is None
        else (figures.number(ends[0] * weight), figures.number(ends[1] * weight)),
        interval_shares=None if ends is None else (figures.percent(ends[0], 1), figures.percent(ends[1], 1)),
        act=score.earn_back or next((f.fix for f in findings if f.fix), ""),
        plots=tuple(_plot(chart, f"{line.criterion.id}-{n}") for n, chart in enumerate(score.charts)),
        shown=tuple(_seen(f, evidence) for f in findings[:SHOWN_FINDINGS]),
        folded=tuple(_seen(f, evidence) for f in findings[SHOWN_FINDINGS:MOST_FINDINGS]),
        more=max(0, len(findings) - MOST_FINDINGS),
        measures=tuple((name, figures.measure(value)) for name, value in score.measures.items()),
        pointed_stages=stages,
        unproved=score.verdict is Verdict.GRADED and lost(line) > 0 and not findings,
    )


def lost(line: Line) -> Decimal:
    """The points this line did not earn; nothing while it is ungraded."""
    if line.points is None:
        return Decimal(0)
    return max(Decimal(0), figures.hundredths(line.weight) - line.points)


def _stages_behind(line: Line, evidence: Evidence) -> tuple[str, ...]:
    """Stages that a missing score stands on: those its reason names, first those that failed."""
    if line.score.verdict is not Verdict.MISSING:
        return ()
    words = line.score.reason.replace("'", " ").replace(":", " ").split()
    named = [name for name in evidence.stages if name in words]
    return tuple(sorted(named, key=lambda name: evidence.stages[name].ended is Ended.FINISHED))


def tone(share: Decimal) -> str:
    """The colour of a bar; never a word about a person."""
    return STRONG if share >= 80 else FAIR if share >= 50 else WEAK


def _plot(chart: Chart, key: str) -> Plot:
    limit = "" if chart.limit is None else figures.measure(chart.limit)
    try:
        return Plot(chart=chart, svg=Markup(plots.svg(chart, key)), failure="", limit=limit)  # noqa: S704 - ours
    except ValueError as error:
        return Plot(chart=chart, svg=Markup(), failure=str(error), limit=limit)


def _seen(finding: Finding, evidence: Evidence) -> Seen:
    place = finding.place
    rows = place.rows[:MOST_ROWS]
    if len(place.rows) > MOST_ROWS:
        rows = (*rows, f"and {len(place.rows) - MOST_ROWS} more")
    stage = place.stage if place.stage in evidence.stages else ""
    where = str(place.model_copy(update={"rows": rows, "stage": "" if stage else place.stage}))
    grave = finding.severity in {Severity.CRITICAL, Severity.MAJOR}
    lines = excerpt(evidence.submission.root, place)
    return Seen(finding=finding, where=where, stage=stage, grave=grave, lines=lines)
