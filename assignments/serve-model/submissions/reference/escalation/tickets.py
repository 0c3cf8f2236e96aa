"""A raw ticket, as either desk writes it -> typed values, one way for files and requests. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

UNKNOWN = frozenset({"", "-1", "n/a", "na", "null", "none"})
OLD_DESK = "north"
SECONDS_A_MINUTE = 60
TEXTS = ("desk", "channel", "product", "plan")
DATES = ("%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%d.%m.%Y")
CONTINENTAL = re.compile(r"-?\d{1,3}([. \u00a0]\d{3})*,\d+|-?\d+,\d+")
PLAIN = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")


class TicketError(ValueError):
    """A ticket that cannot be scored: which field, and what is wrong with it."""

    def __init__(self, field: str, what: str) -> None:
        super().__init__(f"{field}: {what}")
        self.field = field


def typed(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The values that the model knows, under its names; unknown numbers are NaN.

    Raises:
        TicketError: a field is absent, of another kind, or out of its range.
    """
    texts = {name: _word(raw, name) for name in TEXTS}
    wait = _number(raw, "wait_minutes", low=0)
    opened = _day(raw)
    return {
        **{name: texts[name] for name in ("channel", "product", "plan")},
        "wait": wait / SECONDS_A_MINUTE if texts["desk"] == OLD_DESK else wait,
        "hour": _number(raw, "opened_hour", low=0, high=23),
        "weekend": float(opened.weekday() >= 5),
        "open_tickets": _number(raw, "open_tickets", low=0),
        "age": _number(raw, "customer_age_days", low=0, optional=True),
        "value": _number(raw, "contract_value", optional=True),
        "sentiment": _number(raw, "sentiment", low=-1, high=1, optional=True),
    }


def ticket_id(raw: Mapping[str, Any]) -> str:
    """Its id, as it came.

    Raises:
        TicketError: there is none.
    """
    name = raw.get("id")
    if not isinstance(name, str) or not name.strip():
        raise TicketError("id", "a text is needed")
    return name


def _word(raw: Mapping[str, Any], field: str) -> str:
    """Letters and digits of a category, so that spellings fall together."""
    value = raw.get(field)
    if not isinstance(value, str) or not (word := re.sub(r"[\W_]+", "", value.casefold())):
        raise TicketError(field, "a text is needed")
    return word


def _number(
    raw: Mapping[str, Any], field: str, *, low: float = -math.inf, high: float = math.inf, optional: bool = False
) -> float:
    value = raw.get(field)
    if value is None or str(value).strip().casefold() in UNKNOWN:
        if optional:
            return math.nan
        raise TicketError(field, "a number is needed")
    number = _parsed(value, field)
    if not low <= number <= high:
        raise TicketError(field, f"{number:g} is outside {low:g} to {high:g}")
    return number


def _parsed(value: object, field: str) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    if isinstance(value, str):
        text = value.strip()
        if PLAIN.fullmatch(text):
            return float(text)
        if CONTINENTAL.fullmatch(text):
            return float(re.sub(r"[. \u00a0]", "", text).replace(",", "."))
    raise TicketError(field, "this is no number")


def _day(raw: Mapping[str, Any]) -> date:
    value = raw.get("opened_on")
    if isinstance(value, str):
        for form in DATES:
            try:
                return datetime.strptime(value.strip(), form).date()
            except ValueError:
                continue
    raise TicketError("opened_on", "a day such as 2025-03-17 or 17.03.2025 is needed")
