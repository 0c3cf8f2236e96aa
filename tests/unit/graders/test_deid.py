"""Notes without identifiers: what counts as gone, as kept, and as nobody's gain."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from graders import REGISTRY
from graders.kit.case import good_case, write
from graders.kit.check import outcome
from graders.model_data import deid
from harness.model import Score, Verdict


def graded(tmp_path: Path, change) -> Score:
    """The good case with every text of the output changed."""
    case = good_case(tmp_path, deid.DeidParams())
    path = case.evidence.root / "deid" / "deidentified.csv"
    rows = list(csv.reader(path.open()))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([rows[0], *([n, change(n, t)] for n, t in rows[1:])])
    write(case.evidence.root, "deid", "deidentified.csv", out.getvalue())
    return outcome(REGISTRY["deid"], case)


def value(tmp_path: Path, change) -> float:
    score = graded(tmp_path, change)
    assert score.value is not None
    return score.value


def test_what_is_gone_and_kept_multiply(tmp_path):
    score = graded(tmp_path, lambda note, text: text)
    assert score.measures["recall.phone"] == 1.0
    assert score.measures["recall.name"] == pytest.approx(59 / 60)
    assert score.value == pytest.approx((1.0 + 59 / 60) / 2, abs=1e-6)


def test_notes_that_were_emptied_are_worth_nothing(tmp_path):
    assert value(tmp_path, lambda note, text: "") == 0.0


def test_notes_that_were_left_alone_are_worth_nothing(tmp_path):
    number = {f"N{n:03d}": n for n in range(60)}
    untouched = "Agnes Okonkwo{0}, 555-01{0:02d}-777. No falls; Wilson disease ruled out."
    assert value(tmp_path, lambda note, text: untouched.format(number[note])) == 0.0


@pytest.mark.parametrize(
    "hidden",
    ["agnes", "AGNES", "A\u200bgnes", "\uff21gnes", "Agnes's", "(Agnes)"],
    ids=["lower", "upper", "zero width", "full width", "genitive", "brackets"],
)
def test_a_name_that_is_only_written_otherwise_is_not_gone(tmp_path, hidden):
    score = graded(tmp_path, lambda note, text: f"{hidden}. No falls. Wilson disease")
    assert score.measures["recall.name"] == 0.0


def test_a_number_in_another_punctuation_is_not_gone(tmp_path):
    score = graded(tmp_path, lambda note, text: f"55501{note[2:]}777: no falls, Wilson disease")
    assert score.measures["recall.phone"] == 0.0


def test_part_of_a_longer_word_is_not_the_name(tmp_path):
    score = graded(tmp_path, lambda note, text: "Agnesia: no falls; Wilson disease")
    assert score.measures["recall.name"] == 1.0


def test_white_space_and_case_lose_no_finding(tmp_path):
    assert graded(tmp_path, lambda note, text: "NO  FALLS\nwilson disease").measures["kept"] == 1.0


def test_every_problem_of_the_file_is_said_in_words(tmp_path):
    case = good_case(tmp_path, deid.DeidParams())
    for content, says in (
        ("id,text\nN000,a\n", "first line must be note_id,text"),
        ("note_id,text\nN000,a\n", "59 of 60 notes are missing"),
        ("note_id,text\nN000,a\nN000,b\n", "more than once"),
        ("note_id,text\nN000,a,b\n", "3 fields"),
        ("note_id,text\nnobody,a\n", "not in the input"),
    ):
        write(case.evidence.root, "deid", "deidentified.csv", content)
        score = outcome(REGISTRY["deid"], case)
        assert score.verdict is Verdict.MISSING
        assert says in score.reason


def test_no_identifier_is_repeated_in_the_score(tmp_path):
    told = graded(tmp_path, lambda note, text: "Agnes").model_dump_json().casefold()
    assert "agnes" not in told
    assert "okonkwo" not in told
