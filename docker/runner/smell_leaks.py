"""Smells of leakage within one function: what a hold-out must not have touched. Beside smells.py.

What was fitted or resampled on all rows, and then split, is smell_flows.py's: it is followed over functions.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from smell_names import (
    LAGS,
    LEARNERS,
    METRICS,
    MODELS,
    SCALERS,
    SELECTORS,
    SHUFFLED_FOLDS,
    SPLITS,
    WHOLE,
)
from view import Binding, Function, Hit, Scope, View, is_constant, keyword, method, names_in, receiver, same


def find(view: View, scope: Scope) -> Iterator[Hit]:
    """All of them in one scope."""
    if not view.uses(*LEARNERS):
        return
    for call in scope.calls():
        yield from _fit_on_test(view, scope, call)
        yield from _target_among_features(view, scope, call)
        yield from _random_split(view, scope, call)
    yield from _encoded_by_target(view, scope)


def is_test(node: ast.AST | None) -> bool:
    """A name that says it is the final hold-out; a validation part may be used to tune and to calibrate."""
    if isinstance(node, ast.Subscript):
        return is_test(node.value)
    if not isinstance(node, ast.Name):
        return False
    words = node.id.lower().split("_")
    return bool({"test", "tests", "holdout", "xtest", "ytest"} & set(words)) and "train" not in words


def _encoded_by_target(view: View, scope: Scope) -> Iterator[Hit]:
    """``df["x"] = df.groupby("x")["target"].transform("mean")`` and then a split by this target."""
    splits = [c for c in scope.calls() if view.library(c, "sklearn") in SPLITS]
    if not splits:
        return
    targets = {text for s in splits for a in s.args[1:] for text in _column_of(scope, a, scope.at(s))}
    for node in scope.nodes:
        if not isinstance(node, ast.Assign) or scope.at(node) > scope.at(splits[-1]):
            continue
        for call in (c for c in ast.walk(node.value) if isinstance(c, ast.Call)):
            grouped = receiver(call)
            if (
                method(call) in ("transform", "mean")
                and isinstance(grouped, ast.Subscript)
                and isinstance(grouped.value, ast.Call)
                and method(grouped.value) == "groupby"
                and isinstance(grouped.slice, ast.Constant)
                and grouped.slice.value in targets
                and not any("train" in n.lower() for n in names_in(call))
            ):
                told = f"`{ast.unparse(call)[:80]}` gives every row its own outcome"
                yield scope.hit("target-before-split", call, told)


def _column_of(scope: Scope, node: ast.expr, before: int) -> set[str]:
    """The column that an outcome is: of ``df["y"]``, ``df["y"].eq("yes")`` and names of such."""
    if isinstance(node, ast.Name):
        found = scope.last(node.id, before)
        return _column_of(scope, found.value, found.order) if found and found.index < 0 else set()
    return {
        n.slice.value
        for n in ast.walk(node)
        if isinstance(n, ast.Subscript)
        and isinstance(n.slice, ast.Constant)
        and isinstance(n.slice.value, str)
    }


def _fit_on_test(view: View, scope: Scope, call: ast.Call) -> Iterator[Hit]:
    """A preprocessor fitted on the test part, or a model on the test part with its labels."""
    how = method(call)
    if how not in ("fit", "fit_transform", "fit_resample") or not call.args or not is_test(call.args[0]):
        return
    made = view.made_by(scope, receiver(call), scope.at(call))  # type: ignore[arg-type]
    preprocessor = made is not None and view.library(made, *LEARNERS) in SCALERS | SELECTORS
    labelled = how == "fit" and len(call.args) > 1 and is_test(call.args[1])
    if preprocessor or labelled or how == "fit_resample" or _fitted_before(scope, call):
        yield scope.hit(
            "fit-on-test", call, f"`{ast.unparse(call)[:80]}` learns from the rows that should judge it"
        )


def _fitted_before(scope: Scope, call: ast.Call) -> bool:
    """The same object was fitted on a training part above."""
    return any(
        method(other) in ("fit", "fit_transform")
        and same(receiver(other), receiver(call))
        and other.args
        and any("train" in n.lower() for n in names_in(other.args[0]))
        for other in scope.calls()
        if scope.at(other) < scope.at(call)
    )


def _target_among_features(view: View, scope: Scope, call: ast.Call) -> Iterator[Hit]:
    """``model.fit(df, df["y"])`` for a model that takes every column of df."""
    if method(call) != "fit" or len(call.args) < 2:
        return
    made = view.made_by(scope, receiver(call), scope.at(call))  # type: ignore[arg-type]
    if made is None or view.library(made, *LEARNERS) not in MODELS:
        return
    rows, outcome = _expression(scope, call.args[0], call), _expression(scope, call.args[1], call)
    columns = {
        n.slice.value: n.value
        for n in ast.walk(outcome.value)
        if isinstance(n, ast.Subscript)
        and isinstance(n.slice, ast.Constant)
        and isinstance(n.slice.value, str)
    }
    for column, frame in columns.items():
        if isinstance(frame, ast.Name) and _holds(
            scope, rows, frame, str(column), outcome.order, scope.at(call)
        ):
            told = f"`{ast.unparse(call)[:80]}`: the column {column!r} is the outcome and among the features"
            yield scope.hit("target-in-features", call, told)


def _expression(scope: Scope, node: ast.expr, call: ast.Call) -> Binding:
    """What a name was made of another name by; the expression itself for anything else."""
    if isinstance(node, ast.Name):
        found = scope.last(node.id, scope.at(call))
        if found and found.index < 0 and isinstance(found.value, ast.Call | ast.Subscript | ast.Compare):
            loaded = isinstance(found.value, ast.Call) and method(found.value).startswith("read_")
            return Binding("", found.order, node) if loaded else found
    return Binding("", scope.at(call), node)


def _holds(scope: Scope, rows: Binding, frame: ast.Name, column: str, since: int, until: int) -> bool:
    """Whether ``rows`` is all of ``frame``, the column included."""
    changed = scope.given(frame.id, min(since, rows.order), until) or _taken_out(scope, frame)
    if changed:
        return False
    value = rows.value
    if same(value, frame):
        return not isinstance(scope.node, Function) or scope.last(frame.id, until) is not None
    if isinstance(value, ast.Call) and method(value) == "drop" and same(receiver(value), frame):
        dropped = keyword(value, "columns") or (value.args[0] if value.args else None)
        listed = isinstance(dropped, ast.List | ast.Tuple) and all(
            isinstance(e, ast.Constant) for e in dropped.elts
        )
        if listed or isinstance(dropped, ast.Constant):
            return column not in {n.value for n in ast.walk(dropped) if isinstance(n, ast.Constant)}  # type: ignore[arg-type]
    return False


def _taken_out(scope: Scope, frame: ast.Name) -> bool:
    """``df.pop("y")``, ``del df["y"]``, ``df.drop(..., inplace=True)`` anywhere in the scope."""
    for node in scope.nodes:
        if isinstance(node, ast.Delete) and frame.id in names_in(node):
            return True
        removes = isinstance(node, ast.Call) and same(receiver(node), frame)
        if removes and (method(node) == "pop" or keyword(node, "inplace") is not None):  # type: ignore[arg-type]
            return True
    return False


def _random_split(view: View, scope: Scope, call: ast.Call) -> Iterator[Hit]:
    """Whether chance may draw the hold-out is the assignment's to say: the grader decides."""
    name, shuffle = view.library(call, "sklearn"), keyword(call, "shuffle")
    drawn = name == "train_test_split" and not is_constant(shuffle, False)
    if not drawn and not (name in SHUFFLED_FOLDS and is_constant(shuffle, True) and _measures(view, scope)):
        return
    lagged = any(isinstance(n, ast.Attribute) and n.attr in LAGS for n in scope.nodes)
    ordered = any(isinstance(n, ast.Attribute) and n.attr == "sort_values" for n in scope.nodes)
    rule = "random-split-of-lags" if lagged and ordered else "random-split"
    yield scope.hit(rule, call, f"{name} draws the hold-out at random")


def _measures(view: View, scope: Scope) -> bool:
    """Folds are also drawn to stack models, or to encode a category: that measures nothing."""
    return any(view.library(call, "sklearn") in METRICS | WHOLE for call in scope.calls())
