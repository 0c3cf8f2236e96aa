"""A plain number as text (2283.30) -> the ways spreadsheets and people write it. Others pass unchanged."""

from __future__ import annotations

import re
from collections.abc import Callable

PLAIN = re.compile(r"-?\d+(\.\d+)?")


def is_plain(value: str) -> bool:
    """Digits with at most one point and a minus."""
    return PLAIN.fullmatch(value) is not None


def decimal_comma(value: str, u: float = 0.0) -> str:
    """2283.30 -> 2283,30."""
    return value.replace(".", ",") if is_plain(value) else value


def thousands_and_comma(value: str, u: float = 0.0) -> str:
    """2283.30 -> 2.283,30; below a thousand there is nothing to part."""
    return _parted(value, ".", ",")


def thousands_space(value: str, u: float = 0.0) -> str:
    """2283.30 -> 2 283,30."""
    return _parted(value, " ", ",")


def thousands_and_point(value: str, u: float = 0.0) -> str:
    """2283.30 -> 2,283.30."""
    return _parted(value, ",", ".")


def _parted(value: str, thousands: str, point: str) -> str:
    if not is_plain(value):
        return value
    sign, digits = ("-", value[1:]) if value.startswith("-") else ("", value)
    whole, _, rest = digits.partition(".")
    return sign + f"{int(whole):,}".replace(",", thousands) + (point + rest if rest else "")


def percent(value: str, u: float = 0.0) -> str:
    """0.125 -> 12.5%."""
    return f"{float(value) * 100:.10g}%" if is_plain(value) else value


def short(value: str, u: float = 0.0) -> str:
    """1240 -> 1.2k, 3400000 -> 3.4M: what a dashboard copies out, with its rounding."""
    if not is_plain(value) or abs(float(value)) < 1000:
        return value
    size, unit = (1e6, "M") if abs(float(value)) >= 1e6 else (1e3, "k")
    return f"{float(value) / size:.1f}{unit}"


def signed(sign: str) -> Callable[..., str]:
    """12.50 -> € 12.50, for a sign of "€"."""
    return lambda value, u=0.0: f"{sign} {value}" if is_plain(value) else value


def cents(value: str, u: float = 0.0) -> str:
    """70.70 -> 7070."""
    return str(round(float(value) * 100)) if is_plain(value) else value


def rounded(value: str, u: float = 0.0) -> str:
    """2283.30 -> 2283."""
    return f"{float(value):.0f}" if is_plain(value) else value


def scaled_text(value: str, factor: float, decimals: int | None) -> str:
    """``value * factor``, with as many decimals as before unless told; what is no plain number passes."""
    if not is_plain(value):
        return value
    places = len(value.partition(".")[2]) if decimals is None else decimals
    return f"{float(value) * factor:.{places}f}"
