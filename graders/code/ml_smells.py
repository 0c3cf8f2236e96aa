"""B2: what goes wrong with data and models, found in the syntax tree; weighed by harm, capped a rule.

The rules are in `smell_rules.py`; docker/runner/smells.py finds them. Points are divided by the size of the
code, within bounds: a short script is charged as one of a hundred statements, and a hundred modules do not
make a leak harmless. What nothing uses costs nothing and earns nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pydantic import Field

from graders import analysis
from graders.analysis import Analysis, Smell
from graders.code.smell_rules import COST, RULES, Data, SmellRule
from harness.model import AnswerKey, Chart, Evidence, Finding, Grader, Params, Place, Score

LEAST_SIZE, MOST_SIZE = 100, 400  # statements between which more code means less harm a smell
LOST_AT = 20.0  # ours: two critical smells and a major one in a hundred statements
SHOWN, EXAMPLES = 12, 3


class MlSmellsParams(Params):
    """What the data are like, and two numbers.

    ``over_time``: what is asked comes after what is known; ``repeated_entities``: several rows are one
    customer; ``rare_positives``: fewer than one in five; ``numeric_ids``: ids lose zeros as numbers.
    ``lost_at``: points per hundred statements at which nothing is left; ``least_statements``: with less code
    there is little to smell, and the value shrinks with it.
    """

    over_time: bool = False
    repeated_entities: bool = False
    rare_positives: bool = False
    numeric_ids: bool = False
    lost_at: float = Field(default=LOST_AT, gt=0.0)
    least_statements: int = Field(default=20, ge=1)

    def said(self) -> frozenset[Data]:
        """What is true of the data."""
        return frozenset(data for data in Data if getattr(self, data.value))


@dataclass(frozen=True)
class Kind:
    """All places of one rule."""

    name: str
    rule: SmellRule
    seen: tuple[Smell, ...]

    @property
    def points(self) -> float:
        """What they cost together."""
        return COST[self.rule.severity] * min(len(self.seen), self.rule.cap)


def grade(evidence: Evidence, key: AnswerKey, params: MlSmellsParams) -> Score:
    """One minus the points per hundred statements over ``lost_at``, times the share that could be read."""
    found = analysis.read(evidence)
    smells = analysis.looked(found.smells, "data and model smells")
    if not found.code_lines:
        return Score.missing(
            "There is no Python code to judge.",
            earn_back="send code",
            findings=(Finding(what="no Python code outside the tests", place=Place(stage=analysis.STAGE)),),
        )
    kinds = _kinds(found, smells, params)
    size = min(max(found.statements, LEAST_SIZE), MOST_SIZE)
    density = sum(k.points for k in kinds) / size * 100.0
    unread = sum(f.lines for f in found.code if f.parse_error is not None) / found.code_lines
    enough = min(1.0, found.statements / params.least_statements)
    return Score.graded(
        (1.0 - density / params.lost_at) * (1.0 - unread) * enough,
        _reason(kinds, found.statements, density, unread),
        earn_back="; ".join(dict.fromkeys(k.rule.fix for k in kinds[:EXAMPLES])) or "the work itself",
        findings=_unread(found) + _little(found, params) + _findings(kinds),
        measures={"points_per_100_statements": round(density, 6), "statements": float(found.statements)}
        | {f"seen.{k.name}": float(len(k.seen)) for k in kinds},
        charts=_chart(kinds),
    )


def _kinds(found: Analysis, smells: tuple[Smell, ...], params: MlSmellsParams) -> list[Kind]:
    """The costliest first: of code that is used, and of rules that hold on these data."""
    data, code = params.said(), {f.path for f in found.code}
    seen: dict[str, list[Smell]] = defaultdict(list)
    for smell in smells:
        rule = RULES.get(smell.rule)
        holds = rule is not None and COST[rule.severity] > 0.0 and (not rule.on or rule.on & data)
        if holds and smell.used and smell.path in code:
            seen[smell.rule].append(smell)
    kinds = [Kind(name, RULES[name], tuple(places)) for name, places in seen.items()]
    return sorted(kinds, key=lambda k: (-k.points, k.name))


def _reason(kinds: list[Kind], statements: int, density: float, unread: float) -> str:
    told = "; ".join(f"{k.name} x{len(k.seen)} ({k.rule.severity.value})" for k in kinds[:5])
    more = f" and {len(kinds) - 5} more kinds" if len(kinds) > 5 else ""
    broken = f" {unread:.0%} of the code cannot be parsed and counts as nothing." if unread else ""
    counted = f"{density:.2f} points of data and model smells per hundred statements ({statements:,} in all)"
    return f"{counted}: {told or 'none'}{more}.{broken}"


def _findings(kinds: list[Kind]) -> tuple[Finding, ...]:
    """Every kind once before any kind twice."""
    rounds = sorted(
        ((n, k, smell) for k in kinds for n, smell in enumerate(k.seen[: k.rule.cap])), key=lambda r: r[0]
    )
    return tuple(
        Finding(
            what=f"{smell.message}{f' (one of {len(k.seen)})' if len(k.seen) > 1 else ''}"[:2000],
            place=Place(file=smell.path, line=smell.line, cell=smell.cell),
            severity=k.rule.severity,
            fix=k.rule.fix,
            rule=k.name,
        )
        for _, k, smell in rounds[: max(SHOWN, len(kinds))]
    )


def _little(found: Analysis, params: MlSmellsParams) -> tuple[Finding, ...]:
    if found.statements >= params.least_statements:
        return ()
    what = f"{found.statements} statements that are used: too few to show how data are handled"
    return (Finding(what=what, place=Place(file=found.code[0].path), rule="little-code"),)


def _unread(found: Analysis) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            what=f"cannot be parsed: {f.parse_error}"[:2000],
            place=Place(file=f.path),
            fix="make it a file that Python can read",
            rule="unparsable",
        )
        for f in [f for f in found.code if f.parse_error is not None][:SHOWN]
    )


def _chart(kinds: list[Kind]) -> tuple[Chart, ...]:
    if not kinds:
        return ()
    return (
        Chart(
            kind="bars",
            title="Where the smells are",
            y_label="points",
            x=tuple(k.name for k in kinds[:SHOWN]),
            y=tuple(k.points for k in kinds[:SHOWN]),
            caption="Places times harm, at most a few of each kind; the findings name file and line.",
        ),
    )


GRADER = Grader(name="ml_smells", needs=(analysis.STAGE,), params=MlSmellsParams, grade=grade)
