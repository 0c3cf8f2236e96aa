"""Smells of chance: what is drawn without a seed, and a seed that was chosen by its result. Beside smells.py.

scikit-learn without random_state draws from NumPy's global generator, so a submission that seeds that one
anywhere is steady; LightGBM, XGBoost and CatBoost have a fixed seed of their own.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from view import Hit, Scope, View, is_constant, keyword, method, names_in, unknown_keywords

SHUFFLED_UNLESS = frozenset({"train_test_split"})
SHUFFLED_IF = frozenset({"KFold", "StratifiedKFold", "StratifiedGroupKFold", "GroupKFold"})
SHUFFLED = frozenset(
    {
        "ShuffleSplit",
        "StratifiedShuffleSplit",
        "GroupShuffleSplit",
        "RepeatedKFold",
        "RepeatedStratifiedKFold",
    }
)
MODELS = frozenset(
    {"RandomForestClassifier", "RandomForestRegressor", "ExtraTreesClassifier", "ExtraTreesRegressor",
     "MLPClassifier", "MLPRegressor", "BaggingClassifier", "BaggingRegressor", "SGDClassifier",
     "SGDRegressor", "IsolationForest", "KMeans", "MiniBatchKMeans", "RandomizedSearchCV",
     "AdaBoostClassifier"}
)  # fmt: skip
SUBSAMPLING = frozenset({"GradientBoostingClassifier", "GradientBoostingRegressor"})
EARLY = frozenset({"HistGradientBoostingClassifier", "HistGradientBoostingRegressor"})
NUMPY_DRAWS = frozenset(
    {
        "rand",
        "randn",
        "randint",
        "random",
        "choice",
        "shuffle",
        "permutation",
        "normal",
        "uniform",
        "binomial",
    }
)
SEEDERS = frozenset({"seed", "manual_seed", "set_seed", "seed_everything", "set_random_seed", "seed_all"})
SEEDS = frozenset({"random_state", "seed", "random_seed"})


def find(view: View, scope: Scope) -> Iterator[Hit]:
    """All of them in one scope; those of rules ``unseeded-*`` hold only where nothing is seeded globally."""
    for call in scope.calls():
        yield from _unseeded_split(view, scope, call)
        yield from _unseeded_model(view, scope, call)
        yield from _unseeded_draw(view, scope, call)
    for node in scope.nodes:
        if isinstance(node, ast.Assign):
            yield from _unseeded_sample(view, scope, node)
        elif isinstance(node, ast.For):
            yield from _best_seed(scope, node)


def seeds(view: View) -> bool:
    """Whether something in this file seeds a global generator, or sets a model's seed afterwards."""
    for scope in view.scopes:
        for call in scope.calls():
            name = method(call) or view.dotted(call.func).rpartition(".")[2]
            if name in SEEDERS and (call.args or call.keywords):
                return True
            if name == "set_params" and (
                any(k.arg in SEEDS for k in call.keywords) or unknown_keywords(call)
            ):
                return True
    return False


def _seeded(call: ast.Call) -> bool:
    value = keyword(call, "random_state")
    return unknown_keywords(call) or (value is not None and not is_constant(value, None))


def _unseeded_split(view: View, scope: Scope, call: ast.Call) -> Iterator[Hit]:
    name, shuffle = view.library(call, "sklearn"), keyword(call, "shuffle")
    shuffled = (
        (name in SHUFFLED_UNLESS and not is_constant(shuffle, False))
        or (name in SHUFFLED_IF and is_constant(shuffle, True))
        or name in SHUFFLED
    )
    if shuffled and not _seeded(call):
        yield scope.hit(
            "unseeded-split", call, f"{name} shuffles without random_state: another split each time"
        )


def _unseeded_model(view: View, scope: Scope, call: ast.Call) -> Iterator[Hit]:
    name, part = view.library(call, "sklearn"), keyword(call, "subsample")
    drawn = name in MODELS or (name in SUBSAMPLING and part is not None and not is_constant(part, 1, 1.0))
    drawn = drawn or (name in EARLY and is_constant(keyword(call, "early_stopping"), True))
    if drawn and not _seeded(call):
        yield scope.hit("unseeded-model", call, f"{name} without random_state: another model each time")


def _unseeded_draw(view: View, scope: Scope, call: ast.Call) -> Iterator[Hit]:
    name = view.dotted(call.func)
    if not view.uses("numpy"):
        return
    if name.startswith("numpy.random.") and name.rpartition(".")[2] in NUMPY_DRAWS:
        yield scope.hit(
            "unseeded-draw", call, f"`{ast.unparse(call)[:80]}` draws from a generator that nobody seeded"
        )
    elif (
        name in ("numpy.random.default_rng", "numpy.random.RandomState")
        and not call.args
        and not call.keywords
    ):
        yield scope.hit("unseeded-draw", call, f"`{ast.unparse(call)[:80]}` has no seed")


def _unseeded_sample(view: View, scope: Scope, node: ast.Assign) -> Iterator[Hit]:
    """A shuffle or a split by ``sample(frac=...)`` that is kept; a look at a few rows is not."""
    calls = [c for c in ast.walk(node.value) if isinstance(c, ast.Call) and method(c) == "sample"]
    for call in calls if view.uses("pandas") else []:
        if keyword(call, "frac") is not None and not _seeded(call):
            yield scope.hit("unseeded-draw", call, f"`{ast.unparse(call)[:80]}` without random_state")


def _best_seed(scope: Scope, loop: ast.For) -> Iterator[Hit]:
    """A loop over seeds of which the best result is kept; a mean over seeds is honest."""
    if not isinstance(loop.target, ast.Name):
        return
    seed = loop.target.id
    seeded = any(
        isinstance(n, ast.keyword) and n.arg in SEEDS and seed in names_in(n.value) for n in ast.walk(loop)
    )
    if not seeded:
        return
    for inner in ast.walk(loop):
        if isinstance(inner, ast.If) and keeps_the_best(inner, {seed}):
            yield scope.hit("best-seed", inner, f"the best of the seeds `{seed}` is kept: luck, not skill")
            return


def keeps_the_best(test: ast.If, chosen: set[str]) -> bool:
    """``if score > best: best, best_x = score, x``: a running maximum that keeps what is in ``chosen``."""
    if not (isinstance(test.test, ast.Compare) and len(test.test.ops) == 1):
        return False
    if not isinstance(test.test.ops[0], ast.Gt | ast.GtE | ast.Lt | ast.LtE):
        return False
    compared = names_in(test.test)
    kept: set[str] = set()
    values: set[str] = set()
    for inner in (n for statement in test.body for n in ast.walk(statement)):
        if isinstance(inner, ast.Assign):
            kept |= {n.id for target in inner.targets for n in ast.walk(target) if isinstance(n, ast.Name)}
            values |= names_in(inner.value)
    return bool(kept & compared) and bool(values & compared) and bool(chosen & values or len(kept) > 1)
