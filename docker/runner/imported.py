"""Which packages a submission imports: neither Python's own nor the submission's. For static.py, beside it.

module, path, line, cell    the first place that imports it
optional                    only where the code goes on without it, or for types
tests                       only tests import it
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

import syntax
import traces
from view import Cells

STANDARD = frozenset(sys.stdlib_module_names) | {"__future__", "__main__"}
EXCUSES = frozenset({"ImportError", "ModuleNotFoundError", "Exception"})


def of_file(source: syntax.Source, cells: Cells) -> list[dict[str, Any]]:
    """Every import of a package by its top-level name, as plain data."""
    found: dict[str, dict[str, Any]] = {}
    for cell, tree in cells:
        excused = {id(inner) for node in ast.walk(tree) if _excuses(node) for inner in ast.walk(node)}
        for node in ast.walk(tree):
            for module in _modules(node):
                optional = id(node) in excused
                before = found.get(module)
                if before is None or (before["optional"] and not optional):
                    place = {"module": module, "path": source.name, "line": node.lineno, "cell": cell}  # type: ignore[attr-defined]
                    found[module] = place | {"optional": optional, "tests": traces.named_test(source.name)}
    return list(found.values())


def put_together(seen: Sequence[dict[str, Any]], sources: Sequence[syntax.Source]) -> list[dict[str, Any]]:
    """One entry a package: the strictest place that needs it, code before tests."""
    own = _own(sources)
    found: dict[str, dict[str, Any]] = {}
    for entry in sorted(seen, key=lambda e: (e["tests"], e["optional"], e["path"], e["line"])):
        if entry["module"] not in STANDARD and entry["module"] not in own:
            found.setdefault(entry["module"], entry)
    return sorted(found.values(), key=lambda entry: str(entry["module"]))


def _own(sources: Sequence[syntax.Source]) -> set[str]:
    """Names of files and folders with code in them: any of them may be on the path."""
    found: set[str] = set()
    for source in sources:
        path = PurePosixPath(source.name)
        found.add(path.stem)
        found.update(path.parts[:-1])
    return found


def _modules(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name.partition(".")[0] for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
        yield node.module.partition(".")[0]


def _excuses(node: ast.AST) -> bool:
    """``try: import x except ImportError``, or a block that only type checkers read."""
    if isinstance(node, ast.Try):
        caught = {
            n.id
            for h in node.handlers
            if h.type is not None
            for n in ast.walk(h.type)
            if isinstance(n, ast.Name)
        }
        return bool(caught & EXCUSES) or any(handler.type is None for handler in node.handlers)
    return isinstance(node, ast.If) and any(
        isinstance(n, ast.Name | ast.Attribute) and "TYPE_CHECKING" in ast.unparse(n)
        for n in ast.walk(node.test)
    )
