"""The oracle: an answer where somebody wrote one, an honest word where nobody did."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.ask import LONGEST_QUESTION, NOBODY, Topic, ask, note_down, read_topics
from harness.errors import SpecError, UsageError

TOPICS = tuple(
    Topic(topic=topic, ask=phrases, answer=f"about {topic}")
    for topic, phrases in {
        "capacity": (
            "How many customers can the retention desk call per week?",
            "What is the team's capacity?",
        ),
        "horizon": (
            "How far ahead should the prediction look?",
            "What time window counts as about to leave?",
        ),
        "call cost": ("What does a call cost?", "What is the cost of a wrong call or a false positive?"),
        "label delay": ("Can the churned label be wrong?", "How late are outcomes booked?"),
        "closure_code": ("What is the closure_code column?", "When is closure_code filled in?"),
        "tenure": ("What does -999 in tenure mean?", "Why is tenure negative or missing?"),
        "billing systems": ("Why are monthly charges in cents?", "What are LEGACY and NOVA?"),
        "duplicates": ("Are there duplicate accounts?", "Can a customer appear twice under two ids?"),
        "metric": ("Which metric decides?", "How is the model scored?"),
        "time allowed": ("How long should I spend on this?", "What is the deadline?"),
        "tools": ("May I use AutoML or an AI assistant?", "Which libraries are allowed?"),
        "dates": ("Which date format does the helpdesk use?", "Is it day first or month first?"),
    }.items()
)
ASKED = {
    "capacity": "how many people can the desk phone each week",
    "horizon": "what prediction horizon should I look at? how far ahead",
    "call cost": "What's the cost of calling a customer",
    "label delay": "how late is the outcome booked",
    "closure_code": "what's in closure_code and when do you fill it",
    "tenure": "some tenures are -999, is that missing?",
    "billing systems": "are charges of the LEGACY billing system in cents",
    "duplicates": "can the same customer occur twice with different ids",
    "metric": "what metric is the model scored with",
    "time allowed": "how long should this take me",
    "tools": "am I allowed to use an AI assistant",
    "dates": "are helpdesk dates day first",
}
UNHEARD_OF = (
    "What colour is the logo?",
    "Who won the world cup?",
    "Is there free parking at the office?",
    "What does the fox say",
    "Do you sponsor visas?",
    "Is gender a protected attribute in your country?",
    "How large is the marketing budget for next year?",
    "Which cloud provider hosts production?",
    "xyzzy",
    "???",
)


# harder: few words in common with any phrase, written before the threshold was set
REPHRASED = (
    ("What's the weekly limit on outbound calls?", "capacity"),
    ("is there a cap on how many we can phone", "capacity"),
    ("How many months into the future do we predict?", "horizon"),
    ("when does someone count as leaving soon", "horizon"),
    ("how expensive is contacting someone who would stay anyway", "call cost"),
    ("price of one retention call", "call cost"),
    ("Are the labels noisy?", "label delay"),
    ("can I trust the outcome column", "label delay"),
    ("Is closure code available at prediction time?", "closure_code"),
    ("closure code meaning", "closure_code"),
    ("negative tenure values", "tenure"),
    ("what do I do with tenure -999", "tenure"),
    ("Is monthly_charges in euros or cents for LEGACY?", "billing systems"),
    ("difference between NOVA and LEGACY", "billing systems"),
    ("same person with two accounts?", "duplicates"),
    ("duplicated customers", "duplicates"),
    ("Is it AUC or F1 that matters?", "metric"),
    ("how will you evaluate my model", "metric"),
    ("how many hours are expected", "time allowed"),
    ("when must I hand in", "time allowed"),
    ("can I use ChatGPT", "tools"),
    ("is xgboost allowed", "tools"),
    ("is 03/04/2024 march or april", "dates"),
    ("date format", "dates"),
)
# hardest: words of a phrase in a question that nobody answered
BESIDE = (
    "How many customers do you have?",
    "What is the cost of storing data?",
    "Which columns are numeric?",
    "How often is the model retrained?",
    "What does gb_used mean?",
    "Does the customer see the prediction?",
    "How many usage rows per customer?",
    "Is paperless_billing relevant?",
    "What is the average monthly charge?",
    "Which country is the company in?",
    "Is a false negative worse than a false positive?",
    "What hardware will the model run on?",
    "Can I drop rows with missing values?",
    "Are contacts by phone or chat?",
    "Is there a holdout from another year?",
)


def test_a_question_in_nearly_the_words_of_a_phrase_finds_its_topic() -> None:
    found = [topic for topic, question in ASKED.items() if ask(TOPICS, question).topic == topic]
    assert len(found) >= 11, set(ASKED) - set(found)


def test_an_answer_that_is_given_is_the_right_one_nine_times_in_ten() -> None:
    """Of questions that have an answer: most rephrased ones get none, and the nearest topics instead."""
    asked = [*((q, t) for t, q in ASKED.items()), *REPHRASED]
    replies = [(ask(TOPICS, question), topic) for question, topic in asked]
    given = [reply.topic == topic for reply, topic in replies if reply.known]
    print(f"{len(given)} of {len(asked)} answered, {sum(given)} rightly")
    assert sum(given) >= 0.9 * len(given)
    assert len(given) >= 0.5 * len(asked)


@pytest.mark.parametrize("question", UNHEARD_OF)
def test_what_nobody_wrote_down_is_said_to_be_so(question: str) -> None:
    reply = ask(TOPICS, question)
    assert not reply.known, reply
    assert reply.answer == NOBODY
    assert len(reply.nearest) == 3


def test_words_of_a_topic_in_another_question_mostly_get_no_answer() -> None:
    """What a matcher of words cannot tell apart; the reply names its topic, so that a reader can."""
    answered = [question for question in BESIDE if ask(TOPICS, question).known]
    print(answered)
    assert len(answered) <= 4, answered


def test_every_phrase_of_an_author_finds_its_own_topic() -> None:
    for topic in TOPICS:
        for phrase in (topic.topic, *topic.ask):
            assert ask(TOPICS, phrase).topic == topic.topic, phrase


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=LONGEST_QUESTION))
def test_any_text_gets_a_reply_or_a_usage_error(text: str) -> None:
    try:
        reply = ask(TOPICS, text)
    except UsageError:
        assert not text.strip() or len(text) > LONGEST_QUESTION
        return
    assert reply.answer
    assert 0.0 <= reply.score <= 1.0 + 1e-9
    assert ask(TOPICS, text) == reply


def test_no_topics_mean_no_answer() -> None:
    assert not ask((), "What is this?").known


@pytest.mark.parametrize("question", ["", "  \n", "x" * (LONGEST_QUESTION + 1)])
def test_no_question_is_a_usage_error(question: str) -> None:
    with pytest.raises(UsageError, match="cannot be looked up"):
        ask(TOPICS, question)


def test_every_question_is_noted_down_with_what_it_got(tmp_path: Path) -> None:
    log = tmp_path / "asked" / "log.jsonl"
    for question in ("What is the team's capacity?", "Où est la gare ?"):
        note_down(ask(TOPICS, question), log)
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [(line["question"], line["topic"]) for line in lines] == [
        ("What is the team's capacity?", "capacity"),
        ("Où est la gare ?", None),
    ]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("- {topic: aa, ask: [x]}", "0.answer"),
        ("- {topic: aa, ask: [], answer: b}", "0.ask"),
        ("- {topic: aa, ask: [x], answer: b, hint: c}", "0.hint"),
        ("- {topic: aa, ask: [x], answer: b}\n- {topic: aa, ask: [y], answer: c}", "'aa' stands there twice"),
        ("topic: aa", "top"),
        ("[", "not YAML"),
    ],
)
def test_a_questions_file_that_is_wrong_is_named_with_its_field(tmp_path: Path, text: str, word: str) -> None:
    path = tmp_path / "questions.yaml"
    path.write_text(text)
    with pytest.raises(SpecError, match=r"questions\.yaml") as refused:
        read_topics(path)
    assert word in str(refused.value)


def test_the_answers_of_a_handout_read_as_those_of_the_author(tmp_path: Path) -> None:
    raw = [topic.model_dump(mode="json") for topic in TOPICS]
    (tmp_path / "questions.yaml").write_text(yaml.safe_dump(raw))
    (tmp_path / "questions.json").write_text(json.dumps(raw))
    assert read_topics(tmp_path / "questions.yaml") == read_topics(tmp_path / "questions.json") == TOPICS
