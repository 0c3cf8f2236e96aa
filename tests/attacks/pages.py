"""A run folder -> what in its pages, formats or terminal lines would be obeyed instead of read."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from rich.console import Console

from harness.model import Evidence, Scorecard
from harness.progress import Progress, show_card

TAGS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "link",
        "style",
        "body",
        "header",
        "main",
        "section",
        "article",
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "dl",
        "dt",
        "dd",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "a",
        "b",
        "i",
        "em",
        "span",
        "small",
        "code",
        "pre",
        "details",
        "summary",
        "figure",
        "figcaption",
        "br",
        "hr",
        "strong",
        "nav",
        "footer",
        "svg",
        "desc",
        "defs",
        "g",
        "path",
        "use",
        "text",
        "tspan",
        "clippath",
        "rect",
        "line",
        "circle",
    ]
)
ATTRIBUTES = frozenset(
    [
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "rel",
        "href",
        "class",
        "id",
        "aria-labelledby",
        "aria-label",
        "aria-hidden",
        "scope",
        "colspan",
        "rowspan",
        "style",
        "data-label",
        "open",
        "viewbox",
        "xmlns",
        "role",
        "d",
        "clip-path",
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "dx",
        "dy",
        "width",
        "height",
        "transform",
        "fill",
        "stroke",
        "xlink:href",
        "xmlns:xlink",
        "text-anchor",
        "title",
        "datetime",
    ]
)
LOCAL = re.compile(r"#[\w.:-]+|data:,")
UNSAFE_STYLE = re.compile(r"url\(|expression|@import|javascript|position\s*:\s*fixed", re.IGNORECASE)
HIDDEN = re.compile(
    r"[^\n\t\x20-\x7e\xa0-\U0010ffff]|[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
COMMAND = re.compile(r"^\s*(?:::[a-z-]+[^:\n]*::|##\[|##(?:vso|teamcity)\[)", re.MULTILINE)
TEXTS = (".html", ".md", ".xml", ".json", ".sarif", ".csv", ".txt")
FORMULA = re.compile(r"^[=+@\t\r-]")


def live(run: Path, card: Scorecard) -> list[str]:
    """Sentences; empty is good."""
    found: list[str] = []
    pages = sorted(run.glob("*.html"))
    if not pages:
        found.append("there is no report")
    for path in (*pages, *sorted((run / "results").glob("*"))):
        found += [f"{path.name}: {what}" for what in _in_file(path)]
    found += [f"terminal: {what}" for what in in_plain(_terminal(run, card))]
    return found[:10]


def _in_file(path: Path) -> list[str]:
    if path.suffix not in TEXTS:
        return []
    text = path.read_text("utf-8", "replace")
    found = in_plain(text)
    if path.suffix == ".html":
        found += in_html(text)
    if path.suffix == ".xml":
        found += _in_xml(text)
    if path.suffix == ".csv":
        cells = [cell.strip('"') for line in text.splitlines() for cell in line.split(",")]
        found += [f"a formula: {cell[:40]!r}" for cell in cells if FORMULA.match(cell) and not _number(cell)]
    return found


def in_html(text: str) -> list[str]:
    """Elements, attributes and addresses that our pages never have."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.found


def _in_xml(text: str) -> list[str]:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return ["a document type"]
    try:
        ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        return [f"not XML: {error}"]
    return []


def in_plain(text: str) -> list[str]:
    """Control, bidirectional and invisible characters, and lines that a CI runner obeys."""
    found = [
        f"a character that is not shown: U+{ord(m.group()):04X}" for m in list(HIDDEN.finditer(text))[:2]
    ]
    return found + [f"a CI command: {m.group()[:40]!r}" for m in list(COMMAND.finditer(text))[:2]]


def _terminal(run: Path, card: Scorecard) -> str:
    """What a person sees while it runs and at the end."""
    out = io.StringIO()
    console = Console(file=out, force_terminal=False, width=120)
    with Progress(console, "Grading") as progress:
        for result in Evidence.read(run).stages.values():
            progress.ended(result)
    show_card(console, card, run, cached=False)
    return out.getvalue()


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found.append(f"a live <{tag}>")
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name not in ATTRIBUTES:
            self.found.append(f"a live attribute {name} of <{tag}>")
        elif name in ("href", "xlink:href") and not LOCAL.fullmatch(value):
            self.found.append(f"an address {value[:60]!r} of <{tag}>")
        elif name == "style" and UNSAFE_STYLE.search(value):
            self.found.append(f"a style {value[:60]!r} of <{tag}>")
        elif name == "http-equiv" and value.lower() != "content-security-policy":
            self.found.append(f"a meta {value[:60]!r}")
