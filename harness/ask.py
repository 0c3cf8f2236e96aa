"""A candidate's question -> what the author wrote down about it, or the honest word that nobody did.

The matcher knows words and their pieces, nothing of meaning: TF-IDF over words and over letters, the mean of
both cosines a phrase, the best phrase a topic. On the questions of tests/unit/test_ask.py it answers 22 of
36 that have an answer, 21 of them rightly, none of 10 about other things, and 4 of 15 that only share words
with a topic. So a reply names its topic, and one without an answer the nearest ones.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from harness.errors import InfraError, SpecError, UsageError
from harness.model import Frozen

QUESTIONS = "questions.yaml"
LOG = "questions-asked.jsonl"
NOBODY = "Nobody wrote down an answer; write your assumption in ASSUMPTIONS.md."
LONGEST_QUESTION = 1000
THRESHOLD = 0.40
NEAREST = 3
# words of every question; they say nothing about which one it is
IDLE = """
a about am an and any are as at be been being but by can could did do does for from had has have how i
if in into is it its just me my no not of off on or our please say should so tell than that the their
them then there these they this those to us use used was we were what when where which who whom whose
why will with would you your know want need mean exactly many much
"""


class Topic(Frozen):
    """One thing that somebody may ask about, in phrases a candidate would use, and the answer."""

    topic: str = Field(min_length=2, max_length=80)
    ask: tuple[str, ...] = Field(min_length=1)
    answer: str = Field(min_length=1)


@dataclass(frozen=True)
class Reply:
    """What a question got: a topic and its answer, or neither; and the nearest topics, best first."""

    question: str
    topic: str
    answer: str
    score: float
    nearest: tuple[str, ...]

    @property
    def known(self) -> bool:
        """Somebody wrote down an answer."""
        return bool(self.topic)


def read_topics(path: Path) -> tuple[Topic, ...]:
    """The topics of a questions.yaml, or of the questions.json of a handout.

    Raises:
        SpecError: it is not a list of {topic, ask, answer}, or a topic stands there twice.
    """
    try:
        raw: Any = yaml.safe_load(path.read_text("utf-8"))  # JSON is YAML
        topics = TypeAdapter(tuple[Topic, ...]).validate_json(json.dumps(raw, default=str))
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise SpecError(f"{path}: cannot be read: {error}") from error
    except yaml.YAMLError as error:
        raise SpecError(f"{path}: not YAML: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        told = error.errors()[0]
        where = ".".join(map(str, told["loc"]))
        raise SpecError(
            f"{path}: {where or 'top'}: {told['msg']}", hint="a list of {topic, ask: [...], answer}"
        ) from error
    names = [topic.topic for topic in topics]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise SpecError(f"{path}: topic {twice[0]!r} stands there twice")
    return topics


def ask(topics: Sequence[Topic], question: str) -> Reply:
    """The answer to the nearest topic, when it is near enough.

    Raises:
        UsageError: no question, or one of more than LONGEST_QUESTION characters.
    """
    text = " ".join(question.split())
    if not text or len(text) > LONGEST_QUESTION:
        what = (
            "it is empty" if not text else f"{len(text):,} characters; at most {LONGEST_QUESTION:,} are read"
        )
        raise UsageError(
            f"the question cannot be looked up: {what}", hint='takehome ask . "Who is a customer?"'
        )
    ranked = _ranked(topics, text)
    nearest = tuple(topic.topic for _, topic in ranked[:NEAREST])
    if not ranked or ranked[0][0] < THRESHOLD:
        return Reply(text, "", NOBODY, round(ranked[0][0], 3) if ranked else 0.0, nearest)
    score, found = ranked[0]
    return Reply(text, found.topic, found.answer, round(score, 3), nearest[1:])


def note_down(reply: Reply, log: Path) -> None:
    """Add the question to ``log``, a JSON line each: the candidate may send it along.

    Raises:
        InfraError: it cannot be written.
    """
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "question": reply.question,
        "topic": reply.topic or None,
        "answer": reply.answer,
        "score": reply.score,
    }
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as out:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    except OSError as error:
        raise InfraError(f"{log}: the question cannot be noted down: {error.strerror}") from error


def _ranked(topics: Sequence[Topic], question: str) -> list[tuple[float, Topic]]:
    """Topics by the likeness of their best phrase, best first; ties in the author's order."""
    phrases = [(n, phrase) for n, topic in enumerate(topics) for phrase in (topic.topic, *topic.ask)]
    if not phrases:
        return []
    likeness = _likeness([phrase for _, phrase in phrases], question)
    best = [0.0] * len(topics)
    for (n, _), value in zip(phrases, likeness, strict=True):
        best[n] = max(best[n], value)
    return sorted(zip(best, topics, strict=True), key=lambda found: -found[0])


def _likeness(phrases: Sequence[str], question: str) -> list[float]:
    """Cosines 0..1 of the question with each phrase: the mean of those over words and over letters."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    plain = [_words(phrase) for phrase in phrases]
    asked = _words(question)
    found = [0.0] * len(phrases)
    for pieces in (
        {"analyzer": "word", "token_pattern": r"\S+"},
        {"analyzer": "char_wb", "ngram_range": (3, 5)},
    ):
        vectors = TfidfVectorizer(sublinear_tf=True, **pieces)
        try:  # the question is learnt too: words that no phrase has must count against it
            learnt = vectors.fit_transform([*plain, asked])
        except ValueError:  # not a word anywhere: all of them idle
            return found
        cosines = (learnt[:-1] @ learnt[-1].T).toarray()[:, 0]
        found = [old + float(new) / 2 for old, new in zip(found, cosines, strict=True)]
    return found


def _words(text: str) -> str:
    """Lower case, without idle words, plurals cut: "Which calls?" and "the call" share a word."""
    words = re.findall(r"[^\W_]+", text.lower())
    idle = IDLE.split()
    return " ".join(_stem(word) for word in words if word not in idle)


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if len(word) > len(ending) + 3 and word.endswith(ending) and not word.endswith("ss"):
            return word.removesuffix(ending)
    return word
