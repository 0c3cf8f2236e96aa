"""Markdown, reStructuredText or plain text -> headings, links, code, and what is said in one breath.

A small reader of our own, line by line, linear in the text: it never fails on any text, and where a
construct is none that it knows, the line is prose. Not a renderer. HTML comments say nothing to a reader,
so they are left out.

A *statement* is a sentence of a paragraph, a list item or a row of a table: what belongs together in it was
meant together. Standard library only; runs in the tools container.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

MAX_STATEMENT = 2_000  # characters; what is longer is cut, since nobody writes such a sentence
MAX_LINE = 8_000  # characters of one line that are looked at
FENCE = re.compile(r"^( {0,3})(`{3,}|~{3,})\s*\{?\.?([\w+#.-]*)")
LIST_FENCE = re.compile(r"^([ \t]{0,16})(`{3,}|~{3,})\s*\{?\.?([\w+#.-]*)")  # in a list they stand further in
SPAN = re.compile(r"(?<!`)`([^`]{2,300})`(?!`)")
HEADING = re.compile(r"^ {0,3}(#{1,6})(?:\s|$)")
UNDERLINE = re.compile(r"^([=\-~^\"*+#])\1{2,}\s*$")
ITEM = re.compile(r"^\s{0,12}(?:[-*+]|\d{1,3}[.)])\s+(.*)$")
DASHES = re.compile(r" *:?-{2,}:? *")
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
HTML_LINK = re.compile(
    r"<(?:img|a)\s[^<>]{0,300}?(?:src|href)\s*=\s*[\"']([^\"'<>]{1,300})[\"']", re.IGNORECASE
)
LINK = re.compile(
    r"(!?)\[([^\[\]]{0,300})\]\(\s*<?([^()\s<>]{1,500}(?:\([^()\s]{0,100}\)[^()\s<>]{0,100})?)>?[^()]{0,200}\)"
)
REFERENCE = re.compile(r"^ {0,3}\[([^\[\]]{1,200})\]:\s*<?(\S{1,500}?)>?(?:\s.*)?$")
DIRECTIVE = re.compile(r"^\s*\.\.\s+(image|figure)::\s*(\S{1,500})")
SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[A-Z0-9`\"'(*_])")
EMPHASIS = re.compile(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)")


@dataclass
class Outline:
    """What a text consists of. Lines count from 1."""

    headings: list[dict[str, object]] = field(default_factory=list)  # level, text, line
    links: list[dict[str, object]] = field(default_factory=list)  # target, image, line
    code: list[dict[str, object]] = field(default_factory=list)  # language, text, line
    statements: list[dict[str, object]] = field(default_factory=list)  # text, line, section
    spans: list[dict[str, object]] = field(default_factory=list)  # code within a line: text, line


def outline(text: str) -> Outline:
    """Read ``text`` once."""
    reader = _Reader()
    for number, line in enumerate(_without_comments(text).split("\n"), 1):
        reader.take(number, line[:MAX_LINE].rstrip())
    reader.end()
    return reader.found


def slug(heading: str) -> str:
    """The anchor that hosts make of a heading."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


def _without_comments(text: str) -> str:
    """The text with comments gone and every line where it was."""
    return COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)


class _Reader:
    """A state machine over lines: within a fence, or within a block of prose that a blank line ends."""

    def __init__(self) -> None:
        self.found = Outline()
        self.section = ""
        self.fence, self.inset = "", 0
        self.kind = ""  # of the block under way: "prose", "item" or ""
        self.block: list[str] = []
        self.begun = 0
        self.code: list[str] = []
        self.blank = True
        self.in_list = False

    def take(self, number: int, line: str) -> None:
        """One line."""
        if self.fence:
            self._in_fence(line)
        elif (opened := self._opens(line)) and not self._underlined_by(line):
            self.end()
            self.fence, self.inset = opened[2], len(opened[1])
            self.found.code.append(
                {"language": opened[3].lower(), "text": "", "line": number, "fenced": True}
            )
        elif not line.strip():
            self.end()
            self.blank = True
            return
        elif self._is_indented_code(line):
            self._indented(number, line)
        else:
            self._text(number, line)
        self.blank = False

    def end(self) -> None:
        """What was under way is complete."""
        if self.code and self.found.code:
            self.found.code[-1]["text"] = "\n".join(self.code)
        self.code = []
        if self.block:
            self._say(" ".join(self.block), self.begun, whole=self.kind == "item")
        self.block, self.kind = [], ""

    def _opens(self, line: str) -> re.Match[str] | None:
        return (LIST_FENCE if self.in_list and not self.code else FENCE).match(line)

    def _in_fence(self, line: str) -> None:
        closing = line.strip()
        if closing.startswith(self.fence) and not closing.strip(self.fence[0]):
            self.fence = ""
            self.end()
        else:
            self.code.append(line[min(self.inset, len(line) - len(line.lstrip())) :])

    def _is_indented_code(self, line: str) -> bool:
        indented = line.startswith(("    ", "\t"))
        begins = self.blank and not self.in_list and not ITEM.match(line)
        return indented and (bool(self.code) or begins)

    def _indented(self, number: int, line: str) -> None:
        if not self.code:
            self.end()
            self.found.code.append({"language": "", "text": "", "line": number, "fenced": False})
        self.code.append(line[4:] if line.startswith("    ") else line.strip())

    def _text(self, number: int, line: str) -> None:
        if self.code:
            self.end()
        self.in_list = bool(ITEM.match(line)) or (self.in_list and (line[0].isspace() or not self.blank))
        line = re.sub(r"^ {0,3}>+ ?", "", line)
        self._links(number, line)
        if heading := HEADING.match(line):
            self._heading(len(heading[1]), line.strip().strip("#"), number)
        elif self._underlined_by(line):
            (text,) = self.block
            self.block = []
            self._heading(1 if line[0] == "=" else 2, text, self.begun)
        elif _is_delimiter(line):
            self.block, self.kind = [], ""  # what stood above it is the head of a table
        elif UNDERLINE.match(line):
            self.end()
        elif line.count("|") >= 2 or line.lstrip().startswith("|"):
            self.end()
            self.block, self.begun, self.kind = [line.strip().strip("|")], number, "item"
        elif item := ITEM.match(line):
            self.end()
            self.block, self.begun, self.kind = [item[1]], number, "item"
        else:
            self._prose(number, line)

    def _underlined_by(self, line: str) -> bool:
        """Whether ``line`` makes a heading of the one line above it; ~ does in reStructuredText."""
        return len(self.block) == 1 and self.kind == "prose" and UNDERLINE.match(line) is not None

    def _prose(self, number: int, line: str) -> None:
        if self.kind == "item" and "|" in self.block[0]:
            self.end()
        if not self.block:
            self.begun, self.kind = number, "prose"
        self.block.append(line.strip())

    def _heading(self, level: int, text: str, number: int) -> None:
        self.end()
        self.section = plain(text)[:MAX_STATEMENT]
        self.found.headings.append({"level": level, "text": self.section, "line": number})

    def _say(self, text: str, number: int, *, whole: bool) -> None:
        said = plain(text)
        for sentence in [said] if whole else SENTENCE_END.split(said):
            if any(c.isalnum() for c in sentence):
                entry = {"text": sentence[:MAX_STATEMENT], "line": number, "section": self.section}
                self.found.statements.append(entry)

    def _links(self, number: int, line: str) -> None:
        self.found.spans += [{"text": text, "line": number} for text in SPAN.findall(line)]
        for target, image in _targets(line):
            self.found.links.append({"target": target[:500], "image": image, "line": number})


def _is_delimiter(line: str) -> bool:
    """The line between the head of a table and its rows."""
    cells = line.strip().strip("|").split("|")
    return "|" in line and all(DASHES.fullmatch(cell) for cell in cells)


def _targets(line: str) -> Iterator[tuple[str, bool]]:
    bare = re.sub(r"`[^`]*`", "", line)  # a link within code is shown, not followed
    for bang, text, target in LINK.findall(bare):
        yield unquote(target), bool(bang)
        for nested in re.findall(r"!\[[^\[\]]*\]\(([^()\s]+)\)", text):
            yield unquote(nested), True
    for target in HTML_LINK.findall(bare):
        yield unquote(target), False
    if reference := REFERENCE.match(bare):
        yield unquote(reference[2]), False
    if directive := DIRECTIVE.match(line):
        yield unquote(directive[2]), True


def plain(text: str) -> str:
    """Inline Markdown -> the words a reader sees."""
    shown = LINK.sub(lambda found: found[2], text)
    shown = TAG.sub(" ", shown).replace("`", "")
    shown = EMPHASIS.sub("", shown)
    return " ".join(shown.split())
