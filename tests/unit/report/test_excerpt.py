"""A candidate's file is read below the submission, as a regular file, or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from harness.model import Place
from harness.report.excerpt import MAX_FILE_BYTES, excerpt


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "submission"
    root.mkdir()
    (root / "a.py").write_text("".join(f"line {n}\n" for n in range(1, 11)))
    (tmp_path / "secret.txt").write_text("secret\n")
    return root


def test_two_lines_stand_on_either_side_of_the_hit(root: Path) -> None:
    found = excerpt(root, Place(file="a.py", line=5))
    assert [(line.number, line.text, line.hit) for line in found] == [
        (3, "line 3", False),
        (4, "line 4", False),
        (5, "line 5", True),
        (6, "line 6", False),
        (7, "line 7", False),
    ]


@pytest.mark.parametrize(("line", "numbers"), [(1, [1, 2, 3]), (10, [8, 9, 10])])
def test_the_ends_of_a_file_have_fewer_lines(root: Path, line: int, numbers: list[int]) -> None:
    assert [found.number for found in excerpt(root, Place(file="a.py", line=line))] == numbers


def test_blank_ends_are_left_off_but_never_the_hit(root: Path) -> None:
    (root / "b.py").write_text("\n\n\nx = 1\n")
    assert [found.number for found in excerpt(root, Place(file="b.py", line=4))] == [4]
    assert [found.number for found in excerpt(root, Place(file="b.py", line=1))] == [1]


def test_lines_are_counted_as_editors_and_linters_count_them(root: Path) -> None:
    (root / "c.py").write_bytes(b"one\r\ntwo\x0c\xe2\x80\xa8still two\rthree\n")
    found = excerpt(root, Place(file="c.py", line=3))
    assert [line.text for line in found] == ["one", "two\x0c\u2028still two", "three"]


@pytest.mark.parametrize(
    "name", ["../secret.txt", "/etc/passwd", "absent.py", "", ".", "a.py/x", "n\0ul", "x" * 5000]
)
def test_a_name_that_leads_nowhere_good_gives_no_excerpt(root: Path, name: str) -> None:
    assert excerpt(root, Place(file=name, line=1)) == ()


@pytest.mark.parametrize("line", [None, 0, -3, 999])
def test_a_line_that_is_not_there_gives_no_excerpt(root: Path, line: int | None) -> None:
    assert excerpt(root, Place(file="a.py", line=line)) == ()


def test_links_are_not_followed(root: Path) -> None:
    (root / "out.py").symlink_to(root.parent / "secret.txt")
    (root / "in.py").symlink_to(root / "a.py")
    (root / "loop.py").symlink_to(root / "loop.py")
    (root / "folder").symlink_to(root.parent)
    for name in ("out.py", "in.py", "loop.py", "folder/secret.txt"):
        assert excerpt(root, Place(file=name, line=1)) == ()


@pytest.mark.timeout(5)
def test_a_pipe_neither_hangs_nor_is_read(root: Path) -> None:
    os.mkfifo(root / "pipe.py")
    assert excerpt(root, Place(file="pipe.py", line=1)) == ()


def test_a_huge_file_is_not_read(root: Path) -> None:
    (root / "huge.py").write_text("x\n" * MAX_FILE_BYTES)
    assert excerpt(root, Place(file="huge.py", line=1)) == ()


def test_bytes_that_are_no_text_do_no_harm(root: Path) -> None:
    (root / "bin.py").write_bytes(b"\xff\xfe\x00ok\n")
    assert excerpt(root, Place(file="bin.py", line=1))[0].text == "\ufffd\ufffd\x00ok"


def test_a_cell_of_a_notebook_is_shown_as_source(root: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": "# Title"},
        {"cell_type": "code", "source": ["a = 1\n", "b = 2\n"]},
    ]
    (root / "n.ipynb").write_text(json.dumps({"cells": cells}))
    found = excerpt(root, Place(file="n.ipynb", cell=2, line=2))
    assert [(line.text, line.hit) for line in found] == [("a = 1", False), ("b = 2", True)]


@pytest.mark.parametrize(
    "text",
    ["not json", "[]", '{"cells": 3}', '{"cells": [{"source": 7}]}', '{"cells": [null]}', "[" * 50_000],
)
def test_a_broken_notebook_gives_no_excerpt(root: Path, text: str) -> None:
    (root / "n.ipynb").write_text(text)
    assert excerpt(root, Place(file="n.ipynb", cell=1, line=1)) == ()
