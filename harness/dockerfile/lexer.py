"""A Dockerfile's words: blanks split, quotes go, variables are put in; values are capped."""

from __future__ import annotations

import re
from collections.abc import Mapping

MAX_VALUE = 32 * 2**10
MAX_NESTING = 8
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def words(text: str, env: Mapping[str, str], *, escape: str = "\\", split: bool = True) -> list[str]:
    """As Docker does for all instructions but RUN, CMD and ENTRYPOINT; ``split`` at blanks or not.

    Raises:
        ValueError: an open quote or brace, a modifier Docker has and we do not, or a value past all sense.
    """
    return _Lexer(text, env, escape, split).words()


class _Lexer:
    def __init__(self, text: str, env: Mapping[str, str], escape: str, split: bool, depth: int = 0) -> None:
        if depth > MAX_NESTING:
            raise ValueError("its variables are nested too deep")
        self._text = text
        self._env = env
        self._escape = escape
        self._split = split
        self._depth = depth
        self._at = 0
        self._word: list[str] | None = None
        self._words: list[str] = []
        self._size = 0

    def words(self) -> list[str]:
        while self._at < len(self._text):
            char = self._next()
            if self._split and char in " \t\n":
                self._end_word()
            elif char == "'":
                self._add(self._until_quote())
            elif char == '"':
                self._double_quoted()
            else:
                self._plain(char)
        self._end_word()
        return self._words if self._split else ["".join(self._words)]

    def _next(self) -> str:
        char = self._text[self._at]
        self._at += 1
        return char

    def _add(self, text: str) -> None:
        self._size += len(text)
        if self._size > MAX_VALUE:
            raise ValueError(f"a value grows past {MAX_VALUE:,} characters")
        if self._word is None:
            self._word = []
        self._word.append(text)

    def _end_word(self) -> None:
        if self._word is not None:
            self._words.append("".join(self._word))
        self._word = None

    def _plain(self, char: str) -> None:
        if char == self._escape and self._at < len(self._text):
            self._add(self._next())
        elif char == "$":
            self._add(self._variable())
        else:
            self._add(char)

    def _until_quote(self) -> str:
        end = self._text.find("'", self._at)
        if end < 0:
            raise ValueError("a quote is not closed")
        inside, self._at = self._text[self._at : end], end + 1
        return inside

    def _double_quoted(self) -> None:
        self._add("")
        while self._at < len(self._text):
            char = self._next()
            if char == '"':
                return
            if char == self._escape and self._text[self._at : self._at + 1] not in ('"', "$", self._escape):
                self._add(char)
            else:
                self._plain(char)
        raise ValueError("a quote is not closed")

    def _variable(self) -> str:
        if self._text[self._at : self._at + 1] == "{":
            self._at += 1
            return self._braced()
        match = NAME.match(self._text, self._at)
        if match is None:
            return "$"
        self._at = match.end()
        return self._env.get(match[0], "")

    def _braced(self) -> str:
        inside = self._inside_braces()
        match = NAME.match(inside)
        if match is None:
            raise ValueError(f"${{{inside[:40]}}} names no variable")
        name, rest = match[0], inside[match.end() :]
        value = self._env.get(name)
        if not rest:
            return value or ""
        modifier = re.match(r"(:?)([-+?])", rest)
        if modifier is None:
            raise ValueError(f"${{{inside[:40]}}} uses a modifier that is not known here")
        is_set = bool(value) if modifier[1] else value is not None
        if modifier[2] == "?" and not is_set:
            raise ValueError(f"{name} has no value")
        if is_set == (modifier[2] == "+"):
            word = _Lexer(rest[modifier.end() :], self._env, self._escape, False, self._depth + 1)
            return "".join(word.words())
        return (value or "") if modifier[2] != "+" else ""

    def _inside_braces(self) -> str:
        start, open_braces = self._at, 1
        while self._at < len(self._text):
            char = self._next()
            open_braces += {"{": 1, "}": -1}.get(char, 0)
            if not open_braces:
                return self._text[start : self._at - 1]
        raise ValueError("a brace is not closed")


def shown(text: str, most: int = 80) -> str:
    """Words of theirs, fit for a sentence of ours: printable ASCII, short."""
    return "".join(c if c.isascii() and c.isprintable() else "?" for c in text[:most])
