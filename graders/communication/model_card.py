"""E4: a model card: who it is for, what it learned from, how good it is where, its limits, what to watch.

The five headings are those of Mitchell et al., "Model Cards for Model Reporting" (FAT* 2019), as far as a
take-home can fill them. Any document may hold them. A topic is met by sentences of the candidate's own with
something in them: words of the template, or of any text that everybody was sent, are nobody's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import Field

from graders import analysis, documents
from graders.documents import Document, Statement, own_statements
from graders.words import Text, terms
from harness.model import (
    AnswerKey,
    Evidence,
    Finding,
    Grader,
    Issues,
    Params,
    Place,
    Score,
    Severity,
)

KINDS = ("card", "readme", "assumptions", "notebook", "prose")
TOPIC, ARTEFACTS = 0.18, 0.10
LEAST = 6  # tokens of a statement that says something
NUMBER = re.compile(r"(?<![\w.])0?[.,]\d{2,4}(?!\w)")  # .81, 0.813


@dataclass(frozen=True)
class Topic:
    """One thing a card speaks of: ``heads`` stand in a heading that announces it, ``says`` in sentences."""

    name: str
    heads: tuple[str, ...]
    says: tuple[str, ...]
    fix: str


USE = Topic(
    "intended use",
    terms("intended use, use, uses, purpose, who it is for, for whom, scope"),
    terms(
        "intended*, meant for, made for, used by, used for, use it, for use, should not be used, not for, "
        "purpose*, decide*, decision*, the desk, clinic*, acts on, capacity, rank*, prioriti*, call pays, "
        "threshold*, so that they can"
    ),
    "say who acts on the number and what it must not be used for",
)
DATA = Topic(
    "data",
    terms("data, training data, dataset"),
    terms(
        "train*, learn*, fitted, learned from, rows, snapshot*, export*, log, sample*, data, dataset*, tables"
    ),
    "say what the model learned from: which rows, which time, what was left out",
)
LIMITS = Topic(
    "limits",
    terms("limit*, caveat*, risk*, weak*, known issues, what it cannot do, bias*, next"),
    terms(
        "limit*, cannot, can not, does not, do not know, not know, fails, weak*, worse, caveat*, unsure, "
        "uncertain*, assum*, not tested, bias*, ran out of time, no guarantee, only valid, may be wrong, did "
        "not"
    ),
    "say where it is weak, and what it cannot do",
)
WATCH = Topic(
    "monitoring",
    terms("monitor*, what to watch, watch*, the day after, operation*, maintenance, after release"),
    terms(
        "monitor*, watch*, drift*, retrain*, alert*, alarm*, track*, re train*, recalibrat*, rolling back, "
        "roll back"
    ),
    "say what is watched when it runs, and when it is trained again",
)
TOPICS = (USE, DATA, LIMITS, WATCH)
SLICES_FIX = "show the metric for parts of the rows: a line each, with its figure"


class ModelCardParams(Params):
    """``topic_words``: words of one's own from which a topic is met. ``slices``: so many with figures."""

    issues: Issues = Issues()
    given: tuple[str, ...] = ()
    topic_words: int = Field(default=12, ge=1)
    slices: int = Field(default=2, ge=1)


@dataclass(frozen=True)
class Part:
    """One part of the card: how much of it is there, and what would add to it."""

    name: str
    value: float
    fix: str


def grade(evidence: Evidence, key: AnswerKey, params: ModelCardParams) -> Score:
    """Five topics at .18, and .10 for naming files that are there."""
    found = documents.read(evidence)
    own = list(own_statements(found.of(*KINDS), params.given))
    parts = [_topic(topic, own, params) for topic in TOPICS]
    parts.insert(2, _slices(own, params))
    named = _artefacts(own, found, evidence)
    value = TOPIC * sum(part.value for part in parts) + ARTEFACTS * named.value
    short = [part for part in (*parts, named) if part.value < 1.0]
    cards = found.of("card")
    where = cards[0].place() if cards else Place(file="README.md", stage=analysis.STAGE)
    reason = ", ".join(f"{part.name} {part.value:.2f}" for part in (*parts, named))
    return Score.graded(
        value,
        f"What a model card has: {reason}.",
        earn_back="; ".join(part.fix for part in short),
        findings=tuple(
            Finding(
                what=f"the model card: {part.name} {'is missing' if part.value == 0 else 'is thin'}",
                place=where,
                severity=Severity.MINOR,
                fix=part.fix,
                rule=f"card-{part.name.replace(' ', '-')}",
            )
            for part in short
        ),
        measures={part.name.replace(" ", "_"): part.value for part in (*parts, named)},
    )


def _topic(topic: Topic, own: list[tuple[Document, Statement]], params: ModelCardParams) -> Part:
    """Words of the statements that speak of it, against ``topic_words``."""
    words = 0
    for _, statement in own:
        if _announced(statement, topic) or _says(statement, topic):
            words += len(statement.words.tokens)
    return Part(topic.name, min(1.0, words / params.topic_words), topic.fix)


def _announced(statement: Statement, topic: Topic) -> bool:
    """Below a heading of that name; a heading of a whole sentence announces nothing."""
    section = Text(statement.section)
    return len(section.tokens) <= LEAST and section.has(topic.heads)


def _says(statement: Statement, topic: Topic) -> bool:
    return len(statement.words.tokens) >= LEAST and statement.words.has(topic.says)


def _slices(own: list[tuple[Document, Statement]], params: ModelCardParams) -> Part:
    """Statements with parts of the rows and a figure for each; a list of features with one figure is none."""
    parts = 0
    for _, statement in own:
        named, figures = len(statement.words.spans(params.issues.slices)), len(NUMBER.findall(statement.text))
        if named <= figures + 1:
            parts += min(named, figures)
    return Part("metrics by slice", min(1.0, parts / params.slices), SLICES_FIX)


def _artefacts(own: list[tuple[Document, Statement]], found: documents.Documents, evidence: Evidence) -> Part:
    """The share of the files named that are there, or that the training writes; none named is nothing."""
    there = frozenset((*found.paths, *evidence.result("train").files))
    named = {name for _, statement in own for name in documents.names_file(statement.text)}
    ours = {name for name in named if _ours(name)}
    judged = sorted(named - ours)
    share = sum(documents.exists(name, there) for name in judged) / len(judged) if judged else 0.0
    return Part("files named", share, "name the files that hold the model, its figures and its settings")


def _ours(name: str) -> bool:
    """A file of the data that was handed out, or that is asked for, is not the candidate's."""
    return name.startswith("data/") or name.endswith(".csv")


GRADER = Grader(name="model_card", needs=(analysis.STAGE,), params=ModelCardParams, grade=grade)
