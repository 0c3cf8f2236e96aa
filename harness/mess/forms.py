"""One cell -> another way to write it. Pure: ``form(value, u)`` with u in 0..1 for what is left to chance.

Forms of a category, a text or an id say the same thing otherwise; ``numbers`` and ``dates`` do so for theirs.
A form that cannot read its value returns it as it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from harness.mess.dates import (
    day_first,
    day_first_dotted,
    epoch_milliseconds,
    epoch_seconds,
    excel_serial,
    in_zone,
    iso,
    iso_slashed,
    month_first,
    month_named,
    with_offset,
)
from harness.mess.numbers import (
    cents,
    decimal_comma,
    percent,
    rounded,
    short,
    signed,
    thousands_and_comma,
    thousands_and_point,
    thousands_space,
)

__all__ = [
    "Form", "cents", "composed", "constant", "dashed", "day_first", "day_first_dotted", "decimal_comma",
    "decomposed", "epoch_milliseconds", "epoch_seconds", "excel_serial", "full_width", "homoglyph",
    "in_zone", "iso", "iso_slashed", "letter_lost", "letters_swapped", "lower", "mojibake", "month_first",
    "month_named", "no_break_space", "padded", "percent", "rounded", "same", "short", "signed", "spaced",
    "thousands_and_comma", "thousands_and_point", "thousands_space", "title", "trailing_space",
    "underscored", "unpadded", "upper", "with_offset", "zero_padded",
]  # fmt: skip

Form = Callable[[str, float], str]
# letters that look alike, Latin -> Cyrillic or Greek
ALIKE = str.maketrans("aeopcxyiAEOPCXTHKMB", "аеорсхуіАЕОРСХТНКМВ")  # noqa: RUF001  (that is the point)


def same(value: str, u: float = 0.0) -> str:
    """As it is."""
    return value


def constant(text: str) -> Form:
    """This text, whatever stood there."""

    def form(value: str, u: float = 0.0) -> str:
        return text

    return form


def composed(*forms: Form) -> Form:
    """One form after the other."""

    def form(value: str, u: float = 0.0) -> str:
        for part in forms:
            value = part(value, u)
        return value

    return form


def lower(value: str, u: float = 0.0) -> str:
    """DSL -> dsl."""
    return value.lower()


def upper(value: str, u: float = 0.0) -> str:
    """One year -> ONE YEAR."""
    return value.upper()


def title(value: str, u: float = 0.0) -> str:
    """One year -> One Year."""
    return value.title()


def padded(value: str, u: float = 0.0) -> str:
    """A space before and after, or two after."""
    return f" {value} " if u < 0.5 else f"{value}  "


def trailing_space(value: str, u: float = 0.0) -> str:
    """What a fixed-width export leaves."""
    return f"{value} "


def no_break_space(value: str, u: float = 0.0) -> str:
    """The space that a copy from a web page leaves."""
    return f"{value}\u00a0"


def underscored(value: str, u: float = 0.0) -> str:
    """Month-to-month -> month_to_month."""
    return value.replace(" ", "_").replace("-", "_").lower()


def spaced(value: str, u: float = 0.0) -> str:
    """Month-to-month -> Month to month, with double spaces."""
    return value.replace("-", " ").replace(" ", "  ")


def dashed(value: str, u: float = 0.0) -> str:
    """The dash that a word processor puts in."""
    return value.replace("-", "\u2013").replace(" ", "-")


def letter_lost(value: str, u: float = 0.0) -> str:
    """One letter missing past the fourth; a short word is written in capitals."""
    at = _inner_letter(value, u)
    return value.upper() if at is None else value[:at] + value[at + 1 :]


def letters_swapped(value: str, u: float = 0.0) -> str:
    """Two neighbours past the fourth letter change places; a short word is written small."""
    at = _inner_letter(value, u)
    if at is None or at + 1 >= len(value):
        return value.lower()
    return value[:at] + value[at + 1] + value[at] + value[at + 2 :]


def _inner_letter(value: str, u: float) -> int | None:
    """Past the fourth place, so that "one" and "two" stay apart; short words have none."""
    places = [i for i in range(4, len(value)) if value[i].isalpha()]
    return places[int(u * len(places))] if places else None


def homoglyph(value: str, u: float = 0.0) -> str:
    """Letters that look the same and are others (Cyrillic for Latin)."""
    return value.translate(ALIKE)


def full_width(value: str, u: float = 0.0) -> str:
    """The wide letters of an East Asian keyboard; NFKC takes them back."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in value)


def decomposed(value: str, u: float = 0.0) -> str:
    """é as e and an accent (NFD), as some file systems and exports write it."""
    return unicodedata.normalize("NFD", value)


def mojibake(value: str, u: float = 0.0) -> str:
    """UTF-8 read as Windows-1252: é -> Ã©. What that code page lacks is read as Latin-1."""
    bytes_ = value.encode("utf-8")
    return "".join(_windows(byte) for byte in bytes_)


def _windows(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return bytes([byte]).decode("latin-1")


def unpadded(value: str, u: float = 0.0) -> str:
    """007 -> 7: an id that a spreadsheet took for a number."""
    return (value.lstrip("0") or "0") if value.isdigit() else value


def zero_padded(width: int) -> Form:
    """7 -> 007 for a width of 3."""

    def form(value: str, u: float = 0.0) -> str:
        return value.zfill(width) if value.isdigit() else value

    return form
