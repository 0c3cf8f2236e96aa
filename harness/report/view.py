"""Scorecard + Evidence -> what a page says, in the order a lead reads it. No markup here, and no escaping."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from harness.model import Assignment, Evidence, LeftOut, Line, Scorecard, StageResult, Verdict
from harness.report import figures
from harness.report.blocks import STRONG, Block, block, lost, tone
from harness.report.interview import Question, questions

SECTIONS = {
    "A": "Model and data",
    "B": "Code",
    "C": "Tests",
    "D": "Deployment",
    "E": "Communication",
}
MOST_COSTS = 5
MOST_STRENGTHS = 4
CLOSEST = 2  # shown where nothing is strong


class Standing(StrEnum):
    """How a section takes part in the total."""

    JUDGED = "judged"
    PARTLY = "partly not graded"
    UNGRADED = "not graded"
    LEFT_OUT = "does not apply to this track"
    NOT_ASKED = "not part of this assignment"


@dataclass(frozen=True)
class Section:
    """Points earned of possible in a section, with the shares of its bar in percent."""

    letter: str
    name: str
    standing: Standing
    earned: str
    possible: str
    earned_share: Decimal
    ungraded_share: Decimal
    tone: str
    width: Decimal  # this section's possible points against the largest section's
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Cost:
    """Points lost for one reason; a stage that died may cost several criteria at once."""

    blocks: tuple[Block, ...]
    lost: str
    reason: str
    act: str


@dataclass(frozen=True)
class View:
    """The page, before any markup."""

    card: Scorecard
    evidence: Evidence
    assignment: Assignment
    total: str  # "" while withheld
    uncapped: str  # what the criteria add up to, where a cap took some of it; else ""
    interval: tuple[str, str] | None
    interval_shares: tuple[Decimal, Decimal] | None
    ungraded: tuple[Block, ...]
    sections: tuple[Section, ...]
    costs: tuple[Cost, ...]
    other_losses: str  # what the costs above leave out, "" when nothing
    strengths: tuple[Block, ...]  # what earned most of its points, or else what came closest
    any_strong: bool
    blocks: tuple[Block, ...]
    stages: tuple[StageResult, ...]
    renormalised: bool
    questions: tuple[Question, ...]


def view(card: Scorecard, evidence: Evidence, assignment: Assignment) -> View:
    """Everything a page needs.

    Raises:
        ValueError: the card, the evidence and the assignment are not of one run.
    """
    if card.submission != evidence.submission.digest or card.assignment != assignment.slug:
        raise ValueError("the scorecard, the evidence and the assignment are not of one run")
    blocks = tuple(block(line, evidence) for line in card.lines)
    costs = tuple(_costs(blocks))
    ends = card.total_interval
    return View(
        card=card,
        evidence=evidence,
        assignment=assignment,
        total="" if card.total is None else figures.number(card.total),
        uncapped=_uncapped(card),
        interval=None if ends is None else (figures.number(ends[0]), figures.number(ends[1])),
        interval_shares=None
        if ends is None
        else (figures.percent(ends[0], 100), figures.percent(ends[1], 100)),
        ungraded=tuple(b for b in blocks if b.line.score.verdict is Verdict.UNGRADED),
        sections=_sections(card.lines, card.left_out, blocks),
        costs=costs[:MOST_COSTS],
        other_losses=_rest(costs[MOST_COSTS:]),
        strengths=_strengths(blocks),
        any_strong=any(b.tone == STRONG for b in blocks),
        blocks=blocks,
        stages=tuple(evidence.stages.values()),
        renormalised=any(b.renormalised for b in blocks),
        questions=questions(blocks),
    )


def _uncapped(card: Scorecard) -> str:
    earned = sum((line.points for line in card.lines if line.points is not None), Decimal(0))
    return figures.number(earned) if card.gates and card.total is not None and earned > card.total else ""


def _sections(
    lines: tuple[Line, ...], left_out: tuple[LeftOut, ...], blocks: tuple[Block, ...]
) -> tuple[Section, ...]:
    used = {line.criterion.section for line in lines} | {out.criterion.section for out in left_out}
    letters = [*SECTIONS, *sorted(used - SECTIONS.keys())]
    largest = max((_possible(lines, letter) for letter in letters), default=Decimal(0))
    return tuple(_section(letter, lines, left_out, blocks, largest) for letter in letters)


def _section(
    letter: str,
    lines: tuple[Line, ...],
    left_out: tuple[LeftOut, ...],
    blocks: tuple[Block, ...],
    largest: Decimal,
) -> Section:
    mine = tuple(line for line in lines if line.criterion.section == letter)
    possible = _possible(lines, letter)
    earned = sum((line.points for line in mine if line.points is not None), Decimal(0))
    ungraded = sum((figures.hundredths(line.weight) for line in mine if line.points is None), Decimal(0))
    return Section(
        letter=letter,
        name=SECTIONS.get(letter, f"Section {letter}"),
        standing=_standing(mine, any(left.criterion.section == letter for left in left_out)),
        earned=figures.number(earned),
        possible=figures.number(possible),
        earned_share=figures.percent(earned, possible),
        ungraded_share=figures.percent(ungraded, possible),
        tone=tone(figures.percent(earned, possible - ungraded)),
        width=figures.percent(possible, largest),
        blocks=tuple(b for b in blocks if b.line.criterion.section == letter),
    )


def _standing(mine: tuple[Line, ...], left_out: bool) -> Standing:
    if not mine:
        return Standing.LEFT_OUT if left_out else Standing.NOT_ASKED
    ungraded = sum(line.points is None for line in mine)
    return (
        Standing.JUDGED if not ungraded else Standing.UNGRADED if ungraded == len(mine) else Standing.PARTLY
    )


def _possible(lines: tuple[Line, ...], letter: str) -> Decimal:
    return sum((figures.hundredths(n.weight) for n in lines if n.criterion.section == letter), Decimal(0))


def _costs(blocks: tuple[Block, ...]) -> list[Cost]:
    """Largest loss first; criteria that are missing for the same reason are one cost."""
    causes: dict[str, list[Block]] = {}
    for found in blocks:
        if lost(found.line) > 0:
            shared = found.line.score.verdict is Verdict.MISSING
            cause = found.line.score.reason if shared else f"only {found.line.criterion.id}"
            causes.setdefault(cause, []).append(found)
    ranked = sorted(causes.values(), key=lambda group: -_lost_by(group))
    return [_cost(tuple(group)) for group in ranked]


def _cost(group: tuple[Block, ...]) -> Cost:
    acts = dict.fromkeys(b.act for b in group if b.act)
    return Cost(
        blocks=group,
        lost=figures.number(_lost_by(group)),
        reason=group[0].line.score.reason,
        act=next(iter(acts), ""),
    )


def _lost_by(group: list[Block] | tuple[Block, ...]) -> Decimal:
    return sum((lost(b.line) for b in group), Decimal(0))


def _rest(costs: tuple[Cost, ...]) -> str:
    rest = _lost_by([b for cost in costs for b in cost.blocks])
    return figures.number(rest) if rest else ""


def _strengths(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """What earned most of its points, the heaviest first; else the two that came closest."""
    strong = [b for b in blocks if b.tone == STRONG]
    if strong:
        return tuple(sorted(strong, key=lambda b: -(b.line.points or Decimal(0)))[:MOST_STRENGTHS])
    return tuple(sorted((b for b in blocks if b.share > 0), key=lambda b: -b.share)[:CLOSEST])
