"""Damage to a file's bytes is undone by its mask, and a damaged line is one that the mask names."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.errors import SpecError
from harness.mess import Harm, damaged, harms, repaired

HARMS = (
    harms.bom(), harms.crlf(), harms.ragged(0.2), harms.embedded_newline(1, 0.3), harms.truncated_tail(0.2),
    harms.latin_1(0.5), harms.blank_lines(0.2), harms.header_again(0.1),
)  # fmt: skip
cells = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=8)


def a_file(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([["id", "text", "more"], *rows])
    return out.getvalue().encode()


files = st.lists(st.lists(cells, min_size=3, max_size=3), max_size=20).map(a_file)
lists_of_harms = st.lists(st.sampled_from(HARMS), unique_by=lambda h: h.operator)


@settings(max_examples=200, deadline=None)
@given(data=files, chosen=lists_of_harms, seed=st.integers(0, 2**31))
def test_a_mask_repairs_the_file(data: bytes, chosen: list[Harm], seed: int) -> None:
    done = damaged(data, chosen, seed=seed, file="t.csv")
    assert repaired(done.data, done.mask, data.count(b"\n")) == data


@settings(max_examples=100, deadline=None)
@given(data=files, chosen=lists_of_harms, seed=st.integers(0, 2**31))
def test_a_dropped_harm_changes_no_other_harms_lines_on_other_parts(
    data: bytes, chosen: list[Harm], seed: int
) -> None:
    whole = damaged(data, chosen, seed=seed, file="t.csv").mask
    for lost in chosen:
        rest = damaged(data, [harm for harm in chosen if harm is not lost], seed=seed, file="t.csv").mask
        mine = whole["operator"].eq(lost.operator)
        touched = set(zip(whole["line"][mine], whole["part"][mine], strict=True))
        left = [row for row in whole[~mine].itertuples(index=False) if (row.line, row.part) not in touched]
        assert left == [row for row in rest.itertuples(index=False) if (row.line, row.part) not in touched]


def test_the_ids_of_whole_lines_survive_another_delimiter_and_broken_lines() -> None:
    data = a_file([[f"k{n}", "some, text", "1"] for n in range(50)])
    done = damaged(data, [harms.delimiter(";"), harms.bom(), harms.crlf()], seed=1, file="t.csv")
    rows = list(csv.reader(io.StringIO(done.data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [row[0] for row in rows[1:]] == [f"k{n}" for n in range(50)]
    assert rows[1] == ["k0", "some, text", "1"]
    assert repaired(done.data, done.mask, 51) == data


def test_a_truncated_file_ends_within_a_line() -> None:
    data = a_file([["key", "text", "more"]] * 100)
    done = damaged(data, [harms.truncated_tail(0.1)], seed=1, file="t.csv")
    assert len(done.data.splitlines()) == 91
    assert not done.data.endswith(b"\n")


def test_a_rate_outside_one_and_a_harm_twice_are_refused_by_name() -> None:
    with pytest.raises(SpecError, match=r"damage of t\.csv: step 'ragged': a rate"):
        damaged(b"a\n1\n", [harms.ragged(2.0)], seed=1, file="t.csv")
    with pytest.raises(SpecError, match="step 'bom': stands there twice"):
        damaged(b"a\n1\n", [harms.bom(), harms.bom()], seed=1, file="t.csv")
