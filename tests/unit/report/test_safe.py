"""The one place that escapes: what each sink may be given, for any text whatever."""

from __future__ import annotations

import html
import unicodedata
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markupsafe import Markup

from harness.report import safe

ANY = st.text(alphabet=st.characters(exclude_categories=()), max_size=200)
SPIKY = st.text(alphabet="[]()<>`|*_#!~\\$&@:.w/ ahtps\n-+=1\x1b\u202e", max_size=60)


@given(ANY)
def test_one_line_has_no_character_that_is_not_seen(text: str) -> None:
    kinds = {unicodedata.category(c) for c in safe.visible(text)}
    assert not kinds & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


@given(ANY)
def test_a_block_keeps_line_ends_and_tabs_and_no_other_control(text: str) -> None:
    rest = safe.visible(text, lines=True).replace("\n", "").replace("\t", "")
    assert not {unicodedata.category(c) for c in rest} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


@given(st.text(alphabet=st.characters(codec="ascii", exclude_categories=["Cc"])))
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert safe.visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\u202eb", "a\\u202eb"),
        ("a\nTotal 100", "a\\nTotal 100"),
        ("50 %\r100 %", "50 %\\r100 %"),
        ("\U000e0041", "\\U000e0041"),
        ("\ud800", "\\ud800"),
        ("\u3164", "\\u3164"),
        ("é ж 漢 🎉", "é ж 漢 🎉"),
        ("g" + "\u0301" * 300, "g" + "\u0301" * 4 + "…"),
    ],
)
def test_what_would_be_hidden_is_spelt_out(text: str, shown: str) -> None:
    assert safe.visible(text) == shown


def test_a_cut_text_says_how_much_is_missing() -> None:
    assert safe.visible("a" * 1500, limit=10) == "aaaaaaaaaa … (1,490 more characters)"
    assert safe.visible("a" * 20 + "the end", limit=7, end=True) == "… (20 characters before this) the end"


@given(ANY)
def test_html_is_text_only(text: str) -> None:
    escaped = safe.html(text)
    assert not set(escaped) & set("<>\"'")
    assert html.unescape(str(escaped)) == safe.visible(text)


def test_our_own_markup_passes_and_a_strangers_text_does_not() -> None:
    assert safe.html(Markup("<b>")) == "<b>"
    assert safe.html("<b>") == "&lt;b&gt;"


@given(SPIKY)
def test_markdown_is_text_only_and_reads_as_it_was_written(text: str) -> None:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    inline = parser.parse("x " + safe.markdown(text) + " y")[1]
    assert {token.type for token in inline.children or ()} <= {"text", "text_special"}
    read = "".join(token.content for token in inline.children or ()).replace("\u200b", "")
    assert read.split() == f"x {safe.visible(text)} y".split()


@given(SPIKY)
def test_markdown_gives_the_extensions_of_github_nothing_to_link(text: str) -> None:
    raw = safe.markdown(text)
    assert "://" not in raw
    assert "www." not in raw.lower()
    assert "@" not in raw
    assert "::" not in raw


@pytest.mark.parametrize(
    "text", ["::error::x", "  ::set-output name=a::b", "##[error]x", "a ##vso[task]x", "\n::error::x"]
)
@pytest.mark.parametrize("lines", [True, False])
def test_no_ci_runner_obeys_a_terminal_line(text: str, lines: bool) -> None:
    shown = safe.terminal(text, lines=lines)
    assert not any(line.lstrip().startswith("::") for line in shown.splitlines())
    assert "##[" not in shown
    assert "##vso[" not in shown


def test_slices_in_a_terminal_are_left_alone() -> None:
    assert safe.terminal("rows[::2] ## done") == "rows[::2] ## done"


@given(ANY)
def test_xml_takes_any_text_and_gives_back_what_is_shown(text: str) -> None:
    element = ElementTree.Element("a", {"b": safe.xml(text)})
    element.text = safe.xml(text)
    read = ElementTree.fromstring(ElementTree.tostring(element, encoding="unicode"))
    assert read.get("b") == safe.visible(text)
    assert (read.text or "") == safe.visible(text)
