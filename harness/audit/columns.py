"""Is one column the answer? Each alone against what all others reach together, and against the reference.

A strong column is no leak: contract length does predict who leaves. It is one when it alone comes within a
twentieth of the way that an honest model comes, or when it is filled in training and empty when scoring.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.audit import trees
from harness.audit.about import is_excused
from harness.audit.features import Feature, features_of
from harness.audit.findings import Measured, Noted, Weight
from harness.audit.laid import Laid, Part
from harness.audit.signal import area, area_se, crossfitted, enough, folds, shift_test
from harness.audit.trees import CHANCE
from harness.edition import About

SCAN = "columns"
NEARLY_ALL = 0.95  # of the way from chance to the honest model
SURE = 2.5  # standard errors that a column must stand above a threshold
BY_FAR = 0.05  # area above all other columns together: a leak also where no reference was measured
GONE = 0.05  # area that a column loses between training and scoring before it is worth a word
FILLED, EMPTY = 0.02, 0.999  # filled in training, empty when scoring: written after the fact

Place = tuple[str, str]  # table, column


@dataclass(frozen=True)
class Alone:
    """How well one column ranks the rows of one part, by cross-fitted rates."""

    feature: Feature
    part: str
    auc: float
    se: float


def scan(laid: Laid, reference_auc: float | None = None) -> Measured:
    """Every column of training and of the natural hidden rows.

    ``reference_auc``: of the reference submission on these hidden rows, where it is known; else an honest
    model of ours on all other columns stands in for it.
    """
    measured = Measured()
    train, natural = laid.train, laid.natural
    both = {part.name: features_of(part, laid.about) for part in (train, natural)}
    alone = {part.name: _alone(part, both[part.name]) for part in (train, natural)}
    for part in (train, natural):
        _strong(part, alone[part.name], laid.about, reference_auc, measured)
    _blank_when_scoring(laid, both, alone[train.name], measured)
    return measured


def traps_found(laid: Laid) -> dict[str, str]:
    """Trap name -> how a look at its column or table betrays it; traps that nothing betrays are absent."""
    both = [features_of(part, laid.about) for part in (laid.train, laid.natural)]
    told: dict[str, str] = {}
    for trap in laid.about.traps:
        places = [(f.table, f.column) for f in both[0]]
        mine = [p for p in places if p[0] == trap.table and trap.column in (None, p[1])]
        sentences = [s for place in dict.fromkeys(mine) if (s := _betrayed(laid, place, both))]
        if sentences:
            told[trap.name] = sentences[0]
    return told


def _alone(part: Part, features: Sequence[Feature]) -> list[Alone]:
    if not enough(part.label):
        return []
    found = []
    for feature in features:
        auc = area(part.label, crossfitted(feature.codes, part.label))
        found.append(Alone(feature, part.name, auc, area_se(auc, part.label)))
    return found


def _strong(
    part: Part, alone: Sequence[Alone], about: About, reference_auc: float | None, measured: Measured
) -> None:
    """Flag a column whose area stands surely above NEARLY_ALL of the way to an honest model's."""
    honest = [a for a in alone if not is_excused(about, a.feature.table, a.feature.column)]
    best = _best_by_place(honest)
    for place, one in best.items():
        rival = max((other.auc for at, other in best.items() if at != place), default=CHANCE)
        surely = one.auc - SURE * one.se
        if surely <= _nearly(max(rival, CHANCE)):
            continue  # another column alone does as well: no need to fit a model
        others = [a.feature for a in honest if (a.feature.table, a.feature.column) != place]
        reached = max(trees.reached(others, part.label, folds(part.label.size)), rival)
        known = reference_auc is not None
        limit = _nearly(max(reached, reference_auc or 0.0))
        if surely <= limit:
            continue
        weight = Weight.FLAW if known or surely > reached + BY_FAR else Weight.ADVICE
        measured.noted.append(_too_strong(one, part, limit, reached, reference_auc, weight))


def _too_strong(
    one: Alone, part: Part, limit: float, reached: float, reference_auc: float | None, weight: Weight
) -> Noted:
    against = f"all other columns together reach {reached:.3f}"
    if reference_auc is not None:
        against += f", the reference {reference_auc:.3f}"
    return Noted(
        scan=SCAN,
        weight=weight,
        table=f"{part.folder}/{one.feature.table}",
        column=one.feature.column or one.feature.of,
        what=f"alone ({one.feature.of}) ranks the rows with an AUC of {one.auc:.3f}; {against}",
        statistic="AUC of one column, cross-fitted",
        value=one.auc,
        threshold=limit,
        source=f"{NEARLY_ALL:.0%} of the way from .5 to the honest model, passed by {SURE:g} standard errors",
        act="remove or weaken the column; if it is meant to mislead, declare it in about.traps with its cue",
    )


def _blank_when_scoring(
    laid: Laid, both: Mapping[str, Sequence[Feature]], alone: Sequence[Alone], measured: Measured
) -> None:
    """A column of training that is empty in every row to predict was written after the fact."""
    scored = {(f.table, f.column, f.of): f for f in both[laid.natural.name]}
    for one in alone:
        feature = one.feature
        if feature.of != "value" or is_excused(laid.about, feature.table, feature.column):
            continue
        when_scoring = scored.get((feature.table, feature.column, feature.of))
        if when_scoring is None or feature.blank > 1 - FILLED or when_scoring.blank < EMPTY:
            continue
        weight = Weight.FLAW if one.auc > CHANCE + GONE + SURE * one.se else Weight.ADVICE
        measured.noted.append(
            Noted(
                scan=SCAN,
                weight=weight,
                table=f"public/{feature.table}",
                column=feature.column,
                what=f"filled in {1 - feature.blank:.0%} of the training rows (alone an AUC of {one.auc:.3f})"
                " and empty in every row to predict",
                statistic="share of hidden rows in which it is blank",
                value=when_scoring.blank,
                threshold=EMPTY,
                source="a column that is known when training and never when scoring",
                act="drop the column, or declare it in about.traps with the cue by which it can be found",
            )
        )


def _betrayed(laid: Laid, place: Place, both: Sequence[Sequence[Feature]]) -> str:
    """How train and scoring differ in this column, as a sentence; empty when nothing surely does."""
    train, natural = laid.train, laid.natural
    scored = {(f.table, f.column, f.of): f for f in both[1]}
    mine = [f for f in both[0] if (f.table, f.column) == place]
    tests = max(1, len(mine))
    for feature in mine:
        other = scored.get((feature.table, feature.column, feature.of))
        if other is None:
            return f"a kind of {feature.column or feature.table} is not there when scoring"
        if feature.blank <= 1 - FILLED and other.blank >= EMPTY:
            return f"filled in {1 - feature.blank:.0%} of training and blank in every row to predict"
        one, two = (_one_alone(p, f) for p, f in ((train, feature), (natural, other)))
        if one.auc - two.auc > GONE + SURE * (one.se**2 + two.se**2) ** 0.5:
            return f"alone an AUC of {one.auc:.3f} in training and {two.auc:.3f} in the rows to predict"
        distance, p = (0.0, 1.0) if feature.is_category else shift_test(feature.values, other.values)
        if p < 0.001 / tests and distance > GONE:
            return f"{feature.of} differs between training and scoring (Kolmogorov distance {distance:.2f})"
    return ""


def _one_alone(part: Part, feature: Feature) -> Alone:
    auc = area(part.label, crossfitted(feature.codes, part.label))
    return Alone(feature, part.name, auc, area_se(auc, part.label))


def _best_by_place(alone: Sequence[Alone]) -> dict[Place, Alone]:
    best: dict[Place, Alone] = {}
    for one in alone:
        place = (one.feature.table, one.feature.column)
        if place not in best or one.auc > best[place].auc:
            best[place] = one
    return best


def _nearly(auc: float) -> float:
    return CHANCE + NEARLY_ALL * (auc - CHANCE)
