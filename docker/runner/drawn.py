"""Requests drawn at random around a valid row -> which of them a server answers as no server should.

A property that holds of every service, whatever its table: any JSON gets an answer, and never a 5xx; a 200 is
JSON. Hypothesis draws the requests (the same for the same plan) and makes one that fails as small as it can
be. Texts have no lone surrogates, and numbers are finite: what JSON has no place for is nobody's to answer.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import exchange
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis import strategies as st

MOST = 120  # requests, and again as many at most while one is made smaller
SAID_CHARS = 300
Json = dict[str, Any]
Ask = Callable[[bytes], exchange.Reply]
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([2**63, -(2**31), 10**30, 0, -1])
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(
        ["", " ", "nan", "inf", "-1", "1e400", "2025-02-30", "0001-01-01", "99999999999", "ß", "\u0000"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def requests_around(rows: list[Json]) -> st.SearchStrategy[Any]:
    """Bodies: a row with some fields replaced, dropped or added, alone or in a list; or any JSON."""
    names = sorted({name for row in rows for name in row})
    changes = st.dictionaries(st.sampled_from(names) | st.text(max_size=8), VALUES, max_size=3)
    dropped = st.sets(st.sampled_from(names), max_size=2)

    def changed(row: Json, change: Json, drop: set[str]) -> Json:
        return {name: value for name, value in {**row, **change}.items() if name not in drop}

    row = st.builds(changed, st.sampled_from(rows), changes, dropped)
    batch = st.lists(row, max_size=3).map(lambda some: {"rows": some})
    return st.one_of(row, batch, batch, VALUES)


def drawn(rows: list[Json], ask: Ask, *, budget_s: float, number: int) -> Json:
    """``tried``, how many of them ``failed``, and the ``smallest`` that does, with what came back."""
    until = time.monotonic() + budget_s
    bodies = requests_around(rows)
    seen: list[tuple[bytes, str]] = []

    @seed(number)
    @_settings(Phase.generate)
    @given(bodies)
    def every(body: Any) -> None:
        if time.monotonic() < until:
            sent = json.dumps(body).encode()
            seen.append((sent, wrong(ask(sent))))

    every()
    failed = [one for one in seen if one[1]]
    smallest = _smaller(min(failed, key=_size), bodies, ask, until, number) if failed else None
    return {"tried": len(seen), "failed": len(failed), "smallest": smallest}


def _settings(*phases: Phase) -> settings:
    return settings(
        max_examples=MOST,
        database=None,
        deadline=None,
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
        phases=phases,
        report_multiple_bugs=False,
        print_blob=False,
    )


def _size(one: tuple[bytes, str]) -> tuple[int, bytes]:
    return len(one[0]), one[0]


def wrong(reply: exchange.Reply) -> str:
    """What is wrong with an answer to any request at all, or ""."""
    if reply.status == 0 or reply.fault:
        return reply.fault or "no answer"
    if reply.status >= 500:
        return f"status {reply.status}"
    if reply.status == 200:
        try:
            json.loads(reply.body.decode("utf-8"))
        except (ValueError, RecursionError):
            return "status 200 without JSON"
    return ""


def _smaller(
    known: tuple[bytes, str], bodies: st.SearchStrategy[Any], ask: Ask, until: float, number: int
) -> Json:
    """The shortest that fails, of ``known`` and those that making one smaller comes upon."""
    best = [known]

    @seed(number)
    @_settings(Phase.generate, Phase.shrink)
    @given(bodies)
    def one(body: Any) -> None:
        if time.monotonic() < until:
            sent = json.dumps(body).encode()
            if told := wrong(ask(sent)):
                best.append((sent, told))
                raise _WrongError

    with suppress(_WrongError):
        one()
    sent, told = min(best, key=_size)
    return {"sent": sent[: 4 * SAID_CHARS].decode("utf-8", "replace")[:SAID_CHARS], "told": told[:SAID_CHARS]}


class _WrongError(Exception):
    """The server answered as none should."""
