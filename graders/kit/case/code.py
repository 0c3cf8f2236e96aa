"""static.json and environment.json: a tidy repository, as our analysers describe it."""

from __future__ import annotations

import re
from typing import Any


def function(name: str, **changes: Any) -> dict[str, Any]:
    """One entry of static.json's functions."""
    entry = {"path": "src/churn.py", "name": name, "line": 1, "length": 20, "nesting": 1, "cognitive": 4,
             "statements": 12, "shape": f"shape of {name}", "used": True}  # fmt: skip
    said = {"hintable": 3, "hinted": 3, "documented": True}
    return entry | {"is_test": False, "asserts": 0, "public": True} | said | changes


def static(
    *,
    files: list[dict[str, Any]] | None = None,
    functions: list[dict[str, Any]] | None = None,
    tests: int = 6,
    asserts: int = 2,
    lint: list[dict[str, Any]] | None = None,
    smells: list[dict[str, Any]] | None = None,
    test_smells: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """static.json: one clean module of ten functions and a test module, unless told otherwise."""
    plain = [{"path": "src/churn.py", "lines": 260, "kind": "python", "parse_error": None}]
    test_file = {"path": "tests/test_churn.py", "lines": 80, "kind": "python", "parse_error": None}
    of_tests = [
        function(
            f"test_{n}", path="tests/test_churn.py", line=n * 10 + 1, length=6, is_test=True, asserts=asserts
        )
        for n in range(tests)
    ]
    own = [function(f"f{n}", line=n * 25 + 1) for n in range(10)] if functions is None else functions
    return {
        "files": [*(plain if files is None else files), test_file],
        "functions": [*own, *of_tests],
        "lint": lint or [],
        "smells": smells or [],
        "test_smells": test_smells or [],
        "layout": layout(),
        "imported": [imported("pandas"), imported("sklearn"), imported("pytest", tests=True)],
        "leaked": [],
        "tools": {"ruff": "0.17.6", "complexipy": "8.3.0"},
    }


def layout(**changes: Any) -> dict[str, Any]:
    """static.json's layout of a tidy submission."""
    tidy = {
        "files": 9,
        "bytes": 20_000,
        "large": [],
        "data": [],
        "models": [],
        "ignored": None,
        "notebooks": [],
    }
    return tidy | changes


def imported(module: str, **changes: Any) -> dict[str, Any]:
    """One entry of static.json's imported."""
    place = {"module": module, "path": "src/churn.py", "line": 3, "cell": None}
    return place | {"optional": False, "tests": False} | changes


def environment(*declared: str, **changes: Any) -> dict[str, Any]:
    """environment.json of a submission that got what it declared: "name" or "name>=1"."""
    wanted = []
    for line, text in enumerate(declared or ("pandas>=2,<4", "scikit-learn==1.9.1"), 1):
        name = re.split(r"[<>=~]", text)[0]
        entry = {"name": name, "specifier": text[len(name) :], "pinned": "==" in text, "scope": "runtime"}
        wanted.append(entry | {"file": "requirements.txt", "line": line})
    found = {
        "outcome": "as written", "reason": "", "sources": ["requirements.txt"], "lock_file": "",
        "declared": wanted,
        "installed": [{"name": d["name"], "version": "1", "origin": "image"} for d in wanted], "left_out": [],
        "wheel_bytes": 0,
    }  # fmt: skip
    return found | changes
