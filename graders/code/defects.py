"""B3: what is wrong with the code line by line, weighed by harm and counted per hundred statements.

Statements that are used and differ, so that neither formatting nor padding dilutes what is wrong.
Each kind of defect is charged a few times at most, so that one habit cannot cost everything. A pragma buys
nothing: our linter runs with the candidate's configuration and comments switched off.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import PurePosixPath

from pydantic import Field

from graders import analysis
from graders.analysis import Analysis, Lint
from graders.code.rules import COST, Rule, rule_for
from harness.model import AnswerKey, Chart, Evidence, Finding, Grader, Params, Place, Score, Severity

LEAST_STATEMENTS = 50  # a short script is not charged more per defect than one of this size, some 100 lines
LOST_AT = 22.0  # ours: two critical and two major defects in a hundred statements, some 200 lines
HIDDEN_LINES = 20  # of code that runs and cannot be read: as bad as one critical defect
SHOWN = 12
EXAMPLES = 3
SECRET_RULES = ("S105", "S106", "S107")
PRINT_RULES = ("T201", "T203")
# where printing is the interface: notebooks, command lines and one-off scripts
COMMAND_LINE = frozenset(
    {"cli.py", "__main__.py", "main.py", "train.py", "predict.py", "evaluate.py", "monitor.py"}
)


class DefectsParams(Params):
    """``lost_at``: defect points per hundred statements at which nothing is left (a major defect is 3)."""

    lost_at: float = Field(default=LOST_AT, gt=0.0)


@dataclass(frozen=True)
class Kind:
    """All occurrences of one rule."""

    code: str
    rule: Rule
    seen: tuple[Lint, ...]

    @property
    def points(self) -> float:
        """What they cost together."""
        return COST[self.rule.severity] * min(len(self.seen), self.rule.cap)


def grade(evidence: Evidence, key: AnswerKey, params: DefectsParams) -> Score:
    """One minus the defect points per hundred statements over ``lost_at``."""
    found = analysis.read(evidence)
    if not found.code_lines:
        return Score.missing(
            "There is no Python code to judge.",
            earn_back="send code",
            findings=(Finding(what="no Python code outside the tests", place=Place(stage=analysis.STAGE)),),
        )
    kinds, size = _kinds(found), max(found.statements, LEAST_STATEMENTS)
    hidden = sum(f.lines for f in found.code if f.hidden) / HIDDEN_LINES * COST[Severity.CRITICAL]
    density = (sum(k.points for k in kinds) + hidden) / size * 100.0
    unread = sum(f.lines for f in found.code if f.parse_error is not None) / found.code_lines
    charged = [k for k in kinds if k.points]
    return Score.graded(
        (1.0 - density / params.lost_at) * (1.0 - unread),
        _reason(charged, size, density, unread),
        earn_back="; ".join(dict.fromkeys(k.rule.fix for k in charged[:EXAMPLES])),
        findings=_unread(found) + _findings(kinds),
        measures={"points_per_100_statements": round(density, 6), "statements": float(found.statements)}
        | {f"seen.{k.code}": float(len(k.seen)) for k in charged},
        charts=_chart(charged),
    )


def _kinds(found: Analysis) -> list[Kind]:
    """The costliest first."""
    seen: dict[str, list[Lint]] = defaultdict(list)
    code = {f.path: f.kind for f in found.code}
    for lint in found.lint:
        if lint.rule and lint.path in code and not _allowed(lint, code[lint.path]):
            seen[lint.rule].append(lint)
    kinds = [Kind(c, rule, tuple(places)) for c, places in seen.items() if (rule := rule_for(c))]
    return sorted(kinds, key=lambda k: (-k.points, k.code))


def _allowed(lint: Lint, kind: str) -> bool:
    if lint.rule in PRINT_RULES:
        path = PurePosixPath(lint.path)
        return kind == "notebook" or path.name in COMMAND_LINE or "scripts" in path.parts
    if lint.rule in SECRET_RULES and "pattern" in lint.message:
        return True  # scikit-learn's token_pattern= is no password
    # a name alone on a notebook cell's last line is how notebooks show things; imports serve later cells
    return kind == "notebook" and lint.rule in ("B018", "F401", "F811", "ERA001")


def _reason(charged: list[Kind], size: int, density: float, unread: float) -> str:
    told = "; ".join(f"{k.code} x{len(k.seen)} ({k.rule.severity.value})" for k in charged[:5])
    more = f" and {len(charged) - 5} more kinds" if len(charged) > 5 else ""
    broken = f" {unread:.0%} of the code cannot be parsed and counts as nothing." if unread else ""
    counted = f"{density:.2f} defect points per hundred of {size:,} statements"
    return f"{counted}: {told or 'none'}{more}.{broken}"


def _findings(kinds: list[Kind]) -> tuple[Finding, ...]:
    """Every kind once before any kind twice, so that no lost point is without its place."""
    rounds = [(n, k, lint) for k in kinds if k.points for n, lint in enumerate(k.seen[: k.rule.cap])]
    rounds.sort(key=lambda entry: entry[0])
    least = sum(n == 0 for n, _, _ in rounds)
    return tuple(_finding(k, lint, len(k.seen)) for _, k, lint in rounds[: max(SHOWN, least)])


def _finding(kind: Kind, lint: Lint, times: int) -> Finding:
    often = f" (one of {times})" if times > 1 else ""
    return Finding(
        what=f"{kind.code}: {lint.message or 'no message'}{often}"[:2000],
        place=Place(file=lint.path, line=lint.line, cell=lint.cell),
        severity=kind.rule.severity,
        fix=kind.rule.fix,
        rule=kind.code,
    )


def _unread(found: Analysis) -> tuple[Finding, ...]:
    bad = [f for f in found.code if f.parse_error is not None]
    return tuple(
        Finding(
            what=f"{'runs as text and ' if f.hidden else ''}cannot be parsed: {f.parse_error}"[:2000],
            place=Place(file=f.path),
            severity=Severity.CRITICAL,
            fix="make it a file that Python can read",
            rule="unparsable",
        )
        for f in bad[:SHOWN]
    )


def _chart(charged: list[Kind]) -> tuple[Chart, ...]:
    if not charged:
        return ()
    top = charged[:SHOWN]
    return (
        Chart(
            kind="bars",
            title="Where the defect points come from",
            y_label="defect points",
            x=tuple(k.code for k in top),
            y=tuple(k.points for k in top),
            caption="Occurrences times harm, at most a few of each kind; the findings name file and line.",
        ),
    )


GRADER = Grader(name="defects", needs=(analysis.STAGE,), params=DefectsParams, grade=grade)
