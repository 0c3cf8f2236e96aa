"""A stranger's text -> text that is safe where it is shown. The one place that escapes.

visible    what the eye must see: control, bidirectional and invisible characters become marks
html       visible, then escaped; the templates pass every expression through it
markdown   visible, then every character that Markdown would act on becomes an entity
terminal   visible, then whatever a CI runner would obey is broken up
xml        as for a terminal: the XML writer escapes the rest, and no character it refuses is left
"""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

TEXT_LIMIT = 2000
BLOCK_LIMIT = 20_000


def visible(text: object, *, limit: int = TEXT_LIMIT, lines: bool = False, end: bool = False) -> str:
    """``text`` with nothing hidden: ESC is shown as ``\\x1b``, a bidi override as ``\\u202e``.

    ``lines`` keeps line ends and tabs; else a line end is shown as ``\\n``, so that nobody forges a line.
    Longer text is cut to ``limit`` characters, its beginning or (``end``) its end, and says so.
    """
    whole = str(text)
    if lines:
        whole = whole.replace("\r\n", "\n")
    cut = whole[-limit:] if end else whole[:limit]
    shown = _STACKED.sub(r"\1…", cut.translate(_BLOCK if lines else _INLINE))
    hidden = len(whole) - len(cut)
    if not hidden:
        return shown
    gap = "\n" if lines else " "
    if end:
        return f"… ({hidden:,} characters before this){gap}{shown}"
    return f"{shown}{gap}… ({hidden:,} more characters)"


def html(text: object, *, limit: int = TEXT_LIMIT) -> Markup:
    """One line for HTML, in text or in a quoted attribute. Markup of ours passes unchanged."""
    return text if isinstance(text, Markup) else _disarmed(escape(visible(text, limit=limit)))


def html_block(text: object, *, limit: int = BLOCK_LIMIT, end: bool = True) -> Markup:
    """Several lines for a ``<pre>``; of a long text the end is kept, where programs say why they died."""
    return _disarmed(escape(visible(text, limit=limit, lines=True, end=end)))


def html_code(line: str) -> Markup:
    """One line of source for a ``<pre>``: tabs stay tabs."""
    return _disarmed(escape(visible(line.replace("\n", "\\n"), limit=200, lines=True)))


def markdown(text: object, *, limit: int = 600) -> str:
    """One line for Markdown: no table cell, link, mention, heading, HTML or CI command comes of it."""
    escaped = visible(text, limit=limit).translate(_MARKDOWN)
    escaped = escaped.replace("@", "&#64;&#8203;").replace("::", "&#58;&#58;").replace("://", "&#58;//")
    return _WWW.sub(r"\1&#46;", escaped)


def terminal(text: object, *, limit: int = TEXT_LIMIT, lines: bool = False) -> str:
    """Plain text for a terminal or a CI log; print it with the console's own markup switched off."""
    shown = visible(text, limit=limit, lines=lines)
    return _RUNNER_TAG.sub("# #", _RUNNER_COMMAND.sub(r"\1: :", shown))


def xml(text: object, *, limit: int = BLOCK_LIMIT, lines: bool = False) -> str:
    """Text that any XML writer accepts, with nothing that a CI runner would obey when it prints the file."""
    return terminal(text, limit=limit, lines=lines)


def _disarmed(escaped: Markup) -> Markup:
    """The same to the eye; a CI job that prints the page finds no command of a runner in it."""
    shown = _RUNNER_COMMAND.sub(r"\1&#58;&#58;", str(escaped))
    return Markup(_RUNNER_TAG.sub("&#35;&#35;", shown))  # noqa: S704 -- escaped before, and only entities were added


class _Marks(dict[int, str]):
    """Code point -> how it is shown; worked out once a character."""

    def __init__(self, kept: str) -> None:
        super().__init__({ord(character): character for character in kept})

    def __missing__(self, code: int) -> str:
        self[code] = _mark(code)
        return self[code]


def _mark(code: int) -> str:
    character = chr(code)
    if character in "\n\r\t":
        return {"\n": "\\n", "\r": "\\r", "\t": " "}[character]
    hidden = unicodedata.category(character) in _HIDDEN or code in _BLANK or _is_noncharacter(code)
    if not hidden:
        return character
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _is_noncharacter(code: int) -> bool:
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


# Controls, format characters (bidi, zero width, tags), surrogates, private use, line separators.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
# Letters that are drawn as nothing.
_BLANK = frozenset({0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0})
_INLINE = _Marks("")
_BLOCK = _Marks("\n\t")
# More than four combining marks on one letter would be drawn over the lines around it.
_STACKED = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    "[\u0300-\u036f\u0483-\u0489\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_MARKDOWN = {ord(character): f"&#{ord(character)};" for character in "&<>|`*_[]#~\\$"}
_WWW = re.compile(r"(www)\.", re.IGNORECASE)
# GitHub obeys "::" where a line starts and "##[" anywhere; Azure and TeamCity "##name[".
_RUNNER_COMMAND = re.compile(r"^(\s*)::", re.MULTILINE)
_RUNNER_TAG = re.compile(r"##(?=\w*\[)")
