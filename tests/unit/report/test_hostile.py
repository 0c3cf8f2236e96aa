"""Every text that a candidate can reach carries an attack; nothing of it is obeyed by any sink."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from junitparser import JUnitXml
from markdown_it import MarkdownIt

from harness.model import Chart, Claims, Ended, Finding, Place, Score, Severity, StageResult

BAD = "<script>alert(1)</script></style></pre></title><img src=x onerror=alert(2)>"
ANSI = "\x1b[2J\x1b[1;32mTOTAL 100 of 100\x1b[0m \x1b]8;;http://evil.example\x07click\x1b]8;;\x07"
BIDI = "abc\u202egnp.exe\u2066 \u200bhid\u00adden\ufeff"
COMMANDS = "\n::error file=a,line=1::pwned\n##[error]pwned\n::set-output name=total::100"
LINKS = "[free](javascript:alert(1)) <https://evil.example> https://evil.example www.evil.example @lead"
SYNTAX = "`code` | cell | $x$ **bold** {{ 7*7 }} {% raw %} =cmd|'/c calc'!A1 \ufffe # heading"
EVERYTHING = " ".join((BAD, ANSI, BIDI, COMMANDS, LINKS, SYNTAX))
FILE = 'src/<img src=x onerror=alert(3)>"\u202e.py'

TAGS = (
    "html head meta title link style body header main section article div p h1 h2 h3 dl dt dd ul ol li table "
    "thead tbody tr th td a b i span small code pre details summary figure figcaption br strong "
    "svg desc defs g path use text clippath rect"
)
ATTRIBUTES = (
    "lang charset http-equiv content name rel href class id aria-labelledby aria-hidden scope colspan style "
    "data-label open viewbox xmlns role d clip-path x y width height transform"
)
STYLE = re.compile(r"(?:[a-z-]+: ?(?:var\(--[a-z]+, #[0-9a-f]{6}\)|[\w.%, -]+);? ?)+")


@pytest.fixture
def hostile(one: Callable[..., Any]) -> Any:
    finding = Finding(
        what=EVERYTHING, place=Place(file=FILE, line=2, rows=(BAD, ANSI)), fix=EVERYTHING, rule=BAD
    )
    outside = Finding(
        what=BAD, place=Place(file="../../../../etc/passwd", line=1), severity=Severity.CRITICAL
    )
    chart = Chart(
        kind="bars", title=BAD, x=(BAD, "$\\frac{a}", ANSI, BIDI), y=(0.1, 0.2, float("nan"), 1e300),
        limit=0.15, x_label=BAD, y_label=EVERYTHING, caption=EVERYTHING,
    )  # fmt: skip
    scores = {
        "A1": Score.graded(
            0.31, EVERYTHING, earn_back=EVERYTHING, suspicious=EVERYTHING, charts=(chart,),
            findings=(finding, outside), measures={BAD: 0.1},
        ),
        "A3": Score.missing(EVERYTHING, findings=(finding,)),
        "E2": Score.ungraded(EVERYTHING),
    }  # fmt: skip
    stage = StageResult(
        stage="predict", ended=Ended.FAILED, reason=EVERYTHING, argv=(BAD, ANSI), tail=EVERYTHING * 200,
        files=(BAD, FILE), unmeasured=(EVERYTHING,),
    )  # fmt: skip
    claims = Claims(metric=BAD, value=0.9, how=EVERYTHING)
    run = one(scores, stages={"predict": stage}, needs_human=(EVERYTHING,), claims=claims)
    file = run.evidence.submission.root / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"ok = 1\nx = '{BAD}{ANSI}{BIDI}'\n</pre>{LINKS}\n", encoding="utf-8")
    settings = run.evidence.submission.settings.model_copy(
        update={"effort": {BAD: EVERYTHING}, "detected": (EVERYTHING,)}
    )
    submission = run.evidence.submission.model_copy(update={"settings": settings, "notes": (EVERYTHING,)})
    evidence = run.evidence.model_copy(update={"submission": submission, "sandbox": {BAD: ANSI}})
    return replace(run, evidence=evidence)


@pytest.fixture
def folder(hostile: Any, folder_of: Callable[[Any], Path]) -> Path:
    return folder_of(hostile)


def test_no_tag_and_no_attribute_of_theirs_survives(folder: Path) -> None:
    for tag, attributes in _elements(_html(folder)):
        assert tag in TAGS.split()
        for name, value in attributes.items():
            assert name in ATTRIBUTES.split(), f"<{tag} {name}={value!r}>"
            assert "alert" not in (value or "")
            if name == "style":
                assert STYLE.fullmatch(value), value
            if name == "href":
                assert re.fullmatch(r"#[\w-]+|data:,", value), value


def test_what_they_wrote_is_still_there_to_be_read(folder: Path) -> None:
    page = _html(folder)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "\\x1b[2J" in page
    assert "abc\\u202egnp.exe" in page
    assert "{{ 7*7 }}" in page


@pytest.mark.parametrize("name", ["report.html", "results/summary.md", "results/junit.xml"])
def test_no_file_has_a_control_a_bidirectional_or_an_invisible_character(folder: Path, name: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert not re.findall(
        r"[^\n\t\x20-\x7e\xa0-\uffff]|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", text
    )


def test_the_summary_holds_no_link_no_html_and_no_command(folder: Path) -> None:
    text = (folder / "results/summary.md").read_text(encoding="utf-8")
    assert not re.search(r"^\s*(::|##\[)", text, re.MULTILINE)
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    kinds = {token.type for token in tokens} | {c.type for t in tokens for c in t.children or ()}
    assert not kinds & {
        "html_block",
        "html_inline",
        "link_open",
        "image",
        "code_inline",
        "fence",
        "code_block",
    }
    headings = [tokens[i + 1].content for i, t in enumerate(tokens) if t.type == "heading_open"]
    assert headings[1:] == ["Criteria", "What cost the most", "Stages"]


def test_every_row_of_a_summary_table_has_the_cells_of_its_head(folder: Path) -> None:
    text = (folder / "results/summary.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {row.count("|") for row in rows} <= {5, 6}
    assert len(rows) == 2 + 7 + 2 + 7


def test_an_xml_reader_accepts_the_junit_file(folder: Path) -> None:
    suites = JUnitXml.fromfile(str(folder / "results/junit.xml"))
    assert suites.tests == 7
    assert suites.errors == 1
    assert suites.failures == 2


def test_a_file_outside_the_submission_is_never_quoted(folder: Path) -> None:
    page = _html(folder)
    assert "../../../../etc/passwd:1" in page
    assert "root:x:" not in page


def test_a_flood_of_text_is_cut(hostile: Any, tmp_path: Path) -> None:
    flood = "x" * 3_000_000
    stage = StageResult(stage="predict", ended=Ended.FAILED, reason=flood, tail=flood, unmeasured=(flood,))
    evidence = hostile.evidence.model_copy(update={"stages": {"predict": stage}})
    page = replace(hostile, evidence=evidence).into(tmp_path / "flood")
    assert page.stat().st_size < 300_000
    assert "characters before this" in page.read_text(encoding="utf-8")


def _html(folder: Path) -> str:
    return (folder / "report.html").read_text(encoding="utf-8")


def _elements(page: str) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    reader = Reader()
    reader.feed(page)
    reader.close()
    return found
