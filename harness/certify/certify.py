"""Every check in order: data first, then anchors, then controls. What was graded before is found, not run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from harness import pipeline
from harness.assignment import params_of
from harness.audit import Audit, audit
from harness.certificate import Certificate, Check, Control, Leaf, parts_of
from harness.certify import difficulty, requirements
from harness.certify.controls import GOOD, Golden, Kind, controls_of, twin_of
from harness.certify.requirements import Replicates
from harness.certify.separation import replicates
from harness.collect import Watcher
from harness.dataset import open_edition
from harness.exam import Bench, prepare
from harness.judge import card_of
from harness.model import Evidence, Grader, Level, Params, Sandbox, Scorecard
from harness.track import Outcome, State

BRIEF = "brief.md"
CLAIMS = ("claims", "honest_evaluation")  # graders of what a submission says of itself
TRAP_COST = 5.0  # points of a hundred
EDITIONS = 3  # besides the assignment's own
SURELY = 1.0  # standard errors that a trap's cost must stand above TRAP_COST


class Desk(Protocol):
    """Hears what is being done; a step's watcher hears of its stages."""

    def step(self, title: str) -> AbstractContextManager[Watcher]:
        """``title`` is about to be done."""
        ...


class Contract(Protocol):
    """Holds a grader to what graders/README.md promises."""

    def __call__(self, grader: Grader[Any], run: Path, key: Path, params: Params) -> str:
        """What it does not keep on the run of a right answer, as a sentence; empty when it keeps it."""
        ...


@dataclass(frozen=True)
class Graded:
    """A control, its card and the run it stands in."""

    golden: Golden
    card: Scorecard
    run: Path


def inspect(bench: Bench, desk: Desk, *, reference_auc: float | None = None) -> Audit:
    """The audit alone: generates the edition if need be, and starts no container."""
    with desk.step(f"the data of {bench.assignment.dataset.name}"):
        edition = open_edition(bench.assignment.dataset, bench.places)
        brief = bench.folder / BRIEF
        given = (brief,) if brief.is_file() else ()
        return audit(edition.folder, reference_auc=reference_auc, handed_out=given)


def certify(
    bench: Bench, sandbox: Sandbox, desk: Desk, *, editions: int = EDITIONS, contract: Contract | None = None
) -> Certificate:
    """Run what has to be run, and check everything; by ``contract`` also the graders that are not ours.

    Raises:
        SpecError: the assignment, its data set or an expect file is wrong.
        InfraError: the engine failed; nothing is charged to the assignment.
    """
    bench = replace(bench, places=replace(bench.places, runs=bench.places.home / "controls"))
    controls = controls_of(bench)
    with desk.step("the anchors") as watcher:
        exam = prepare(bench, sandbox, watcher)
    anchored = difficulty.measured(exam)
    found = inspect(bench, desk, reference_auc=anchored.reference_auc)
    checks = [_data(found), requirements.complete(controls), difficulty.headroom(anchored)]
    graded: tuple[Graded, ...] = ()
    if checks[-1].passed:  # else every score between the anchors would be withheld
        with desk.step(f"{editions} more editions") as watcher:
            others = difficulty.other_editions(bench, sandbox, watcher, editions)
        graded = tuple(
            _grade(g, bench, sandbox, desk, place=f"{n} of {len(controls)}")
            for n, g in enumerate(controls, 1)
        )
        checks += _checks(graded, exam.key, bench)
        if contract is not None and bench.sources:
            with desk.step("the graders that are not ours"):
                checks += _kept(graded, exam.key, bench, contract)
        checks.append(difficulty.spread([anchored, *others]))
    return Certificate(
        assignment=bench.assignment.slug,
        version=bench.assignment.version,
        edition=exam.edition.name,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        parts=parts_of(bench),
        images=dict(sandbox.identity()),
        checks=tuple(checks),
        controls=tuple(_control(g, bench) for g in graded),
        noted=found.noted,
    )


def _kept(graded: Sequence[Graded], key: Path, bench: Bench, contract: Contract) -> list[Check]:
    """Each grader that is not ours on the reference's run: nobody else has looked at it."""
    run = next(g.run for g in graded if g.golden.kind is Kind.REFERENCE)
    track = Evidence.read(run).submission.track
    found = []
    for criterion in bench.assignment.rubric:
        grader = bench.graders[criterion.grader]
        if grader.source and track in criterion.tracks:
            params = params_of(criterion, bench.graders, told=bench.assignment.told)
            broken = contract(grader, run, key, params)
            found.append(
                Check(
                    name=f"contract of {criterion.id}",
                    passed=not broken,
                    told=broken or f"{criterion.grader} keeps it when answers and keys are spoilt",
                    act="graders/README.md says what is promised; graders.kit checks it in a pytest of yours",
                )
            )
    return found


def _data(found: Audit) -> Check:
    flaws = "; ".join(str(flaw) for flaw in found.flaws[:5])
    return Check(
        name="data",
        passed=not found.flaws,
        told=flaws or f"nothing leaks: {found.tests} tests and every fact",
        act=found.flaws[0].act if found.flaws else "",
    )


def _grade(golden: Golden, bench: Bench, sandbox: Sandbox, desk: Desk, *, place: str) -> Graded:
    with desk.step(f"control {place}, {golden.name} ({golden.kind.value})") as watcher:
        graded = pipeline.grade(golden.folder, bench, sandbox, watcher, mirror=_untold)
    return Graded(golden, graded.card, graded.run)


def _untold(run_dir: Path, *, home: Path) -> Outcome:
    """Controls are graded often; a run log is for candidates."""
    return Outcome(State.WAITING, "a control: no run log is told")


def _checks(graded: Sequence[Graded], key: Path, bench: Bench) -> list[Check]:
    controls = [g.golden for g in graded]
    totals = {g.golden.name: g.card.total for g in graded}
    why = {g.golden.name: g.card.withheld for g in graded}
    errors = replicates({g.golden.name: g.run for g in graded if g.card.total is not None}, key, bench)
    good = {g.golden.name: g.card for g in graded if g.golden.kind in GOOD}
    checks = [
        requirements.all_graded(controls, totals, why),
        requirements.order(controls, totals, errors),
        difficulty.precision(good),
    ]
    for level in _other_levels(bench):
        at = {g.golden.name: _at(level, g, bench) for g in graded}
        checks.append(requirements.order(controls, at, None, level=level.value))
    return checks + _traps(graded, errors)


def _other_levels(bench: Bench) -> list[Level]:
    return [level for level in Level if level in bench.assignment.levels]


def _at(level: Level, graded: Graded, bench: Bench) -> Decimal | None:
    """The total of the same scores as they are weighed for another level: nothing is judged again."""
    scores = {line.criterion.id: line.score for line in graded.card.lines}
    evidence = Evidence.read(graded.run)
    return card_of(scores, evidence, bench.assignment.at(level), edition="", provenance={}).total


def _traps(graded: Sequence[Graded], errors: Replicates) -> list[Check]:
    """What each leak costs against the control that it would be without its trap."""
    cards: Mapping[str, Scorecard] = {g.golden.name: g.card for g in graded}
    controls = tuple(g.golden for g in graded)
    found = []
    for leak in (g for g in controls if g.kind is Kind.LEAK):
        twin = twin_of(leak, controls)
        if twin is not None:
            found.append(_trap(leak, twin, cards, errors.error_of(twin.name, leak.name) or 0.0))
    return found


def _trap(leak: Golden, twin: Golden, cards: Mapping[str, Scorecard], error: float) -> Check:
    one, other = cards[twin.name], cards[leak.name]
    name = f"trap {leak.trap or leak.name.removeprefix('leak-')}"
    if one.total is None or other.total is None:
        return Check(
            name=name, passed=False, told=f"{leak.name} or {twin.name} has no total", act="see graded"
        )
    # who claims what a leak promised loses by the claim: that is judged on its own, and not the trap's price
    cost = float(one.total - other.total) - float(_claimed(one) - _claimed(other))
    return Check(
        name=name,
        passed=cost - SURELY * error <= TRAP_COST,
        told=f"{leak.name} loses {cost:.2f} of 100 besides its claim (standard error {error:.2f}) "
        f"against {twin.name}"
        f"{_by_criterion(one, other)}; at most {TRAP_COST:g}",
        act="a smaller dose, another criterion beside it, or less weight where it costs most",
    )


def _claimed(card: Scorecard) -> Decimal:
    """The points of what was claimed, and of the evaluation that the claim is from."""
    points = (line.points for line in card.lines if line.criterion.grader in CLAIMS)
    return sum((p for p in points if p is not None), Decimal(0))


def _by_criterion(one: Scorecard, other: Scorecard) -> str:
    """Where the points went, the largest loss first."""
    kept = {line.criterion.id: line.points for line in other.lines}
    lost = {
        line.criterion.id: line.points - (kept.get(line.criterion.id) or 0)
        for line in one.lines
        if line.points is not None
    }
    told = [
        f"{name} {points:+}"
        for name, points in sorted(lost.items(), key=lambda i: -i[1])
        if abs(points) >= 0.1
    ]
    return f" ({', '.join(told[:4])})" if told else ""


def _control(graded: Graded, bench: Bench) -> Control:
    card = graded.card
    at = {level.value: _at(level, graded, bench) for level in _other_levels(bench)}
    return Control(
        name=graded.golden.name,
        kind=graded.golden.kind.value,
        total=card.total,
        interval=card.total_interval,
        why=card.withheld or "; ".join(card.gates),
        totals={level: total for level, total in at.items() if total is not None},
        leaves=tuple(
            Leaf(
                id=line.criterion.id,
                title=line.criterion.title,
                weight=line.criterion.weight,
                value=line.score.value,
                verdict=str(line.score.verdict),
                told=line.score.reason,
            )
            for line in card.lines
        ),
    )
