"""documents.py and prose.py: what people write, and texts that are made to break a reader."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import documents
import prose
import pytest
import syntax
from hypothesis import given, settings
from hypothesis import strategies as st


def said(text: str) -> list[str]:
    return [str(statement["text"]) for statement in prose.outline(text).statements]


def headings(text: str) -> list[tuple[object, object]]:
    return [(heading["level"], heading["text"]) for heading in prose.outline(text).headings]


def tree(top: Path, **files: str) -> Path:
    for name, text in files.items():
        path = top / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return top


def test_sentences_items_and_rows_are_said_in_one_breath():
    text = "One thing. Two things,\non two lines.\n\n- an item. With two sentences\n  and more\n- another\n"
    assert said(text) == [
        "One thing.",
        "Two things, on two lines.",
        "an item. With two sentences and more",
        "another",
    ]


def test_the_head_of_a_table_is_no_statement_and_each_row_is_one():
    assert said("| what | done |\n| --- | :---: |\n| cents | divided |\n| dates | parsed |\n") == [
        "cents | divided",
        "dates | parsed",
    ]


def test_a_comment_says_nothing_and_moves_no_line():
    text = "# A\n<!-- tenure typo\nclosure_code leak -->\nSaid.\n"
    (only,) = prose.outline(text).statements
    assert (only["text"], only["line"]) == ("Said.", 4)


def test_both_kinds_of_headings_and_those_of_restructured_text_count():
    assert headings("# One #\n\nTwo\n===\n\n## Three\n\nFour\n~~~~\n") == [
        (1, "One"),
        (1, "Two"),
        (2, "Three"),
        (2, "Four"),
    ]


def test_code_is_no_prose_whether_fenced_or_indented():
    found = prose.outline(
        "Run:\n\n    pip install x\n    python a.py\n\n```bash\n# not a heading\nmake\n```\n"
    )
    assert [(c["language"], c["text"]) for c in found.code] == [
        ("", "pip install x\npython a.py"),
        ("bash", "# not a heading\nmake"),
    ]
    assert not found.headings


def test_what_is_indented_below_an_item_is_prose():
    assert said("- first\n\n    which goes on here\n") == ["first", "which goes on here"]


def test_names_with_underscores_keep_them_and_emphasis_goes():
    assert said("The **`closure_code`** is _late_, see [the notes](notes.md).") == [
        "The closure_code is late, see the notes."
    ]


@pytest.mark.parametrize(
    ("link", "resolves"),
    [
        ("[a](docs/a.md)", True),
        ("![p](docs/plot.png)", False),
        ("[a](#how-good-it-is)", True),
        ("[a](#nowhere)", False),
        ("[w](https://example.org/x)", None),
        ("[m](mailto:a@example.org)", None),
        ("[h](/docs/a.md)", True),
        ("[d](docs/)", True),
        ("[u](../outside.md)", False),
        ("[f](file:///home/me/a.md)", False),
        ("<img src='docs/a.md'>", True),
        ("[a]: docs/a.md", True),
        (".. image:: docs/a.md", True),
    ],
)
def test_a_link_leads_to_a_file_or_a_heading_of_the_repository(tmp_path, link, resolves):
    tree(tmp_path, **{"README.md": f"# T\n\n## How good it is\n\n{link}\n", "docs/a.md": "A."})
    readme = next(d for d in documents.read_all(tmp_path)["documents"] if d["kind"] == "readme")
    assert [entry["resolves"] for entry in readme["links"]] == [resolves]


def test_a_link_within_code_is_shown_and_not_followed(tmp_path):
    tree(tmp_path, **{"README.md": "Write `[a](nowhere.md)` so."})
    assert documents.read_all(tmp_path)["documents"][0]["links"] == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("README.md", "readme"),
        ("readme", "readme"),
        ("README.rst", "readme"),
        ("Readme.txt", "readme"),
        ("ASSUMPTIONS.md", "assumptions"),
        ("docs/model-card.md", "card"),
        ("docs/notes.md", "prose"),
        ("requirements.txt", None),
        ("dictionary.md", None),
        ("data/README.md", None),
        ("node_modules/x/README.md", None),
        ("a.ipynb", "notebook"),
    ],
)
def test_a_document_is_known_by_its_name(name, kind):
    assert documents.kind_of(name) == kind


def test_the_markdown_of_a_notebook_is_read_with_its_cell(tmp_path):
    cells = [
        {"cell_type": "code", "source": ["x = 1"]},
        {"cell_type": "markdown", "source": ["# T\n", "Said."]},
    ]
    tree(tmp_path, **{"solution.ipynb": json.dumps({"cells": cells})})
    (notebook,) = documents.read_all(tmp_path)["documents"]
    assert [(s["text"], s["cell"], s["line"]) for s in notebook["statements"]] == [("Said.", 2, 2)]


@pytest.mark.parametrize("raw", [b"\x00\x01", b"{", b"[]", b'{"cells": 3}', b"[" * 100_000])
def test_what_is_no_document_costs_only_itself(tmp_path, raw):
    (tmp_path / "a.ipynb").write_bytes(raw)
    tree(tmp_path, **{"README.md": "Said."})
    readme, broken = sorted(documents.read_all(tmp_path)["documents"], key=lambda d: d["kind"] == "notebook")
    assert readme["statements"]
    assert broken["problem"]


def test_too_large_a_readme_is_recorded_and_not_read(tmp_path):
    (tmp_path / "README.md").write_bytes(b"a " * syntax.MAX_BYTES)
    (only,) = documents.read_all(tmp_path)["documents"]
    assert "at most" in only["problem"]
    assert only["statements"] == []


def test_links_and_pipes_are_no_documents(tmp_path):
    (tmp_path / "README.md").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "ASSUMPTIONS.md")
    assert documents.read_all(tmp_path)["documents"] == []


@pytest.mark.parametrize(
    "raw", ["Größe.".encode("utf-16"), "Größe.".encode("latin-1"), "\ufeffGröße.".encode()]
)
def test_other_encodings_are_read_as_somebody_would(tmp_path, raw):
    (tmp_path / "README.md").write_bytes(raw)
    assert documents.read_all(tmp_path)["documents"][0]["statements"][0]["text"] == "Größe."


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        "[a](" * 60_000,
        "| " * 200_000,
        "-" * 500_000,
        "# " + "# " * 200_000,
        "<img " * 100_000,
        "<!-- " * 100_000,
        "`" * 300_000,
        "*a " * 200_000,
        "> " * 200_000,
        "-- " * 150_000 + "x",
        "\n".join(["--- " + " " * 2000 + "x"] * 200),
        ".\"')" * 100_000,
        "- a\n" * 100_000,
    ],
)
def test_no_text_keeps_the_reader_for_long(text):
    begun = time.process_time()
    prose.outline(text)
    assert time.process_time() - begun < 10


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab .|-#`~>*_[]()<!=\n\t1:\"'"), max_size=400))
def test_any_text_can_be_read_and_every_line_is_in_it(text):
    found = prose.outline(text)
    lines = text.count("\n") + 1
    for entry in (*found.headings, *found.links, *found.code, *found.statements):
        assert 1 <= entry["line"] <= lines
    assert json.dumps(documents.asdict(found))
