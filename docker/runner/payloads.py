"""Requests that no prediction service can mean to answer: each is (why, body, content type).

They hold for any table. What is wrong with a value of one table in particular stands in the plan.
"""

from __future__ import annotations

import json
from typing import Any

JSON = "application/json"
DEEP = 20_000


def nonsense(row: dict[str, Any]) -> list[tuple[str, bytes, str]]:
    """Made around ``row``, a row that is fine by itself."""
    whole = json.dumps({"rows": [row]}).encode()
    key = next(iter(row))
    return [
        ("an empty body", b"", JSON),
        ("JSON that breaks off", whole[:-3], JSON),
        ("text that is no JSON", b"give me a prediction, please", JSON),
        ("a form instead of JSON", b"rows=1&id=2", "application/x-www-form-urlencoded"),
        ("XML", b"<rows><row/></rows>", "application/xml"),
        ("bytes that are no text", b'{"rows": [{"' + b"\xff\xfe\x80" * 20 + b'": 1}]}', JSON),
        ("null", b"null", JSON),
        ("a number", b"42", JSON),
        ("a text", b'"rows"', JSON),
        ("an empty object", b"{}", JSON),
        ("rows under another name", json.dumps({"records": [row]}).encode(), JSON),
        ("rows that are null", b'{"rows": null}', JSON),
        ("rows that are a text", b'{"rows": "all of them"}', JSON),
        ("rows that are a number", b'{"rows": 3}', JSON),
        ("a row that is null", b'{"rows": [null]}', JSON),
        ("a row that is a number", b'{"rows": [7]}', JSON),
        ("a row that is a list", json.dumps({"rows": [list(row.values())]}).encode(), JSON),
        ("a row with nothing in it", b'{"rows": [{}]}', JSON),
        ("a good row and one that is none", json.dumps({"rows": [row, "x"]}).encode(), JSON),
        ("an object in place of a value", json.dumps({"rows": [{**row, key: {"a": [1]}}]}).encode(), JSON),
        (f"lists {DEEP:,} deep", b'{"rows": ' + b"[" * DEEP + b"]" * DEEP + b"}", JSON),
    ]
