"""Text -> tokens, and whether terms stand in them. Words in any order; nothing here knows a language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property, lru_cache

TOKEN = re.compile(r"-?\d+(?:[.,:]\d+)*|[^\W\d_]+|€")
Span = tuple[int, int]  # first token, one past the last


class Text:
    """The tokens of a text: words in lower case without underscores, numbers with their sign."""

    def __init__(self, text: str) -> None:
        self.tokens = tokens(text)

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each token stands."""
        found: dict[str, list[int]] = {}
        for place, token in enumerate(self.tokens):
            found.setdefault(token, []).append(place)
        return found

    def spans(self, terms: Iterable[str]) -> list[Span]:
        """Where any of ``terms`` stands, in order: tokens in a row, ``spell*`` being any that begins so."""
        return sorted({span for term in terms for span in self._of(term)})

    def has(self, terms: Iterable[str]) -> bool:
        """Whether any of ``terms`` stands here."""
        return any(self._of(term) for term in terms)

    def _of(self, term: str) -> list[Span]:
        first, *rest = _parsed(term)
        starts = self._starting(*first)
        return [(at, at + 1 + len(rest)) for at in starts if self._goes_on(at + 1, rest)]

    def _starting(self, token: str, prefix: bool) -> list[int]:
        if not prefix:
            return self.places.get(token, [])
        return [at for known, places in self.places.items() if known.startswith(token) for at in places]

    def _goes_on(self, at: int, rest: list[tuple[str, bool]]) -> bool:
        if at + len(rest) > len(self.tokens):
            return False
        pairs = zip(rest, self.tokens[at:], strict=False)
        return all(there.startswith(token) if prefix else there == token for (token, prefix), there in pairs)


def tokens(text: str) -> tuple[str, ...]:
    """Lower case, compatibility forms unified; ``monthly_charges`` is two tokens, ``-999`` one."""
    return tuple(TOKEN.findall(unicodedata.normalize("NFKC", text).lower()))


@lru_cache(maxsize=4096)
def _parsed(term: str) -> list[tuple[str, bool]]:
    """(token, whether more may follow in the word) of each word of a term.

    Raises:
        ValueError: there is no word in it.
    """
    found = []
    for word in term.split():
        pieces = tokens(word.rstrip("*"))
        found += [(piece, False) for piece in pieces[:-1]]
        found += [(piece, word.endswith("*")) for piece in pieces[-1:]]
    if not found:
        raise ValueError(f"a term without a word: {term!r}")
    return found


def terms(listed: str) -> tuple[str, ...]:
    """``"spell*, mixed unit*"`` -> its terms."""
    return tuple(term.strip() for term in listed.split(","))


def apart(some: Iterable[Span], others: Iterable[Span]) -> Span | None:
    """The first of ``some`` beside which one of ``others`` stands without sharing a token."""
    rest = list(others)
    for one in some:
        if any(other[1] <= one[0] or one[1] <= other[0] for other in rest):
            return one
    return None
