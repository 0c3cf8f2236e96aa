"""A case: a golden submission, an edit of it, and which criteria must fall by it, and no others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from harness.model import ExtraStage, Score, Scorecard, Verdict
from tests.validity.edits import Edit

CAUGHT_FROM = 0.05  # of a criterion's 0..1: less is no verdict on a planted defect
NAMED_FROM = 0.015  # ... but for one that is named by a finding that was not there before
STAYS_WITHIN = 0.03
NEUTRAL_WITHIN = 0.5  # points of the total
# half a minute and more each, which only the cases that are about them need
DEAR = (ExtraStage.TRIALS, ExtraStage.BROKEN, ExtraStage.PERMUTED)


class Kind(StrEnum):
    """What an edit is."""

    DEFECT = "defect"
    NEUTRAL = "neutral"  # the same work in another form: no point may move


@dataclass(frozen=True)
class Case:
    """``falls``: each must. ``may``: also may, as the same mistake shows there too. The rest must stay."""

    id: str
    on: str  # assignment/submission
    edit: Edit
    falls: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    asks: tuple[ExtraStage, ...] = ()  # of DEAR, what is run and judged too
    in_ci: bool = False

    @property
    def kind(self) -> Kind:
        """A defect has something to lose."""
        return Kind.DEFECT if self.falls else Kind.NEUTRAL


@dataclass(frozen=True)
class Ruling:
    """What came of a case: how far each criterion moved, and what is wrong with that."""

    moved: dict[str, float]
    total: float
    missed: tuple[str, ...]  # planted, and not found
    strayed: tuple[str, ...]  # moved, and should have stayed
    stayed: int  # criteria that should stay, and did
    told: tuple[str, ...] = ()


def rule(case: Case, before: Scorecard, after: Scorecard) -> Ruling:
    """Pure: two cards of the same assignment, without and with the edit."""
    if before.total is None or after.total is None:
        return Ruling({}, 0.0, ("a total is withheld",), (), 0, (after.withheld,))
    old = {line.criterion.id: line.score for line in before.lines}
    new = {line.criterion.id: line.score for line in after.lines}
    moved = {leaf: (new[leaf].value or 0.0) - (old[leaf].value or 0.0) for leaf in old if leaf in new}
    total = float(after.total - before.total)
    falls = [leaf for leaf in case.falls if leaf in old]  # a rubric may not have them all
    bars = {leaf: NAMED_FROM if _named(old[leaf], new[leaf]) else CAUGHT_FROM for leaf in falls}
    missed = tuple(f"{leaf} moved {moved[leaf]:+.3f}" for leaf in falls if moved[leaf] > -bars[leaf])
    rest = [leaf for leaf in moved if leaf not in (*case.falls, *case.may)]
    strayed = tuple(f"{leaf} moved {moved[leaf]:+.3f}" for leaf in rest if abs(moved[leaf]) > STAYS_WITHIN)
    if case.kind is Kind.NEUTRAL and abs(total) > NEUTRAL_WITHIN:
        strayed = (*strayed, f"the total moved {total:+.2f}")
    told = tuple(f"{leaf}: {new[leaf].reason}" for leaf in moved if abs(moved[leaf]) > STAYS_WITHIN)
    gone = tuple(f"{leaf} lost points without evidence" for leaf in falls if not _shown(new, leaf))
    return Ruling(moved, total, (*missed, *gone), strayed, len(rest) - len(strayed), told)


def _named(old: Score, new: Score) -> bool:
    """Something is said of it that was not said before."""
    return bool({(f.rule, f.what) for f in new.findings} - {(f.rule, f.what) for f in old.findings})


def _shown(scores: dict[str, Score], leaf: str) -> bool:
    return bool(scores[leaf].findings) or scores[leaf].verdict is Verdict.MISSING
