"""The strict reader: each violation has its name, harmless differences have none."""

from __future__ import annotations

import math
import os

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graders import predictions, strict_csv
from graders.answers import Ids
from graders.kit.case import make_evidence, write
from graders.violations import PredictionsError, Violation
from harness.errors import SubmissionError
from harness.model import Verdict

IDS = Ids(("C1", "C2", "007", "é-4"))
GOOD = "id,prediction\nC1,0.25\nC2,1\n007,0\né-4,5e-1\n"
VALUES = [0.25, 1.0, 0.0, 0.5]


def parse(data: bytes | str) -> np.ndarray:
    return predictions._whole(data.encode() if isinstance(data, str) else data, IDS)


def names(data: bytes | str) -> tuple[Violation, ...]:
    with pytest.raises(PredictionsError) as caught:
        parse(data)
    return caught.value.violations


@pytest.mark.parametrize(
    "data",
    [
        GOOD,
        GOOD.rstrip("\n"),
        GOOD + "\n\n",
        "\ufeff" + GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", "\r"),
        GOOD.replace("C1", '"C1"').replace("0.25", '"0.25"'),
        GOOD.replace("id,prediction", '"id","prediction"'),
        GOOD.replace(",0.25", ", +.25 "),
        "id,prediction\né-4,.5\n007,-0.0\nC2,1.0000001\nC1,25E-2\n",
        GOOD.replace("\nC2", "\n\nC2"),
    ],
)
def test_differences_that_can_mean_one_thing_only_are_accepted(data):
    assert parse(data).tolist() == VALUES


BAD = {
    "empty": (b"", Violation.EMPTY),
    "blank": (b" \n\n", Violation.EMPTY),
    "bom alone": (b"\xef\xbb\xbf", Violation.EMPTY),
    "utf-16": (GOOD.encode("utf-16"), Violation.NOT_UTF8),
    "latin-1": (GOOD.encode("latin-1"), Violation.NOT_UTF8),
    "nul": (GOOD.replace("0.25", "0.2\x005"), Violation.NUL_BYTES),
    "long line": (GOOD.replace("0.25", "0." + "3" * 5000), Violation.LINE_TOO_LONG),
    "header only": ("id,prediction\n", Violation.HEADER_ONLY),
    "no header": (GOOD.split("\n", 1)[1], Violation.WRONG_HEADER),
    "other names": (GOOD.replace("prediction", "churn"), Violation.WRONG_HEADER),
    "capitals": (GOOD.replace("id,prediction", "ID,Prediction"), Violation.WRONG_HEADER),
    "swapped": (GOOD.replace("id,prediction", "prediction,id"), Violation.WRONG_HEADER),
    "semicolons": (GOOD.replace(",", ";"), Violation.WRONG_HEADER),
    "index column": (
        "".join(f"{n},{line}\n" for n, line in zip(["", 0, 1, 2, 3], GOOD.split("\n")[:5], strict=True)),
        Violation.EXTRA_COLUMN,
    ),
    "label column": (GOOD.replace("\n", ",1\n").replace("tion,1", "tion,label"), Violation.EXTRA_COLUMN),
    "id twice in the header": (
        "id,id,prediction\n" + "".join(f"{i},{i},0.5\n" for i in IDS.names),
        Violation.EXTRA_COLUMN,
    ),
    "too many rows": (GOOD + "C1,0.1\n" * 2000, Violation.TOO_MANY_ROWS),
    "decimal comma": (GOOD.replace("0.25", "0,25"), Violation.MALFORMED),
    "one field": (GOOD.replace("C2,1", "C2"), Violation.MALFORMED),
    "open quote": (GOOD + '"C9,1', Violation.MALFORMED),
    "missing": (GOOD.replace("C2,1\n", ""), Violation.MISSING_IDS),
    "twice": (GOOD + "C2,1\n", Violation.DUPLICATE_IDS),
    "extra": (GOOD + "C9,0.5\n", Violation.EXTRA_IDS),
    "nan": (GOOD.replace("0.25", "nan"), Violation.NOT_A_NUMBER),
    "NaN": (GOOD.replace("0.25", "NaN"), Violation.NOT_A_NUMBER),
    "nothing": (GOOD.replace("0.25", ""), Violation.NOT_A_NUMBER),
    "null": (GOOD.replace("0.25", "null"), Violation.NOT_A_NUMBER),
    "text": (GOOD.replace("0.25", "high"), Violation.TEXT),
    "label text": (GOOD.replace("0.25", "yes"), Violation.TEXT),
    "hex": (GOOD.replace("0.25", "0x1"), Violation.TEXT),
    "underscore": (GOOD.replace("0.25", "0.2_5"), Violation.TEXT),
    "arabic digits": (GOOD.replace("0.25", "\u0660.\u0662"), Violation.TEXT),
    "percent sign": (GOOD.replace("0.25", "25%"), Violation.TEXT),
    "inf": (GOOD.replace("0.25", "inf"), Violation.INFINITE),
    "minus infinity": (GOOD.replace("0.25", "-Infinity"), Violation.INFINITE),
    "1e999": (GOOD.replace("0.25", "1e999"), Violation.INFINITE),
    "above": (GOOD.replace("0.25", "1.00001"), Violation.OUT_OF_RANGE),
    "below": (GOOD.replace("0.25", "-0.25"), Violation.OUT_OF_RANGE),
    "percentage": (GOOD.replace("0.25", "25"), Violation.OUT_OF_RANGE),
}


@pytest.mark.parametrize("case", BAD)
def test_each_violation_has_its_own_name_and_no_other(case):
    data, violation = BAD[case]
    assert names(data) == (violation,)


def test_every_violation_of_the_list_is_shown_by_a_test():
    shown = {violation for _, violation in BAD.values()}
    assert set(Violation) - shown == {Violation.ABSENT, Violation.TOO_LARGE}


def test_a_message_counts_and_shows_at_most_five_rows():
    ids = Ids(tuple(f"K{n:05d}" for n in range(1000)))
    with pytest.raises(PredictionsError) as caught:
        predictions._whole(b"id,prediction\nK00000,0.5\n", ids)
    (problem,) = caught.value.problems
    assert "999 of 1,000 rows have no prediction" in problem.message
    assert "'K00005' and 994 more" in problem.message
    assert problem.rows == ("K00001", "K00002", "K00003", "K00004", "K00005")


def test_all_that_is_wrong_with_a_table_is_said_at_once():
    data = "id,prediction\nC1,nan\nC1,high\n7,0.5\né-4,2\n"
    assert names(data) == (
        Violation.MISSING_IDS,
        Violation.EXTRA_IDS,
        Violation.DUPLICATE_IDS,
        Violation.NOT_A_NUMBER,
        Violation.TEXT,
        Violation.OUT_OF_RANGE,
    )


@pytest.mark.parametrize(
    ("data", "act"),
    [
        (GOOD.replace("007", "7"), "dtype=str"),
        (GOOD.replace("007", "7.0"), "dtype=str"),
        (GOOD.replace("C2", " C2"), "spaces"),
        (BAD["index column"][0], "index=False"),
        (GOOD.replace("0.25", "25"), "probability"),
        (BAD["semicolons"][0], "comma"),
        (BAD["no header"][0], "starts with data"),
    ],
)
def test_the_usual_accidents_are_told_what_to_do(data, act):
    with pytest.raises(PredictionsError, match=act):
        parse(data)


def test_hostile_text_is_shown_short_and_printable():
    with pytest.raises(PredictionsError) as caught:
        parse(GOOD + "\x1b[2J\u202e<script>" + "x" * 300 + ",0.5\n")
    message = str(caught.value)
    assert message.isprintable()
    assert message.isascii()
    assert len(message) < 300


def test_an_absent_file_is_the_stages_word(tmp_path):
    with pytest.raises(PredictionsError, match=r"predictions\.csv of the stage 'predict': absent") as caught:
        predictions.read(make_evidence(tmp_path), "predict", IDS)
    assert caught.value.violations == (Violation.ABSENT,)
    assert isinstance(caught.value, SubmissionError)


def test_a_file_above_the_cap_is_never_opened(tmp_path):
    write(tmp_path, "predict", "predictions.csv", GOOD)
    os.truncate(tmp_path / "predict" / "predictions.csv", 2**40)  # sparse: a terabyte of nothing
    with pytest.raises(PredictionsError) as caught:
        predictions.read(make_evidence(tmp_path), "predict", IDS)
    assert caught.value.violations == (Violation.TOO_LARGE,)


def test_a_link_is_not_followed(tmp_path):
    write(tmp_path, "elsewhere", "secret.csv", GOOD)
    (tmp_path / "predict").mkdir()
    (tmp_path / "predict" / "predictions.csv").symlink_to(tmp_path / "elsewhere" / "secret.csv")
    with pytest.raises(PredictionsError, match="not a regular file"):
        predictions.read(make_evidence(tmp_path), "predict", IDS)


def test_an_unusable_file_is_a_missing_score_with_a_finding_a_problem(tmp_path):
    write(tmp_path, "predict", "predictions.csv", GOOD.replace("0.25", "nan") + "C9,0.5\n")
    with pytest.raises(PredictionsError) as caught:
        predictions.read(make_evidence(tmp_path), "predict", IDS)
    score = caught.value.score()
    assert score.verdict is Verdict.MISSING
    assert [f.rule for f in score.findings] == ["extra-ids", "not-a-number"]
    assert score.findings[1].place.rows == ("C1",)
    assert score.findings[1].place.stage == "predict"


def test_what_is_read_cannot_be_changed_by_a_grader():
    with pytest.raises(ValueError, match="read-only"):
        parse(GOOD)[0] = 1.0


def test_a_part_of_the_rows_is_matched_by_id_and_strangers_are_refused(tmp_path):
    write(tmp_path, "predict-one", "predictions.csv", "id,prediction\n007,0.5\n")
    at, values = predictions.read_some(make_evidence(tmp_path), "predict-one", IDS)
    assert (at.tolist(), values.tolist()) == ([2], [0.5])
    write(tmp_path, "predict-one", "predictions.csv", "id,prediction\nC9,0.5\n")
    with pytest.raises(PredictionsError, match="stage 'predict-one'"):
        predictions.read_some(make_evidence(tmp_path), "predict-one", IDS)


# ------------------------------------------------------------------------------------- properties

ids = st.lists(
    st.text(st.sampled_from("aZ0.\"\u00e9,; '\u2028"), min_size=1, max_size=12),
    min_size=1,
    max_size=20,
    unique=True,
)


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


@given(ids, st.data())
def test_any_right_table_is_read_back_exactly_in_any_order_quoted_or_not(named, data):
    values = data.draw(st.lists(st.floats(0, 1), min_size=len(named), max_size=len(named)))
    order = data.draw(st.permutations(range(len(named))))
    lines = [f"{quoted(named[n])},{values[n]!r}" for n in order]
    read = predictions._whole(("id,prediction\n" + "\n".join(lines)).encode(), Ids(tuple(named)))
    np.testing.assert_allclose(read, values, rtol=2e-12, atol=1e-300)


@given(st.text(st.sampled_from('ab,0."\n\r 1;'), max_size=60))
@example("id,prediction\r\rC1,0\n")
def test_the_quick_way_through_a_plain_file_finds_what_the_csv_module_finds(body):
    text = "id,prediction\n" + body
    quick = strict_csv._plain(text)
    if quick is not None:
        assert quick == strict_csv._quoted(text)


def read_or_refuse(data: bytes) -> tuple[np.ndarray, PredictionsError | None]:
    try:
        return parse(data), None
    except PredictionsError as error:
        return np.empty(0), error


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_a_named_violation(body):
    for data in (body, b"id,prediction\n" + body, GOOD.encode() + body):
        values, error = read_or_refuse(data)
        if error is None:
            assert values.shape == (4,)
            assert ((values >= 0) & (values <= 1)).all()
        else:
            assert error.violations
            assert str(error).isprintable()


@given(st.text(max_size=20))
def test_a_cell_is_a_probability_or_it_has_a_name(cell):
    values, problems = predictions._numbers(["C1"], [cell])
    if not problems:
        assert cell.isascii()
        assert math.isclose(values[0], min(1.0, max(0.0, float(cell))), rel_tol=1e-11)


@given(st.floats(0, 1), st.floats(0, 1))
def test_precision_keeps_order_and_twelve_digits(one, other):
    kept = predictions._to_precision(np.array([one, other]))
    np.testing.assert_allclose(kept, [one, other], rtol=1e-12)
    assert (kept[0] <= kept[1]) == (one <= other) or kept[0] == kept[1]
