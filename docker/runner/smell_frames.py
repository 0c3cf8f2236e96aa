"""pandas smells: what does nothing, the wrong thing, or the right thing a row at a time. Beside smells.py."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from view import Hit, Scope, View, is_constant, keyword, method, names_in, receiver, unknown_keywords

Function = ast.FunctionDef | ast.AsyncFunctionDef
READERS = frozenset(
    {"read_csv", "read_parquet", "read_excel", "read_json", "read_table", "merge", "get_dummies", "DataFrame"}
)
# keep a frame a frame, with the columns it had
FRAME_METHODS = frozenset(
    {"copy", "drop", "merge", "join", "rename", "drop_duplicates", "sort_values", "assign", "astype",
     "replace", "dropna", "fillna", "query"}
)  # fmt: skip
NONE_IN_PLACE = frozenset(
    {"fillna", "dropna", "drop", "replace", "rename", "reset_index", "set_index", "sort_values", "sort_index",
     "drop_duplicates", "clip", "ffill", "bfill", "interpolate"}
)  # fmt: skip
NANS = frozenset({"numpy.nan", "numpy.NaN", "numpy.NAN", "math.nan", "pandas.NA", "pandas.NaT"})
FEW_ROWS = frozenset({"head", "tail", "nlargest", "nsmallest", "sample", "value_counts", "describe", "agg"})
COUNTS = frozenset({"shape", "isna", "isnull", "notna", "info"})
SHOWS = frozenset({"print", "display"})
SHOWING_ROOTS = frozenset({"plt", "ax", "axes", "fig", "log", "logger", "logging", "sns"})


def find(view: View, scope: Scope) -> Iterator[Hit]:
    """All of them in one scope."""
    for node in scope.nodes:
        if isinstance(node, ast.Compare):
            yield from _nan_comparison(view, scope, node)
        elif isinstance(node, ast.Assign):
            yield from _chained_assignment(view, scope, node)
            yield from _in_place_result(scope, node)
        elif isinstance(node, ast.Return):
            yield from _in_place_result(scope, node)
        elif isinstance(node, ast.For):
            yield from _row_loop(scope, node)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield from _in_place_on_a_copy(scope, node.value)
        if isinstance(node, ast.Call) and view.uses("pandas"):
            yield from _row_apply(view, scope, node)
            yield from _merge_without_keys(view, scope, node)
            yield from _silent_missing(view, scope, node)


def is_frame(view: View, scope: Scope, node: ast.expr | None, before: int, depth: int = 0) -> bool:
    """Known to be a pandas table: read, merged or built here, or a parameter that says so."""
    if node is None or depth > 12:
        return False
    if isinstance(node, ast.Name):
        found = scope.last(node.id, before)
        if found is not None:
            return found.index < 0 and is_frame(view, scope, found.value, found.order, depth + 1)
        return _says_frame(view, scope, node.id)
    if isinstance(node, ast.Call):
        if view.library(node, "pandas") in READERS:
            return True
        return method(node) in FRAME_METHODS and is_frame(view, scope, receiver(node), before, depth + 1)
    if isinstance(node, ast.Subscript):  # rows by a condition; a column or a list of columns is none
        by_rows = isinstance(node.slice, ast.Compare | ast.BinOp | ast.UnaryOp)
        return by_rows and is_frame(view, scope, node.value, before, depth + 1)
    return False


def _says_frame(view: View, scope: Scope, name: str) -> bool:
    if not isinstance(scope.node, Function):
        return False
    arguments = [*scope.node.args.posonlyargs, *scope.node.args.args, *scope.node.args.kwonlyargs]
    found = next((a for a in arguments if a.arg == name), None)
    return bool(found and found.annotation and view.library(found.annotation, "pandas") == "DataFrame")


def _nan_comparison(view: View, scope: Scope, node: ast.Compare) -> Iterator[Hit]:
    if not all(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops):
        return
    for side in (node.left, *node.comparators):
        text_nan = isinstance(side, ast.Call) and isinstance(side.func, ast.Name) and side.func.id == "float"
        if view.dotted(side) in NANS or (text_nan and side.args and _is_nan_text(side.args[0])):  # type: ignore[attr-defined]
            yield scope.hit("nan-comparison", node, f"`{short(node)}`: nothing equals a missing value")
            return


def _is_nan_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and str(node.value).lower() == "nan"


def _chained_assignment(view: View, scope: Scope, node: ast.Assign) -> Iterator[Hit]:
    """``df[mask]["y"] = v`` writes to a copy; so does ``df["y"][mask] = v`` where df is a frame."""
    for target in node.targets:
        if not (isinstance(target, ast.Subscript) and isinstance(target.value, ast.Subscript)):
            continue
        inner, named = (
            target.value,
            isinstance(target.slice, ast.Constant) and isinstance(target.slice.value, str),
        )
        masked = isinstance(inner.slice, ast.Compare) or is_mask(inner.slice)
        column_first = isinstance(inner.slice, ast.Constant) and is_mask(target.slice)
        if (masked and named) or (column_first and is_frame(view, scope, inner.value, scope.at(node))):
            yield scope.hit("chained-assignment", node, f"`{short(target)} = ...` writes to a copy")


def is_mask(node: ast.expr) -> bool:
    """A condition on rows."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        return True
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
        return True
    return isinstance(node, ast.Compare)


def _in_place_result(scope: Scope, node: ast.Assign | ast.Return) -> Iterator[Hit]:
    call = node.value
    if (
        isinstance(call, ast.Call)
        and method(call) in NONE_IN_PLACE
        and is_constant(keyword(call, "inplace"), True)
    ):
        yield scope.hit("inplace-misuse", node, f"`{short(call)}` is None: inplace=True returns nothing")


def _in_place_on_a_copy(scope: Scope, call: ast.Call) -> Iterator[Hit]:
    """``df["a"].fillna(0, inplace=True)`` fills a copy of the column under copy-on-write (pandas 3)."""
    if method(call) not in NONE_IN_PLACE or not is_constant(keyword(call, "inplace"), True):
        return
    column = receiver(call)
    if isinstance(column, ast.Subscript) and not isinstance(column.slice, ast.Slice):
        yield scope.hit("inplace-misuse", call, f"`{short(call)}` changes a copy of the column")


def _row_loop(scope: Scope, node: ast.For) -> Iterator[Hit]:
    found = [
        c for c in ast.walk(node.iter) if isinstance(c, ast.Call) and method(c) == "iterrows" and not c.args
    ]
    if found and not _few_rows(found[0]) and not _only_shows(node.body):
        yield scope.hit(
            "row-loop", node, f"`for ... in {short(node.iter)}` goes through the table row by row"
        )


def _few_rows(call: ast.Call) -> bool:
    return any(isinstance(n, ast.Attribute) and n.attr in FEW_ROWS for n in ast.walk(call))


def _only_shows(body: list[ast.stmt]) -> bool:
    """Prints, logs or draws: for a person, so a few rows."""
    for statement in body:
        call = statement.value if isinstance(statement, ast.Expr) else None
        if not isinstance(call, ast.Call):
            return False
        names = names_in(call.func)
        if not names & (SHOWS | SHOWING_ROOTS):
            return False
    return True


def _row_apply(view: View, scope: Scope, call: ast.Call) -> Iterator[Hit]:
    if method(call) != "apply" or not is_constant(keyword(call, "axis"), 1, "columns") or not call.args:
        return
    vectorised = view.library(call.args[0], "pandas", "numpy")
    if not vectorised and not _few_rows(call):
        yield scope.hit("row-loop", call, f"`{short(call)}` calls Python once a row")


def _merge_without_keys(view: View, scope: Scope, call: ast.Call) -> Iterator[Hit]:
    if view.library(call, "pandas") == "merge":
        positional, least = len(call.args), 2
    elif method(call) == "merge" and (
        keyword(call, "how") is not None or is_frame(view, scope, receiver(call), scope.at(call))
    ):
        positional, least = len(call.args), 1
    else:
        return
    named = {k.arg for k in call.keywords}
    says = named & {"on", "left_on", "right_on", "left_index", "right_index"} or unknown_keywords(call)
    cross = is_constant(keyword(call, "how"), "cross")
    if least <= positional <= least + 1 and not says and not cross:
        yield scope.hit("merge-without-keys", call, f"`{short(call)}` joins on whatever columns share a name")


def _silent_missing(view: View, scope: Scope, call: ast.Call) -> Iterator[Hit]:
    """``dropna()`` or ``fillna(0)`` over a whole frame, where nobody counts what was lost."""
    table = receiver(call)
    if method(call) == "dropna":
        whole = not call.args and not {k.arg for k in call.keywords} - {"inplace", "axis", "ignore_index"}
        whole = whole and not is_constant(keyword(call, "axis"), 1, "columns")
    elif method(call) == "fillna":
        value = call.args[0] if call.args else keyword(call, "value")
        whole = is_constant(value, 0, 0.0, -1, -999) or _minus_one(value)
    else:
        return
    before = scope.at(call)
    if whole and is_frame(view, scope, table, before) and not _counted(scope, table):
        yield scope.hit(
            "silent-missing", call, f"`{short(call)}` over the whole table, and nobody counts what it hits"
        )


def _minus_one(node: ast.expr | None) -> bool:
    return (
        isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and is_constant(node.operand, 1, 999)
    )


def _counted(scope: Scope, table: ast.expr | None) -> bool:
    """The scope asks how many rows or gaps there are."""
    names = names_in(table) if table is not None else set()
    for node in scope.nodes:
        counts = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len"
        asks = isinstance(node, ast.Attribute) and node.attr in COUNTS
        if (counts or asks) and names & names_in(node):
            return True
    return False


def short(node: ast.AST) -> str:
    """The code of a node, on one line."""
    return ast.unparse(node).replace("\n", " ")[:80]
