"""Numbers -> the text a reader sees. Decimals throughout: a float would print 71.25 as 71.2."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

HUNDREDTH = Decimal("0.01")
MINUS = "\N{MINUS SIGN}"
NONE = "\N{EN DASH}"  # not measured, not applicable


def hundredths(value: Decimal | float) -> Decimal:
    """Rounded to a hundredth, halves up, from the shortest decimal that means ``value``."""
    return Decimal(str(value)).quantize(HUNDREDTH, rounding=ROUND_HALF_UP)


def number(value: Decimal | float) -> str:
    """Points: two decimals, a true minus sign."""
    return str(hundredths(value)).replace("-", MINUS)


def percent(part: Decimal | float, whole: Decimal | float) -> Decimal:
    """``part`` of ``whole`` in percent within 0..100, to a tenth: the width of a bar."""
    if not whole:
        return Decimal("0.0")
    share = Decimal(str(part)) / Decimal(str(whole)) * 100
    return min(Decimal(100), max(Decimal(0), share)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def measure(value: float) -> str:
    """Four significant digits and no exponent for the sizes that people compare by eye."""
    exact = Decimal(str(value))
    if exact and not Decimal("1e-6") <= abs(exact) < Decimal("1e12"):
        return f"{exact:.3e}".replace("-", MINUS)
    places = 0 if not exact else min(0, exact.adjusted() - 3)
    rounded = exact.quantize(Decimal(1).scaleb(places), rounding=ROUND_HALF_UP)
    shown = f"{rounded:,f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return shown.replace("-", MINUS)


def seconds(value: float | None) -> str:
    """A duration, to a tenth of a second."""
    return NONE if value is None else f"{Decimal(str(value)).quantize(Decimal('0.1'), ROUND_HALF_UP):,}"


def megabytes(value: float | None) -> str:
    """A memory size, to a megabyte."""
    return NONE if value is None else f"{Decimal(str(value)).quantize(Decimal(1), ROUND_HALF_UP):,}"
