"""A date or an instant in ISO text -> how other systems write it. An instant without a zone is UTC.

What is no ISO date passes unchanged. A date keeps to its day; an instant keeps its time in every form.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

# not the machine's language
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
EXCEL_DAY_ZERO = date(1899, 12, 30)  # serial 0 of the 1900 date system, for days after February 1900


def _as(value: str, form: str) -> str:
    """The date part in ``form``; a time of day follows it as it was."""
    at = _read(value)
    if at is None:
        return value
    return at.strftime(form) + (value[10:] if len(value) > 10 else "")


def _read(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def iso(value: str, u: float = 0.0) -> str:
    """2024-06-30, as it is."""
    return value


def iso_slashed(value: str, u: float = 0.0) -> str:
    """2024/06/30."""
    return _as(value, "%Y/%m/%d")


def day_first(value: str, u: float = 0.0) -> str:
    """30/06/2024."""
    return _as(value, "%d/%m/%Y")


def day_first_dotted(value: str, u: float = 0.0) -> str:
    """30.06.2024."""
    return _as(value, "%d.%m.%Y")


def month_first(value: str, u: float = 0.0) -> str:
    """06/30/2024."""
    return _as(value, "%m/%d/%Y")


def month_named(value: str, u: float = 0.0) -> str:
    """30 Jun 2024."""
    at = _read(value)
    return value if at is None else f"{at.day} {MONTHS[at.month - 1]} {at.year}" + value[10:]


def epoch_seconds(value: str, u: float = 0.0) -> str:
    """Seconds since 1970 in UTC."""
    at = _utc(value)
    return value if at is None else str(int(at.timestamp()))


def epoch_milliseconds(value: str, u: float = 0.0) -> str:
    """Milliseconds since 1970 in UTC."""
    at = _utc(value)
    return value if at is None else str(int(at.timestamp()) * 1000)


def excel_serial(value: str, u: float = 0.0) -> str:
    """Days since 30 December 1899; the time of day is the fraction (5 decimals, about a second)."""
    at = _read(value)
    if at is None:
        return value
    days = (at.date() - EXCEL_DAY_ZERO).days
    return (
        str(days)
        if len(value) == 10
        else f"{days + (at.hour * 3600 + at.minute * 60 + at.second) / 86400:.5f}"
    )


def in_zone(zone: str) -> Callable[..., str]:
    """The wall clock of ``zone`` at that instant, unnamed; the hour when summer time ends is ambiguous."""
    there = ZoneInfo(zone)

    def form(value: str, u: float = 0.0) -> str:
        at = _utc(value)
        return value if at is None else at.astimezone(there).strftime("%Y-%m-%d %H:%M:%S")

    return form


def with_offset(zone: str) -> Callable[..., str]:
    """The wall clock of ``zone`` and its offset: 2024-07-01T14:00:00+02:00."""
    there = ZoneInfo(zone)

    def form(value: str, u: float = 0.0) -> str:
        at = _utc(value)
        return value if at is None else at.astimezone(there).isoformat()

    return form


def _utc(value: str) -> datetime | None:
    at = _read(value)
    return at if at is None or at.tzinfo else at.replace(tzinfo=UTC)
