"""A ticket as either desk writes it -> a row of numbers and words; raises ValueError that names the field."""

import math
import re
from datetime import datetime

WORDS = ("channel", "product", "plan")
FORMATS = {"CENTRAL": ("%Y-%m-%d", "%Y/%m/%d"), "NORTH": ("%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d")}


def row_of(ticket: dict) -> dict:
    """What the model sees of one ticket."""
    desk = text(ticket, "desk").upper()
    wait = number(ticket, "wait_minutes", low=0)
    hour = number(ticket, "opened_hour", low=0, high=23)
    return {
        **{
            name: re.sub(r"[^a-z0-9]", "", text(ticket, name).lower()) or text(ticket, name) for name in WORDS
        },
        "wait": math.log1p(wait / 60 if desk == "NORTH" else wait),
        "night": float(hour < 7 or hour >= 20),
        "weekend": float(day(ticket, desk).weekday() >= 5),
        "open": min(number(ticket, "open_tickets", low=0), 5.0),
        "age": logarithm(number(ticket, "customer_age_days", low=-1, needed=False)),
        "value": logarithm(number(ticket, "contract_value", needed=False)),
        "mood": number(ticket, "sentiment", low=-1, high=1, needed=False),
    }


def text(ticket: dict, field: str) -> str:
    """A field that must be a text with something in it."""
    value = ticket.get(field)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{field} must be a text that is not blank")
    return value.strip()


def number(ticket: dict, field: str, low=-math.inf, high=math.inf, needed=True) -> float:
    """A number in any way the data writes it; NaN where it may be, and is, unknown."""
    value = ticket.get(field)
    if value is None or (isinstance(value, str) and value.strip().upper() in ("", "N/A")):
        if needed:
            raise ValueError(f"{field} is needed")
        return math.nan
    if isinstance(value, str):
        value = value.strip()
        if "," in value:
            value = value.replace(".", "").replace(" ", "").replace("\u00a0", "").replace(",", ".")
        try:
            value = float(value)
        except ValueError:
            raise ValueError(f"{field} is no number") from None
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise ValueError(f"{field} must be a number from {low} to {high}")
    return float(value)


def day(ticket: dict, desk: str):
    """The day it was opened."""
    value = text(ticket, "opened_on")
    for form in FORMATS.get(desk, FORMATS["CENTRAL"]):
        try:
            return datetime.strptime(value, form)
        except ValueError:
            continue
    raise ValueError("opened_on is no day")


def logarithm(value: float) -> float:
    """Unknown below zero."""
    return math.log1p(value) if value >= 0 else math.nan
