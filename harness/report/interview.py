"""Lost points -> questions for a conversation. A suggestion to a person; it is never scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.model import Verdict
from harness.report.blocks import Block, lost

MOST_QUESTIONS = 6

BY_GRADER = {
    "hidden_score": "What would you try next to rank new customers better? How would you know it helped?",
    "stressed_score": "Next month's file is messier than this one. What breaks first, and who notices?",
    "probes": "The same facts, written differently, score differently. Where in your code does it start?",
    "structure": "Someone else takes this over on Monday. Which part would you rewrite first, and into what?",
    "defects": "Which of these lines worries you most in production, and why is it there?",
    "tests_run": "Which bug in your pipeline would your tests catch, and which one would pass them?",
    "claims": "How did you estimate the figure you reported, and why does it differ from ours?",
}
BY_SECTION = {
    "A": "What did you assume about the data here, and how did you check it?",
    "B": "How would you change this part if three people worked on it?",
    "C": "What would have to break for your tests to go red?",
    "D": "What happens to this in its first week of real traffic?",
    "E": "What should a reader know that your write-up does not say?",
}
HUMAN_SLOTS = (
    ("Business framing", "Did they ask what the prediction is for, and what a wrong one costs?"),
    ("Explanation to a non-technical reader", "Could someone outside the team act on what they wrote?"),
    ("Domain judgement", "Are their choices about the data those of someone who asked what it means?"),
    ("Follow-up conversation", "What did they say when asked about the points lost?"),
)


@dataclass(frozen=True)
class Question:
    """A question, the criterion that gave rise to it, and the place to open while asking."""

    criterion: str
    title: str
    because: str
    ask: str
    place: str


def questions(blocks: Sequence[Block]) -> tuple[Question, ...]:
    """One for each criterion that looks odd or lost points, the costliest first; one question only once."""
    asked: dict[str, Question] = {}
    for block in sorted(blocks, key=lambda b: (not b.line.score.suspicious, -lost(b.line))):
        if block.line.score.suspicious or lost(block.line) > 0:
            question = _question(block)
            asked.setdefault(question.ask, question)
    return tuple(asked.values())[:MOST_QUESTIONS]


def _question(block: Block) -> Question:
    score, criterion = block.line.score, block.line.criterion
    place = next((seen.where for seen in block.shown if seen.finding.place.file), "")
    return Question(criterion.id, criterion.title, score.suspicious or score.reason, _ask(block), place)


def _ask(block: Block) -> str:
    score, criterion = block.line.score, block.line.criterion
    if score.suspicious:
        return "How did this come about? Please walk me through it."
    if block.pointed_stages:
        return "It did not run for us. How did you run it, and what might be different here?"
    if score.verdict is Verdict.MISSING:
        return "Nothing usable came for this. Was that a choice, and what would you send today?"
    general = BY_SECTION.get(criterion.section, "What would you do differently with another day?")
    return BY_GRADER.get(criterion.grader, general)
