"""Hidden tickets -> `inputs/serve/plan.json`: what a service is asked. No label and no role in it.

What is bad is what brief.md calls bad, each case with one thing wrong in an otherwise good ticket.
"""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import pandas as pd

from harness.edition import Registry
from harness.mess import stream

ROWS = 240
NUMBERS = (
    "opened_hour", "wait_minutes", "open_tickets", "customer_age_days", "contract_value", "sentiment",
)  # fmt: skip
PLAIN = re.compile(r"-?\d+(\.\d+)?")
GONE = object()

BAD: tuple[tuple[str, str, Any], ...] = (
    ("no id", "id", GONE),
    ("an id that is null", "id", None),
    ("an id that is a list", "id", ["a", "b"]),
    ("no waiting time", "wait_minutes", GONE),
    ("a waiting time that is null", "wait_minutes", None),
    ("a waiting time in words", "wait_minutes", "a while"),
    ("a waiting time below zero", "wait_minutes", -5),
    ("a list as waiting time", "wait_minutes", [5]),
    ("no day", "opened_on", GONE),
    ("a day in words", "opened_on", "yesterday"),
    ("a day that no calendar has", "opened_on", "2025-02-30"),
    ("an hour beyond the day", "opened_hour", 25),
    ("an hour in words", "opened_hour", "noon"),
    ("no channel", "channel", GONE),
    ("a number as channel", "channel", 5),
    ("an object as channel", "channel", {"name": "Phone"}),
    ("a plan that is null", "plan", None),
    ("an empty product", "product", ""),
    ("a desk that is null", "desk", None),
    ("a mood beyond its scale", "sentiment", 7),
    ("a mood in words", "sentiment", "angry"),
    ("a contract value in words", "contract_value", "a lot"),
    ("an object as contract value", "contract_value", {"eur": 5}),
    ("open tickets below zero", "open_tickets", -2),
    ("an age in words", "customer_age_days", "long"),
)
EDGES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("numbers as text", {"wait_minutes": "42", "opened_hour": "9", "open_tickets": "0", "sentiment": "-0.5"}),
    ("no waiting at all", {"wait_minutes": 0}),
    ("a very long wait", {"wait_minutes": 100_000}),
    ("a product that is new", {"product": "Quantum notes"}),
    ("a channel that is new, with letters of another script", {"channel": "Телефон"}),
    ("everything optional is null", {
        "customer_age_days": None, "contract_value": None, "sentiment": None, "resolution_code": None,
    }),
    ("everything optional is left out", {
        "customer_age_days": GONE, "contract_value": GONE, "sentiment": GONE, "resolution_code": GONE,
    }),
    ("a field that nobody knows", {"assigned_to": "team 7"}),
    ("an unknown age", {"customer_age_days": -1}),
    ("an age that is not available", {"customer_age_days": "N/A"}),
    ("a contract value with a thousands point", {"contract_value": "12.345,60"}),
    ("a day with points, day first", {"desk": "NORTH", "opened_on": "17.03.2025", "wait_minutes": 1800}),
    ("midnight", {"opened_hour": 0}),
    ("both ends of the mood", {"sentiment": -1}),
    ("spellings of the old desk", {"plan": " ENTERPRISE ", "channel": "live_chat", "product": "web  SHOP"}),
    ("a code of the closing team", {"resolution_code": "E7"}),
)  # fmt: skip
# which field of a ticket has something that is nobody's to read in a log; a ticket is refused when it is text
# in place of a number, and good otherwise. "number": nothing about the ticket looks as if it were meant
MARKED = (
    "contact", "number", "contract_value", "number", "product", "sentiment", "number", "contact", "number",
    "wait_minutes", "number", "channel",
)  # fmt: skip
WEBHOOK_FROM = 0.5  # brief.md says so


def plan(seed: int, tickets: pd.DataFrame, registry: Registry) -> str:
    """plan.json. ``tickets``: the published rows of inputs/all."""
    rng = stream(seed, "serve", "id", "choice")
    chosen = tickets.iloc[rng.choice(len(tickets), ROWS, replace=False)]
    rows = [_typed(row) for row in chosen.to_dict("records")]
    plain = next(row for row in rows if row["desk"].strip().upper() == "CENTRAL" and _is_whole(row))
    # ids like all others: no row tells that it is an odd one
    fresh = registry.fresh(stream(seed, "serve", "id", "draw"), [why for why, _ in EDGES])
    edges = [{"why": why, "row": _changed(plain, {"id": fresh[why], **change})} for why, change in EDGES]
    bad = [
        {"why": why, "field": field, "body": {"rows": [_changed(plain, {field: value})]}}
        for why, field, value in BAD
    ]
    bad.append({"why": "one ticket twice", "field": "id", "body": {"rows": [plain, plain]}})
    bad.append({
        "why": "a good ticket and one without a plan", "field": "plan",
        "body": {"rows": [rows[0], _changed(rows[1], {"plan": GONE})]},
    })  # fmt: skip
    told = {"rows": rows, "edges": edges, "bad": bad, "marked": _marked(seed, rows),
            "webhook_from": WEBHOOK_FROM}  # fmt: skip
    return json.dumps(told, indent=1) + "\n"


def _marked(seed: int, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Tickets with an address, a word or a number that stands in no other; shuffled."""
    rng = stream(seed, "serve", "marked", "draw")
    word = "".join(rng.choice(list("bcdfghjklmnpqrstvwxz"), 14))
    number = float(f"{rng.integers(20_000, 60_000)}.{rng.integers(1, 10)}{rng.integers(1, 10)}")
    bodies = []
    for row, field in zip(rows, rng.permutation(np.array(MARKED)), strict=False):
        mark = {"contract_value": number} if field == "number" else {field: f"{word}@mail.example"}
        bodies.append(_changed(row, mark))
    return {"marks": [word, f"{number:.2f}"], "bodies": bodies}


def _typed(row: dict[str, str]) -> dict[str, Any]:
    """As another system would send it: plain numbers as numbers, blanks as null, the rest as text."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        if value == "":
            found[name] = None
        elif name in NUMBERS and PLAIN.fullmatch(value):
            found[name] = float(value) if "." in value else int(value)
        else:
            found[name] = value
    return found


def _is_whole(row: dict[str, Any]) -> bool:
    return all(isinstance(row[name], int | float) for name in NUMBERS)


def _changed(row: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**row, **change}.items() if value is not GONE}
