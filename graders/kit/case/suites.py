"""What a test suite says of the code, of broken copies of it, and of small mistakes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def some_mutants(mistakes: int = 10, neutral: int = 4) -> list[dict[str, Any]]:
    """mutants.json: two copies that are changed throughout, small mistakes, and edits that change nothing.

    The functions are those of `static`. The first of all is the copy in which every function fails.
    """
    place = {"file": "src/churn.py", "operator": "comparison", "was": "a < b", "now": "a <= b"}
    whole = [
        {"id": f"w{n}", "function": "every function", "line": 1, "neutral": bool(n), "whole": True, **place}
        for n in range(2)
    ]
    single = [
        {
            "id": f"m{n:03}",
            "function": f"f{n % 10}",
            "line": n % 10 * 25 + 1,
            "neutral": n >= mistakes,
            "whole": False,
            **place,
        }
        for n in range(mistakes + neutral)
    ]
    return whole + single


def trials(codes: Mapping[str, int | None], *, covered: list[list[Any]] | None = None) -> str:
    """trials.jsonl: the exit code of the tests on each mutant, None for one that never ended."""
    called = [["src/churn.py", n * 25 + 1] for n in range(10)] if covered is None else covered
    lines: list[dict[str, Any]] = [{"covered": called, "seconds": 1.0, "exit": 0}]
    lines += [
        {"id": name, "ended": "timeout" if code is None else "exit", "exit": code, "seconds": 1.0}
        for name, code in codes.items()
    ]
    return "".join(json.dumps(line) + "\n" for line in lines)


def junit(cases: Mapping[str, str], *, classname: str = "tests.test_churn") -> str:
    """junit.xml as pytest writes it: a name and "", failure, error or skipped."""
    body = "".join(
        f'<testcase classname="{classname}" name="{name}">{_CHILD[state]}</testcase>'
        for name, state in cases.items()
    )
    return f'<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite>{body}</testsuite></testsuites>'


_CHILD = {"": ""} | {state: f'<{state} message="so"/>' for state in ("failure", "error", "skipped")}
