"""Smells of evaluation: measured on rows that were used to choose or to fit. Beside smells.py."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from smell_draws import keeps_the_best
from smell_leaks import is_test
from smell_names import METRICS, PREDICTS, WHOLE
from view import Hit, Scope, View, keyword, method, names_in, receiver, same, strings_in

OTHER_WORDS = ("roc", "auc", "precision", "recall", "f1", "brier", "log_loss", "logloss", "pr_curve", "mcc")


@dataclass(frozen=True)
class Evaluation:
    """What one scope measures: hits on rows it fitted on, and how many measurements are on anything else."""

    on_train: tuple[Hit, ...]
    elsewhere: int
    accuracy: tuple[Hit, ...]
    other_metrics: bool


def find(view: View, scope: Scope) -> Iterator[Hit]:
    """What one scope says alone."""
    yield from _tuned_on_test(view, scope)
    yield from _stopped_on_test(view, scope)


def evaluation(view: View, scope: Scope) -> Evaluation:
    """What is put together over all files before anything is said."""
    on_train: list[Hit] = []
    accuracy: list[Hit] = []
    elsewhere = 0
    for call in scope.calls():
        name = view.library(call, "sklearn")
        if name in WHOLE:
            elsewhere += 1
        elif name in METRICS or (method(call) == "score" and len(call.args) == 2):
            if _on_fitted_rows(view, scope, call):
                on_train.append(
                    scope.hit("evaluated-on-train", call, f"`{ast.unparse(call)[:80]}` on fitted rows")
                )
            else:
                elsewhere += 1
        if name == "accuracy_score":
            accuracy.append(scope.hit("accuracy-only", call, "accuracy is all that is measured"))
    other = any(_names_another_metric(node) for node in scope.nodes)
    return Evaluation(tuple(on_train), elsewhere, tuple(accuracy), other)


def _names_another_metric(node: ast.AST) -> bool:
    if isinstance(node, ast.Name):
        text = node.id
    elif isinstance(node, ast.Attribute):
        text = node.attr
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 60:
        text = node.value
    else:
        return False
    return any(word in text.lower() for word in OTHER_WORDS)


def _on_fitted_rows(view: View, scope: Scope, metric: ast.Call) -> bool:
    """The metric's rows and outcome are those that the same model was fitted on, in this scope."""
    if len(metric.args) < 2:
        return False
    if method(metric) == "score":
        model, rows, outcome = receiver(metric), metric.args[0], metric.args[1]
    else:
        outcome = metric.args[0]
        if (predicted := _prediction(scope, metric.args[1], scope.at(metric))) is None:
            return False
        model, rows = receiver(predicted), predicted.args[0]
    for fit in scope.calls():
        if method(fit) != "fit" or len(fit.args) < 2 or scope.at(fit) > scope.at(metric):
            continue
        theirs = same(receiver(fit), model) or _is_made_by(scope, model, fit, scope.at(metric))
        unchanged = not any(
            scope.given(n, scope.at(fit), scope.at(metric)) for n in names_in(rows) | names_in(outcome)
        )
        if theirs and unchanged and same(fit.args[0], rows) and same(fit.args[1], outcome):
            return True
    return False


def _is_made_by(scope: Scope, model: ast.expr | None, fit: ast.Call, before: int) -> bool:
    """``model = Model().fit(X, y)``."""
    found = scope.last(model.id, before) if isinstance(model, ast.Name) else None
    return found is not None and found.value is fit


def _prediction(scope: Scope, node: ast.expr, before: int) -> ast.Call | None:
    """The ``model.predict...(rows)`` in an expression or behind its name."""
    if isinstance(node, ast.Name):
        found = scope.last(node.id, before)
        if found is None or found.index >= 0:
            return None
        node, before = found.value, found.order
    calls = [c for c in ast.walk(node) if isinstance(c, ast.Call) and method(c) in PREDICTS and c.args]
    if calls:
        return calls[0]
    names = [n for n in ast.walk(node) if isinstance(n, ast.Name)]
    return (
        _prediction(scope, names[0], before)
        if isinstance(node, ast.Compare | ast.Subscript) and names
        else None
    )


def _tuned_on_test(view: View, scope: Scope) -> Iterator[Hit]:
    """A loop whose best setting, by a metric on the test part, is kept."""
    for loop in scope.nodes:
        if not isinstance(loop, ast.For):
            continue
        chosen = {n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)}
        measured = [c for c in ast.walk(loop) if isinstance(c, ast.Call) and _on_test(view, c)]
        best = [n for n in ast.walk(loop) if isinstance(n, ast.If) and keeps_the_best(n, chosen)]
        if measured and best and not _folds(loop):
            yield scope.hit(
                "tuned-on-test", measured[0], f"`{ast.unparse(measured[0])[:80]}` chooses what it then judges"
            )
    for call in scope.calls():
        yield from _best_by_key(view, scope, call)


def _best_by_key(view: View, scope: Scope, call: ast.Call) -> Iterator[Hit]:
    """``max(thresholds, key=lambda t: f1_score(y_test, p > t))``."""
    key = keyword(call, "key") if isinstance(call.func, ast.Name) and call.func.id in ("max", "min") else None
    if isinstance(key, ast.Lambda):
        measured = [c for c in ast.walk(key) if isinstance(c, ast.Call) and _on_test(view, c)]
        if measured:
            yield scope.hit("tuned-on-test", call, f"`{ast.unparse(call)[:80]}` chooses what it then judges")


def _folds(loop: ast.For) -> bool:
    """A loop over the folds of a splitter, or around one, names a part of each test, and it is none."""
    inner = (n for n in ast.walk(loop) if isinstance(n, ast.For | ast.comprehension))
    return any(isinstance(a, ast.Attribute) and a.attr == "split" for n in inner for a in ast.walk(n.iter))


def _on_test(view: View, call: ast.Call) -> bool:
    if view.library(call, "sklearn") in METRICS and call.args:
        return is_test(call.args[0])
    return method(call) == "score" and len(call.args) == 2 and is_test(call.args[0]) and is_test(call.args[1])


def _stopped_on_test(view: View, scope: Scope) -> Iterator[Hit]:
    """Early stopping on the test part, which is then what the result is reported on."""
    reported = [c for c in scope.calls() if _on_test(view, c)]
    for call in scope.calls():
        watched = keyword(call, "eval_set")
        if method(call) != "fit" or watched is None or not any(is_test(n) for n in ast.walk(watched)):
            continue
        stops = keyword(call, "early_stopping_rounds") is not None or "early_stopping" in _all_names(scope)
        if stops and any(scope.at(c) > scope.at(call) for c in reported):
            yield scope.hit("tuned-on-test", call, "stops early by the test part, and is then judged by it")


def _all_names(scope: Scope) -> set[str]:
    """Names, attributes and keywords of a scope, and the first part of ``early_stopping_rounds``."""
    found: set[str] = set()
    for node in scope.nodes:
        if isinstance(node, ast.keyword) and node.arg:
            found.add(node.arg.removesuffix("_rounds"))
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Name):
            found.add(node.id)
    return found | strings_in(scope.node)
