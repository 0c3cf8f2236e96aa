"""What a service says of itself -> the version that it states, by the place where it stands.

Looked at: GET /version, GET on its health path, and an answer of its predict path. In their JSON a field of
one of NAMES, at most three levels deep (the first of a list stands for all); their headers of HEADERS; and
the whole of a short /version. Case and punctuation of a name do not matter.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import exchange

NAMES = frozenset({
    "version", "modelversion", "modelid", "modelhash", "modelsha", "modelsha256", "modeldigest",
    "modelchecksum", "modelfingerprint", "fingerprint", "trainedat", "modeltrainedat", "modelrunid",
    "artifactversion",
})  # fmt: skip
HEADERS = frozenset(["modelversion", "xmodelversion", "version", "xversion", "modelid", "xmodelid"])
DEEP, MOST_PLACES, MOST_CHARS = 3, 20, 200
REQUEST_S, ANSWER_BYTES = 3.0, 64 << 10
VERSION_PATH = "/version"
Json = dict[str, Any]
Replies = Mapping[str, exchange.Reply]


def stated(ask: Callable[[], Replies]) -> Json:
    """``places``: where a version stands, and which; ``restless``: where another stands a moment later."""
    first, second = places_of(ask()), places_of(ask())
    restless = sorted(place for place in first if second.get(place) != first[place])
    return {"places": first, "restless": restless}


def replies(port: int, health: str, predicted: Callable[[], exchange.Reply]) -> Replies:
    """One answer of each place that is looked at."""

    def get(path: str) -> exchange.Reply:
        return exchange.ask(port, "GET", path, timeout_s=REQUEST_S, most_bytes=ANSWER_BYTES)

    return {VERSION_PATH: get(VERSION_PATH), "health": get(health), "predict": predicted()}


def places_of(said: Replies) -> dict[str, str]:
    """Place -> version; only what is a text or a number, and not blank."""
    found: dict[str, str] = {}
    for where, reply in said.items():
        if reply.status == 200 and not reply.fault:
            found |= {f"{where} header {n}": v for n, v in reply.headers.items() if plain(n) in HEADERS and v}
            found |= {f"{where} {name}".strip(): value for name, value in _in_body(where, reply.body)}
    return dict(list(found.items())[:MOST_PLACES])


def _in_body(where: str, body: bytes) -> Iterator[tuple[str, str]]:
    try:
        told = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        told = body.decode("utf-8", "replace").strip()
    if where == VERSION_PATH and (whole := _scalar(told)) and "\n" not in whole:
        yield "", whole
    yield from _in_json(told, "", DEEP)


def _in_json(told: object, path: str, deep: int) -> Iterator[tuple[str, str]]:
    if isinstance(told, list) and told:
        told, path = told[0], f"{path}[0]"
    if not isinstance(told, dict) or deep == 0:
        return
    for name, value in list(told.items())[:MOST_CHARS]:
        at = f"{path}.{name[:40]}".lstrip(".")
        if plain(name) in NAMES and (text := _scalar(value)):
            yield at, text
        else:
            yield from _in_json(value, at, deep - 1)


def _scalar(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    try:
        text = str(value).strip()
    except ValueError:  # an integer of thousands of digits
        return ""
    return text if len(text) <= MOST_CHARS else ""


def plain(name: str) -> str:
    """A name without case and punctuation."""
    return "".join(c for c in name.lower() if c.isalnum())
