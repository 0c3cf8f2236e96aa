"""What a test suite says of the code, of broken copies of it, and of small mistakes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from harness.model import Ended

BROKEN = ("missing-column", "empty-table", "empty-column", "swapped-labels")
# refused by training, all but the last, and what is as good is taken
ON_BROKEN = {"broken": Ended.FINISHED, "train": Ended.FINISHED, "train-as-good": Ended.FINISHED} | {
    f"train-{name}": Ended.FINISHED if name == BROKEN[-1] else Ended.FAILED for name in BROKEN
}
SAID = "ValueError: customers.csv: tenure is missing or empty, or there are no rows"


def broken() -> dict[str, Any]:
    """broken.json: four tables with one thing wrong."""
    columns = {"missing-column": "tenure", "empty-column": "tenure", "swapped-labels": "churned"}
    listed = [
        {"name": n, "file": "customers.csv", "column": columns.get(n, ""), "rows": 900, "files": []}
        for n in BROKEN
    ]
    return {"tests_may_read": False, "variants": listed}


def some_mutants(mistakes: int = 10, neutral: int = 4, tables: int = 10) -> list[dict[str, Any]]:
    """mutants.json: two copies that are changed throughout, small mistakes, and edits that change nothing.

    The functions are those of `static`. The first of all is the copy in which every function fails. Last come
    mistakes with tables, and a copy for each kind of code.
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
    of_tables = [
        {**single[0], "id": f"t{n:03}", "function": f"f{n % 10}", "line": n % 10 * 25 + 1, "tables": True}
        for n in range(tables)
    ]
    parts = [
        {**whole[1], "id": f"p{n}", "whole": False, "part": True, "neutral": not kind}
        | ({"kinds": [kind], "places": [["src/churn.py", n * 25 + 1, f"f{n}"]]} if kind else {"kinds": []})
        for n, kind in enumerate(("data", "features", "model", "end", ""))
    ]
    return [{"tables": False, "kinds": ["data"], **entry} for entry in whole + single + of_tables] + parts


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
