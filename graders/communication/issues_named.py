"""E3: what is wrong with the data is named, and nothing that is not; what was left open is spoken of.

What was planted stands in the assignment's issues.yaml, with the words people use for it. An issue is named
where one sentence, list item or table row has a word for what it befalls and a word for what is wrong, in
any order. So many words must stand there for each issue (``words_each``): a heap of keywords names few.
Precision counts claims that are not so: a fault of a column with which nothing is wrong, or of another kind
than it has.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import Field

from graders import analysis, documents
from graders.communication.faults import CLAIMS, DENIES, WORDS
from graders.documents import Document, Statement, own_statements
from graders.words import Text, apart
from harness.model import (
    AnswerKey,
    Evidence,
    Fault,
    Finding,
    Grader,
    Issue,
    Issues,
    Params,
    Place,
    Score,
    Severity,
)

KINDS = ("readme", "assumptions", "card", "notebook", "prose")
ISSUES, OPEN = 0.75, 0.25
FOUND_A_FREE = 4  # ours: of honest texts that name a dozen issues we misread one statement at most
MOST_KINDS, WORDS_A_KIND = 3, 8  # kinds of fault in one statement, unless it has words for more
FIX = "look at every column by source, value and time; write down what was found and what was done about it"


class IssuesNamedParams(Params):
    """``full``: the share of the issues, ``open_enough`` the open questions, from which all is earned.

    ``words_each``: how many words a statement must have for each issue it names. ``free``: wrong claims that
    cost nothing, besides one for every four issues that were found.
    """

    issues: Issues = Issues()
    given: tuple[str, ...] = ()
    full: float = Field(default=0.8, gt=0.0, le=1.0)
    open_enough: int = Field(default=3, ge=1)
    words_each: int = Field(default=4, ge=1)
    free: int = Field(default=1, ge=0)


@dataclass
class Said:
    """What the statements come to."""

    named: dict[str, Place] = field(default_factory=dict)  # issue -> where first
    met: dict[str, Place] = field(default_factory=dict)  # open question -> where first
    wrong: dict[tuple[str, Fault], Place] = field(default_factory=dict)


def grade(evidence: Evidence, key: AnswerKey, params: IssuesNamedParams) -> Score:
    """(.75 issues + .25 open questions) x precision."""
    found = documents.read(evidence)
    said = Said()
    for document, statement in own_statements(found.of(*KINDS), params.given):
        _listen(statement, document, params, said)
    return _score(said, params)


def _listen(statement: Statement, document: Document, params: IssuesNamedParams, said: Said) -> None:
    """Add what one statement names; its section's heading lends it words, but no room."""
    words, place = statement.words, document.place(statement)
    room = max(1, len(words.tokens) // params.words_each)
    if len(_kinds(words)) > max(MOST_KINDS, len(words.tokens) // WORDS_A_KIND):
        room = 0  # a list of all that can be wrong with data says nothing of these
    hits = [issue for issue in params.issues.issues if _names(words, Text(statement.section), issue)]
    for issue in hits[:room]:
        said.named.setdefault(issue.name, place)
    for question in params.issues.open:
        if apart(words.spans(question.about), words.spans(question.says)):
            said.met.setdefault(question.name, place)
    for claim in _wrong(words, params.issues):
        said.wrong.setdefault(claim, place)


def _names(words: Text, section: Text, issue: Issue) -> bool:
    """What it befalls and what is wrong, in one statement; either may stand in the heading above it."""
    about, says = words.spans(issue.about), words.spans((*issue.says, *WORDS[issue.kind]))
    if apart(about, says):
        return True
    return bool(says and section.has(issue.about)) or bool(about and section.has(issue.says))


def _kinds(words: Text) -> list[Fault]:
    """The kinds of fault that it claims, whoever reads it."""
    return [kind for kind, terms in CLAIMS.items() if words.has(terms)]


def _wrong(words: Text, issues: Issues) -> list[tuple[str, Fault]]:
    """(column, kind) that the statement claims and that is not so.

    Of a column with which nothing is wrong, any; of another where the statement speaks of it alone. Nothing
    where a word denies it.
    """
    kinds = _kinds(words)
    if not kinds or words.has(DENIES):
        return []
    columns = _columns(issues)
    named = {column for column in columns if words.has((column,))}
    # `charges` within `monthly charges` is no column of its own
    named = {one for one in named if not any(one != other and one in other for other in named)}
    judged = [column for column in sorted(named) if len(named) == 1 or not columns[column]]
    return [(column, kind) for column in judged for kind in kinds if kind not in columns[column]]


def _columns(issues: Issues) -> dict[str, set[Fault]]:
    """Every column that can be spoken of, and what is wrong with it."""
    found: dict[str, set[Fault]] = {column: set() for column in issues.clean}
    for issue in issues.issues:
        found.setdefault(issue.about[0], set()).add(issue.kind)
    return found


def _score(said: Said, params: IssuesNamedParams) -> Score:
    planted, asked = params.issues.issues, params.issues.open
    recall = len(said.named) / max(1, len(planted))
    met = min(1.0, len(said.met) / max(1, min(params.open_enough, len(asked)))) if asked else 1.0
    excess = max(0, len(said.wrong) - params.free - len(said.named) // FOUND_A_FREE)
    precision = len(said.named) / (len(said.named) + excess) if excess else 1.0
    value = (ISSUES * min(1.0, recall / params.full) + OPEN * met) * precision
    reason = (
        f"{len(said.named)} of {len(planted)} issues of the data are named; "
        f"{len(said.met)} of {len(asked)} open questions are spoken of ({params.open_enough} are enough)"
    )
    if said.wrong:
        reason += f"; {len(said.wrong)} claims are not so"
    findings = _findings(said, params, value)
    return Score.graded(
        value,
        f"{reason}.",
        earn_back="" if value >= 1.0 else FIX,
        findings=findings,
        measures={
            "named": float(len(said.named)),
            "planted": float(len(planted)),
            "open_met": float(len(said.met)),
            "wrong": float(len(said.wrong)),
            "precision": precision,
        },
    )


def _findings(said: Said, params: IssuesNamedParams, value: float) -> tuple[Finding, ...]:
    """What was not named, what was not asked, what is not so; nothing when nothing is lost."""
    if value >= 1.0:
        return ()
    nowhere = Place(file="README.md", stage=analysis.STAGE)
    lost: list[tuple[str, Place, str]] = []
    lost += [
        (f"not named: {issue.name}", nowhere, "issue-not-named")
        for issue in params.issues.issues
        if issue.name not in said.named
    ]
    if len(said.met) < params.open_enough:
        lost += [
            (f"left open and not spoken of: {question.name}", nowhere, "question-not-met")
            for question in params.issues.open
            if question.name not in said.met
        ]
    lost += [
        (
            f"{column}: {kind.value} is claimed, and nothing of the kind is wrong with it",
            place,
            "issue-invented",
        )
        for (column, kind), place in said.wrong.items()
    ]
    return tuple(
        Finding(what=what, place=place, severity=Severity.MINOR, fix=FIX, rule=rule)
        for what, place, rule in lost
    )


GRADER = Grader(name="issues_named", needs=(analysis.STAGE,), params=IssuesNamedParams, grade=grade)
