"""Public rows as inputs: what a row alone is, what another order is, and what is nobody's fault."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graders import answers
from harness.check.slice import lay_out
from harness.errors import UsageError
from harness.handout.layout import Layout
from tests.kit.tiny import write

LAYOUT = Layout(table="a.csv", id="id", keys={"a.csv": "id", "b.csv": "who"}, label="y", positive="1")


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def data(folder: Path, a: str, b: str, labels: str) -> Path:
    write(folder / "data/validation", {"a.csv": a, "b.csv": b, "labels.csv": labels, "c.csv": "x\n1\n2\n"})
    return folder / "data"


def test_a_row_alone_brings_its_lines_however_their_key_is_written(tmp_path: Path) -> None:
    given_data = data(tmp_path, "id,n\n7,1\n8,2\n", "who,m\n8,5\n 007,6\n7 ,7\n9,8\n", "id,label\n7,0\n8,1\n")
    laid = lay_out(given_data, LAYOUT, tmp_path / "out")
    one = laid.public.inputs / "one"
    assert rows(one / "a.csv") == [["id", "n"], ["7", "1"]]
    assert rows(one / "b.csv") == [["who", "m"], [" 007", "6"], ["7 ", "7"]]
    assert len(rows(one / "c.csv")) == 3


def test_all_rows_come_byte_for_byte_as_the_handout_has_them(tmp_path: Path) -> None:
    text = '\ufeffid,n\r\n"7","a, b"\r\n8,\r\n'
    given_data = data(tmp_path, "", "who,m\n7,5\n8,6\n", "id,label\n7,0\n8,1\n")
    (given_data / "validation/a.csv").write_bytes(text.encode())
    laid = lay_out(given_data, LAYOUT, tmp_path / "out")
    assert (laid.public.inputs / "all/a.csv").read_bytes() == text.encode()
    assert not list(laid.public.inputs.rglob("labels.csv"))


def test_a_row_that_has_lines_in_every_table_is_preferred(tmp_path: Path) -> None:
    given_data = data(tmp_path, "id,n\np,1\nq,2\n", "who,m\nq,5\n", "id,label\np,0\nq,1\n")
    laid = lay_out(given_data, LAYOUT, tmp_path / "out")
    assert rows(laid.public.inputs / "one/a.csv")[1] == ["q", "2"]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("ABC", min_size=3, max_size=9), min_size=2, max_size=400, unique=True), st.data())
def test_the_other_order_holds_the_same_facts(ids: list[str], drawn: st.DataObject) -> None:
    labels = [drawn.draw(st.integers(0, 1)) for _ in ids[:2]] + [n % 2 for n in range(len(ids) - 2)]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        given_data = data(
            root,
            "id,n\n" + "".join(f"{name},{n}\n" for n, name in enumerate(ids)),
            "who,m\n" + "".join(f"{name},{n}\n" for n, name in enumerate(ids)),
            "id,label\n" + "".join(f"{name},{label}\n" for name, label in zip(ids, labels, strict=True)),
        )
        laid = lay_out(given_data, LAYOUT, root / "out")
        header, *mixed = rows(laid.public.inputs / "shuffled/a.csv")
        assert sorted(header) == ["id", "n"]
        known = {name: str(n) for n, name in enumerate(ids)}
        seen = [(line[header.index("id")], line[header.index("n")]) for line in mixed]
        assert len(seen) == min(300, len(ids))
        assert all(known[name] == value for name, value in seen)
        sealed = answers.read(laid.key)
        assert sealed.ids.names == tuple(ids)
        assert sealed.label.tolist() == [bool(label) for label in labels]


@pytest.mark.parametrize(
    ("a", "labels", "word"),
    [
        ("id,n\n7,1\n7,2\n", "id,label\n7,0\n", "not unique"),
        ("id,n\n", "id,label\n", "no rows"),
        ("", "id,label\n", "cannot be read"),
        ("id,n\n7,1\n", "id,label\n7,yes\n", "not one label"),
        ("id,n\n7,1\n", "id,y\n7,1\n", "id,label"),
    ],
)
def test_tables_that_are_not_what_was_sent_are_named(tmp_path: Path, a: str, labels: str, word: str) -> None:
    with pytest.raises(UsageError, match=word):
        lay_out(data(tmp_path, a, "who,m\n7,1\n", labels), LAYOUT, tmp_path / "out")
