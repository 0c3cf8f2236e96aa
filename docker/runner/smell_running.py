"""Smells of running: models nobody can load again, warnings nobody sees, work at the wrong time.

Beside smells.py.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from view import TOP_LEVEL, Function, Hit, Scope, View, is_constant, method, names_in

ROUTES = frozenset({"get", "post", "put", "route", "api_route"})
TRAINS = ("train", "fit", "reload", "refresh", "start", "life")  # an address or a name that says so
LOADERS = frozenset({"joblib.load", "pickle.load", "cloudpickle.load", "dill.load"})
DUMPERS = frozenset({"joblib.dump", "pickle.dump", "pickle.dumps", "cloudpickle.dump", "dill.dump"})
PICKLED = {"sklearn": "scikit-learn", "lightgbm": "lightgbm", "xgboost": "xgboost", "catboost": "catboost"}
LOCKS = ("uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock", "conda-lock.yml", "pixi.lock")
DECLARATIONS = ("pyproject.toml", "environment.yml", "environment.yaml", "setup.cfg", "setup.py", "Pipfile")
MOST_BYTES = 1_000_000
BOUND = re.compile(r"[<>=~!^]|\s\d|:\s*[\"']?[\d^~]")


def find(view: View, scope: Scope) -> Iterator[Hit]:
    """All of them in one scope."""
    for call in scope.calls():
        yield from _warnings_off(view, scope, call)
    if isinstance(scope.node, Function):
        yield from _in_a_request(view, scope, scope.node)


def trains_at_import(view: View) -> Iterator[Hit]:
    """A model fitted outside functions; it is a smell where another file imports this one."""
    for scope in view.scopes:
        if scope.function != TOP_LEVEL:
            continue
        guarded = {id(n) for g in scope.nodes if _is_main_guard(g) for n in ast.walk(g)}
        for call in scope.calls():
            if (
                method(call) == "fit"
                and len(call.args) >= 2
                and id(call) not in guarded
                and view.uses(*PICKLED)
            ):
                yield scope.hit("trains-at-import", call, "a model is trained whenever this file is imported")
                return


def dumps_models(view: View) -> Iterator[Hit]:
    """The first place that pickles, in a file that uses a learner."""
    for scope in view.scopes:
        for call in scope.calls():
            if view.dotted(call.func) in DUMPERS:
                yield scope.hit(
                    "unpinned-pickle", call, "a pickle loads only with the versions that wrote it"
                )
                return


def bounds(top: Path) -> Mapping[str, bool]:
    """Per package of ``PICKLED`` that is declared: whether its version is bounded anywhere, or locked."""
    if any((top / name).is_file() for name in LOCKS):
        return {}
    lines: list[str] = []
    for path in sorted([*top.glob("*requirements*.txt"), *(top / name for name in DECLARATIONS)]):
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= MOST_BYTES:
            lines += path.read_text("utf-8", "replace").splitlines()
    found: dict[str, bool] = {}
    for package in PICKLED.values():
        named = re.compile(rf"(?<![\w-]){re.escape(package)}(?![\w-])(.*)", re.IGNORECASE)
        rests = [match[1] for line in lines if (match := named.search(line.partition("#")[0]))]
        if rests:
            found[package] = any(BOUND.search(rest.partition(",")[0]) for rest in rests)
    return found


def _is_main_guard(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "__name__" in names_in(node.test)


def _warnings_off(view: View, scope: Scope, call: ast.Call) -> Iterator[Hit]:
    """Every warning, for good; a category, a message, a module or a ``with`` block is a choice."""
    if view.dotted(call.func) not in ("warnings.filterwarnings", "warnings.simplefilter"):
        return
    everything = bool(call.args) and is_constant(call.args[0], "ignore") and len(call.args) == 1
    if not everything or call.keywords:
        return
    for block in scope.nodes:
        if isinstance(block, ast.With) and any(call is n for n in ast.walk(block)):
            return
    yield scope.hit("warnings-off", call, f"`{ast.unparse(call)[:80]}` hides every warning")


def _in_a_request(view: View, scope: Scope, function: Function) -> Iterator[Hit]:
    """A handler of requests that trains, or reads the model from disk each time."""
    routes = [
        d
        for d in function.decorator_list
        if isinstance(d, ast.Call) and method(d) in ROUTES and d.args and isinstance(d.args[0], ast.Constant)
    ]
    said = " ".join([function.name, *(str(d.args[0].value) for d in routes)]).lower()  # type: ignore[attr-defined]
    if not routes or any(word in said for word in TRAINS):
        return
    for call in scope.calls():
        if method(call) == "fit" and len(call.args) >= 2:
            yield scope.hit("work-in-a-request", call, "a model is trained in a request")
        elif view.dotted(call.func) in LOADERS and not _once(scope, call):
            yield scope.hit("work-in-a-request", call, "the model is read from disk in every request")


def _once(scope: Scope, call: ast.Call) -> bool:
    """Behind a condition: loaded when it is not there yet."""
    return any(isinstance(n, ast.If) and any(call is c for c in ast.walk(n)) for n in scope.nodes)
