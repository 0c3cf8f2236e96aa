"""Parsed files -> code that stands there more than once. For static.py; nothing is imported or run.

    statements  how many there are, without tests, imports and docstrings
    places      path, line, cell, function, statements, and of: path, line of where the same stood first

`WINDOW` or more statements in a row that are the same, layout and comments aside, are a copy; of a compound
statement its first line counts. A row does not go beyond its function. Notebooks are compared with notebooks:
one that is kept as a script too is no copy.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import syntax
import traces

WINDOW = 6
MOST_STATEMENTS = 20_000  # of a file
MOST_PLACES = 50
Function = ast.FunctionDef | ast.AsyncFunctionDef
OWN_ROW = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
SKIPPED = (ast.Import, ast.ImportFrom, ast.Pass)
BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
Cells = Sequence[tuple[int | None, ast.Module]]
Row = dict[str, Any]


def of_file(source: syntax.Source, cells: Cells) -> list[Row]:
    """The rows of statements of one file; plain data, as it crosses a pipe."""
    if traces.named_test(source.name):
        return []
    found, left = list[Row](), MOST_STATEMENTS
    for cell, tree in cells:
        for function, block in _blocks(tree):
            row = [[node.lineno, _digest(node)] for node in _flat(block)][:left]
            left -= len(row)
            if row:
                place = {"path": source.name, "kind": source.kind, "cell": cell, "function": function}
                found.append({**place, "row": row})
    return found


def put_together(rows: Iterable[Row]) -> dict[str, Any]:
    """What stands there again, the largest first."""
    first: dict[tuple[str, ...], tuple[int, int]] = {}
    every = list(rows)
    places = []
    for number, row in enumerate(every):
        digests = [digest for _, digest in row["row"]]
        again: list[tuple[int, tuple[int, int]]] = []
        for at in range(len(digests) - WINDOW + 1):
            window = (row["kind"], *digests[at : at + WINDOW])
            where = first.setdefault(window, (number, at))
            if where != (number, at) and not (where[0] == number and at - where[1] < WINDOW):
                again.append((at, where))
        places += [_place(every, row, *span) for span in _spans(again)]
    places.sort(key=lambda place: (-place["statements"], place["path"], place["line"]))
    return {"statements": sum(len(row["row"]) for row in every), "places": places[:MOST_PLACES]}


def _spans(again: list[tuple[int, tuple[int, int]]]) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Windows that overlap or touch, as one: where it begins and ends, and where it stood first."""
    begin, end, of = -1, -1, (0, 0)
    for at, where in again:
        if begin >= 0 and at <= end:
            end = at + WINDOW
            continue
        if begin >= 0:
            yield begin, end, of
        begin, end, of = at, at + WINDOW, where
    if begin >= 0:
        yield begin, end, of


def _place(every: Sequence[Row], row: Row, begin: int, end: int, of: tuple[int, int]) -> dict[str, Any]:
    origin = every[of[0]]
    return {
        "path": row["path"],
        "line": row["row"][begin][0],
        "cell": row["cell"],
        "function": row["function"],
        "statements": end - begin,
        "of": {"path": origin["path"], "line": origin["row"][of[1]][0]},
    }


def _blocks(tree: ast.Module) -> Iterator[tuple[str, list[ast.stmt]]]:
    """The code outside functions, and every function's own."""
    yield "", tree.body
    for node in ast.walk(tree):
        if isinstance(node, Function | ast.ClassDef):
            yield node.name, node.body


def _flat(block: Sequence[ast.AST]) -> Iterator[ast.stmt]:
    """Statements in their order, those of blocks within included; what has a row of its own left out.

    By a stack of its own: a chain of a thousand ``elif`` is as deep.
    """
    ahead = list(reversed(block))
    while ahead:
        node = ahead.pop()
        if isinstance(node, OWN_ROW):
            continue
        if isinstance(node, ast.stmt) and not isinstance(node, SKIPPED) and not _is_text(node):
            yield node
        within = [each for name in BLOCKS for each in getattr(node, name, None) or ()]
        ahead.extend(reversed(within))


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _digest(node: ast.stmt) -> str:
    parts = [type(node).__name__]
    for name, value in ast.iter_fields(node):
        if name not in BLOCKS and name != "type_comment":
            for each in value if isinstance(value, list) else [value]:
                parts.append(ast.dump(each) if isinstance(each, ast.AST) else repr(each))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
