"""A node of a syntax tree -> a mistake that people make with tables and models there. Beside mutants.py.

Ours, from defects that real submissions had and the catalogues of data-science mistakes in Yang et al., "Data
leakage in notebooks" (ASE 2022) and Zhang et al., "Code smells for machine learning applications" (CAIN
2022): a cleaning step that is forgotten, a key that is dropped, the other column of a probability. Every one
runs in most programs and gives other numbers: what no linter sees, and only a test of a value notices.
pandas, polars, numpy and scikit-learn have the names; what is written without them has the mistakes of
operators.py only.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import operators
from operators import Change

# a step that is forgotten: the method's receiver stands in its place
FORGOTTEN = frozenset(
    {
        "fillna", "dropna", "drop_duplicates", "clip", "astype", "sort_values", "sort_index", "reset_index",
        "interpolate", "ffill", "bfill", "mask", "where", "fill_null", "fill_nan", "drop_nulls", "drop_nans",
        "cast", "unique", "over", "sort", "shift", "reindex",
    }
)  # fmt: skip
# a function whose first argument stands in its place
SKIPPED = frozenset(
    {"to_numeric", "to_datetime", "log1p", "expm1", "sqrt", "log", "exp", "nan_to_num", "clip", "where"}
)
MISTAKEN = {
    "mean": "max", "median": "min", "sum": "max", "min": "max", "max": "min", "first": "last",
    "last": "first", "all": "any", "any": "all", "idxmax": "idxmin", "head": "tail", "std": "mean",
    "fit_transform": "transform", "predict_proba": "predict", "ffill": "bfill",
    "cumsum": "cumprod", "nunique": "count", "isna": "notna", "notna": "isna", "is_null": "is_not_null",
    "is_not_null": "is_null", "n_unique": "count",
}  # fmt: skip
KEYWORDS: dict[str, dict[object, object]] = {
    "how": {"left": "inner", "inner": "outer", "outer": "inner", "right": "inner", "full": "inner"},
    "errors": {"coerce": "raise", "ignore": "raise"},
    "dayfirst": {True: False, False: True},
    "ascending": {True: False, False: True},
    "descending": {True: False, False: True},
    "reverse": {True: False, False: True},
    "axis": {0: 1, 1: 0},
    "keep": {"first": "last", "last": "first", False: "first"},
    "decimal": {",": "."},
    "drop": {True: False},
    "shuffle": {True: False, False: True},
    "strict": {False: True},
    "strategy": {"mean": "most_frequent", "median": "most_frequent", "most_frequent": "constant"},
    "handle_unknown": {"ignore": "error", "use_encoded_value": "error"},
    "closed": {"left": "right", "right": "left"},
    "index": {False: True},
}  # fmt: skip
LEFT_OUT = frozenset(
    {"stratify", "subset", "random_state", "seed", "format", "na_values", "thousands", "groups", "fill_value"}
)
KEYED = frozenset(
    {"groupby", "group_by", "merge", "join", "drop_duplicates", "sort_values", "sort", "unique"}
)
KEYS = frozenset({"on", "by", "subset", "left_on", "right_on", "columns"})
MAPPED = frozenset({"map", "replace", "replace_strict", "recode"})
UNITS = frozenset({100, 1000, 60, 24, 3600, 86400, 1024, 7, 12, 30, 365, 365.25, 1e6, 0.01, 0.001})
DAY, MONTH = "%d", "%m"


def mistakes(node: ast.AST) -> Iterator[Change]:
    """Every mutant of this one node."""
    if isinstance(node, ast.Call):
        yield from _method(node)
        yield from _keywords(node)
        yield from _keys(node)
        yield from _parts(node)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div | ast.FloorDiv):
        if _number(node.right) in UNITS:
            yield "unit-forgotten", node.left
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        share = _number(node.comparators[0])
        if share is not None and 0.0 < share < 1.0:
            other = 0.9 if share == 0.5 else round(1.0 - share, 6)
            yield "threshold", operators.replaced(node, comparators=[ast.Constant(other)])
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        if DAY in node.value and MONTH in node.value:
            yield "date-format", ast.Constant(_swapped(node.value))
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
        yield from _other_class(node)


def _method(node: ast.Call) -> Iterator[Change]:
    if not isinstance(node.func, ast.Attribute):
        return
    name, receiver = node.func.attr, node.func.value
    if name in FORGOTTEN and not isinstance(receiver, ast.Constant) and not _is_library(receiver):
        yield "step-forgotten", receiver
    if name in SKIPPED and node.args and _is_library(receiver):
        yield "conversion-forgotten", node.args[1] if name == "where" and len(node.args) > 1 else node.args[0]
    if name == "dropna" and not node.args:
        zero = operators.replaced(node.func, attr="fillna")
        yield "dropped-or-filled", operators.replaced(node, func=zero, args=[ast.Constant(0)], keywords=[])
    elif name == "fillna":
        drop = operators.replaced(node.func, attr="dropna")
        yield "dropped-or-filled", operators.replaced(node, func=drop, args=[], keywords=[])
    elif name == "transform" and len(node.args) == 1 and isinstance(node.args[0], ast.Name):
        yield (
            "fitted-again",
            operators.replaced(node, func=operators.replaced(node.func, attr="fit_transform")),
        )
    elif name == "quantile" and node.args and (share := _number(node.args[0])) is not None:
        yield "quantile", operators.replaced(node, args=[ast.Constant(round(1 - share, 6)), *node.args[1:]])
    elif name in MISTAKEN:
        yield (
            "method-mistaken",
            operators.replaced(node, func=operators.replaced(node.func, attr=MISTAKEN[name])),
        )


def _keywords(node: ast.Call) -> Iterator[Change]:
    for position, keyword in enumerate(node.keywords):
        before, after = node.keywords[:position], node.keywords[position + 1 :]
        if keyword.arg in LEFT_OUT:
            yield "argument-forgotten", operators.replaced(node, keywords=[*before, *after])
        elif keyword.arg == "test_size" and (share := _number(keyword.value)) and share < 1:
            changed = operators.replaced(keyword, value=ast.Constant(round(1 - share, 6)))
            yield "split-turned", operators.replaced(node, keywords=[*before, changed, *after])
        elif keyword.arg in KEYWORDS and isinstance(keyword.value, ast.Constant):
            others, value = KEYWORDS[keyword.arg], keyword.value.value
            if value in others and type(value) in map(type, others):
                changed = operators.replaced(keyword, value=ast.Constant(others[value]))
                yield "argument-mistaken", operators.replaced(node, keywords=[*before, changed, *after])


def _keys(node: ast.Call) -> Iterator[Change]:
    """A list of keys or columns without its last, and a map without its last entry."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    for position, given in enumerate(node.args):
        fewer = _fewer(given) if name in KEYED else _fewer_entries(given) if name in MAPPED else None
        if fewer is not None:
            args = [*node.args[:position], fewer, *node.args[position + 1 :]]
            yield "key-dropped" if name in KEYED else "category-dropped", operators.replaced(node, args=args)
    for position, keyword in enumerate(node.keywords):
        if keyword.arg in KEYS and (fewer := _fewer(keyword.value)) is not None:
            changed = operators.replaced(keyword, value=fewer)
            others = [*node.keywords[:position], changed, *node.keywords[position + 1 :]]
            operator = "column-kept" if name == "drop" else "key-dropped"
            yield operator, operators.replaced(node, keywords=others)


def _parts(node: ast.Call) -> Iterator[Change]:
    """Tables that are put together, in another order or without the last."""
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called not in {"concat", "concatenate", "hstack", "vstack", "column_stack"} or not node.args:
        return
    parts = node.args[0]
    if isinstance(parts, ast.List | ast.Tuple) and len(parts.elts) > 1:
        for operator, kept in (("concat-order", parts.elts[::-1]), ("part-forgotten", parts.elts[:-1])):
            yield (
                operator,
                operators.replaced(node, args=[operators.replaced(parts, elts=kept), *node.args[1:]]),
            )


def _other_class(node: ast.Subscript) -> Iterator[Change]:
    """``proba[:, 1]`` with the other class."""
    assert isinstance(node.slice, ast.Tuple)
    last = node.slice.elts[-1] if node.slice.elts else None
    if isinstance(last, ast.Constant) and last.value in (0, 1) and isinstance(last.value, int):
        other = operators.replaced(node.slice, elts=[*node.slice.elts[:-1], ast.Constant(1 - last.value)])
        yield "wrong-class", operators.replaced(node, slice=other)


def _fewer(given: ast.expr) -> ast.AST | None:
    if isinstance(given, ast.List | ast.Tuple) and len(given.elts) > 1:
        return operators.replaced(given, elts=given.elts[:-1])
    return None


def _fewer_entries(given: ast.expr) -> ast.AST | None:
    if isinstance(given, ast.Dict) and len(given.keys) > 1:
        return operators.replaced(given, keys=given.keys[:-1], values=given.values[:-1])
    return None


def _number(node: ast.AST) -> float | None:
    plain = isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    return None if not plain or isinstance(node.value, bool) else node.value  # type: ignore[attr-defined]


def _swapped(text: str) -> str:
    return text.replace(DAY, "\0").replace(MONTH, DAY).replace("\0", MONTH)


def _is_library(node: ast.expr) -> bool:
    """A module by the name that people give it: its functions are not steps of a table."""
    return isinstance(node, ast.Name) and node.id in {
        "np", "numpy", "pd", "pandas", "pl", "polars", "math", "cp", "jnp", "sp",
    }  # fmt: skip
