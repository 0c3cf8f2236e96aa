"""Smells of columns: what train and test, or two tables, no longer agree on. Beside smells.py."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from smell_frames import is_mask, short
from view import Hit, Scope, View, is_constant, keyword, method, names_in, receiver, same, unknown_keywords


def find(view: View, scope: Scope) -> Iterator[Hit]:
    """All of them in one scope."""
    if not view.uses("pandas"):
        return
    for call in scope.calls():
        yield from _labels_as_features(view, scope, call)
        yield from _misaligned(view, scope, call)
    yield from _dummies_apart(view, scope)
    yield from _ids_as_numbers(view, scope)


def _ids_as_numbers(view: View, scope: Scope) -> Iterator[Hit]:
    """A file with an id column, its types left to guess; where ids look like numbers their zeros are lost."""
    ids = [text for text in view.texts if _is_id(text)]
    for call in scope.calls() if ids else []:
        typed = {k.arg for k in call.keywords} & {"dtype", "converters", "usecols", "names", "index_col"}
        if view.library(call, "pandas") == "read_csv" and not typed and not unknown_keywords(call):
            yield scope.hit("id-without-dtype", call, f"`{short(call)}` guesses the type of {min(ids)!r}")


def _is_id(text: str) -> bool:
    return text == "id" or (text.endswith("_id") and text.isidentifier())


def _dummies_apart(view: View, scope: Scope) -> Iterator[Hit]:
    """One-hot columns made from train and from test apart, and nothing that brings them to one list."""
    calls = [c for c in scope.calls() if view.library(c, "pandas") == "get_dummies" and c.args]
    train = [c for c in calls if any("train" in n.lower() for n in names_in(c.args[0]))]
    test = [c for c in calls if any(_test_like(n) for n in names_in(c.args[0]))]
    test = [c for c in test if c not in train]
    aligned = not view.attributes.isdisjoint({"reindex", "align"})
    fixed = any(
        isinstance(n, ast.Attribute) and n.attr in ("Categorical", "CategoricalDtype") for n in scope.nodes
    )
    if train and test and not aligned and not fixed:
        yield scope.hit(
            "dummies-apart", test[0], "get_dummies on train and on test: their columns may differ"
        )


def _test_like(name: str) -> bool:
    return any(word in name.lower() for word in ("test", "valid", "val_", "_val", "holdout"))


def _misaligned(view: View, scope: Scope, call: ast.Call) -> Iterator[Hit]:
    """A table with a fresh index beside one whose rows were drawn: concat pairs other rows."""
    if view.library(call, "pandas") != "concat" or not is_constant(keyword(call, "axis"), 1, "columns"):
        return
    if not call.args or not isinstance(call.args[0], ast.List | ast.Tuple):
        return
    before, parts = scope.at(call), call.args[0].elts
    fresh = [p for p in parts if _fresh_index(view, scope, p, before)]
    drawn = [p for p in parts if _drawn(view, scope, p, before)]
    if fresh and drawn:
        yield scope.hit(
            "misaligned-concat",
            call,
            f"`{short(fresh[0])}` counts its rows anew, `{short(drawn[0])}` does not",
        )


def _fresh_index(view: View, scope: Scope, node: ast.expr, before: int) -> bool:
    call = view.made_by(scope, node, before)
    if call is None or view.library(call, "pandas") != "DataFrame" or keyword(call, "index") is not None:
        return False
    return (
        not unknown_keywords(call) and bool(call.args) and _is_transformed(view, scope, call.args[0], before)
    )


def _is_transformed(view: View, scope: Scope, node: ast.expr, before: int) -> bool:
    made = view.made_by(scope, node, before)
    if made is not None and method(made) in ("toarray", "todense"):
        inner = receiver(made)
        return inner is not None and _is_transformed(view, scope, inner, before)
    return made is not None and method(made) in ("transform", "fit_transform")


def _drawn(view: View, scope: Scope, node: ast.expr, before: int) -> bool:
    """A name whose rows came out of a split or a filter, its index not counted anew since."""
    if isinstance(node, ast.Call) and method(node) in ("drop", "copy"):
        inner = receiver(node)
        return inner is not None and _drawn(view, scope, inner, before)
    if isinstance(node, ast.Subscript) and not is_mask(node.slice):
        return _drawn(view, scope, node.value, before)
    if not isinstance(node, ast.Name) or (found := scope.last(node.id, before)) is None:
        return False
    if any(
        isinstance(n, ast.Attribute) and n.attr in ("reset_index", "index") and same(n.value, node)
        for n in scope.nodes
    ):
        return False
    return view.library(found.value, "sklearn") == "train_test_split"


def _labels_as_features(view: View, scope: Scope, call: ast.Call) -> Iterator[Hit]:
    """LabelEncoder over columns in a loop or an apply: it is made for the outcome, and knows no new value."""
    if view.library(call, "sklearn") != "LabelEncoder":
        return
    for loop in scope.nodes:
        if not isinstance(loop, ast.For | ast.DictComp):
            continue
        columns = names_in(loop.target) if isinstance(loop, ast.For) else names_in(loop.generators[0].target)
        for fit in (c for c in ast.walk(loop) if isinstance(c, ast.Call)):
            over = fit.args[0] if fit.args else None
            by_column = isinstance(over, ast.Subscript) and bool(names_in(over.slice) & columns)
            if method(fit) in ("fit_transform", "fit") and by_column and _is_encoder(view, scope, fit):
                yield scope.hit(
                    "label-encoder", fit, f"`{ast.unparse(fit)[:80]}`: LabelEncoder is for the outcome"
                )
                return
    for apply in scope.calls():
        text = ast.unparse(apply.args[0]) if method(apply) == "apply" and apply.args else ""
        if "LabelEncoder" in text:
            yield scope.hit(
                "label-encoder", apply, f"`{ast.unparse(apply)[:80]}`: LabelEncoder is for the outcome"
            )
            return


def _is_encoder(view: View, scope: Scope, fit: ast.Call) -> bool:
    made = view.made_by(scope, receiver(fit), scope.at(fit))  # type: ignore[arg-type]
    return made is not None and view.library(made, "sklearn") == "LabelEncoder"
