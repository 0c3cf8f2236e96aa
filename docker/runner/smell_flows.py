"""What was fitted or resampled on all rows, and then split, also over functions. Beside smells.py.

    of_file       what each function does with its rows, in the order of the text, as plain data
    put_together  the fits that reach a split, once the functions of all files are known

A name is followed forward; a call of a function of the project is followed into it, by the name of its file
and its own: what it returns may have seen all rows, and what it is given it may split. What was given to a
function under a name that says "train" was split off before. A step is one of

    gives    `name = value`; a place in a tuple gets what was fitted, and not what the value was made of
    adds     `name["column"] = value`, or `name.fit(value)` of something that transforms
    splits   `train_test_split(value)`, a cross-validation of it, or `folds.split(value)`
    calls    a function of the project, by what each of its parameters gets
    returns  `return value`

and a value is the names in it, the fits in it, and the project's functions that it calls.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath
from typing import Any

from smell_names import GROUPED, SCALERS, SELECTORS, SHUFFLED_FOLDS, SPLITS
from view import Function, Scope, View, is_constant, keyword, method, names_in, receiver

FOLDS = SHUFFLED_FOLDS | GROUPED | {"RepeatedKFold", "RepeatedStratifiedKFold", "LeaveOneOut", "LeavePOut"}
MOST_STEPS, MOST_NAMES = 3_000, 40  # of a file, of a value: more is generated, or meant to take long
MOST_ROUNDS = 6  # as deep as calls within calls are followed
MOST_ORIGINS = 8  # of a name
Data = dict[str, Any]
Key = tuple[str, str]  # a file's stem, and a function as static.json names it
Origin = tuple[str, int]  # ("", the number of a fit), or (a parameter's name, -1)
Origins = frozenset[Origin]
Split = tuple[str, str, int, int | None]  # file, function, line, cell


def of_file(view: View, scopes: Sequence[Scope]) -> list[Data]:
    """The functions that fit, split, or call another of the project; ``scopes``: those that are looked at."""
    stem = PurePosixPath(view.name).stem
    own = {scope.function for scope in view.scopes}
    found: list[Data] = []
    left = MOST_STEPS
    for scope in scopes:
        reader = _Reader(view, scope, stem, own)
        steps = list(reader.steps())[:left]
        if any(step["kind"] in ("splits", "calls") or step["fits"] or step["calls"] for step in steps):
            left -= len(steps)
            outermost = isinstance(scope.node, Function) and scope.function.endswith(scope.node.name)
            name = scope.function if outermost else ""
            found.append(
                {"name": name, "function": scope.function, "stem": stem, "params": _params(scope)}
                | {"steps": steps}
            )
    return found


@dataclass(frozen=True)
class _Reader:
    """One scope -> its steps."""

    view: View
    scope: Scope
    stem: str
    own: set[str]

    def steps(self) -> Iterator[Data]:
        """In the order of the text."""
        bound = defaultdict(list)
        for binding in self.scope.bindings:
            bound[binding.order].append(binding)
        for place, node in enumerate(self.scope.nodes):
            yield from self._of_node(node)
            for binding in bound[place]:
                value = self._value(binding.value)
                yield {"kind": "gives", "name": binding.name, "whole": binding.index < 0, **value}

    def _of_node(self, node: ast.AST) -> Iterator[Data]:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Subscript) and isinstance(root := _root(target), ast.Name):
                    value = self._value(node.value)
                    yield {"kind": "adds", "name": root.id, **value}
        elif isinstance(node, ast.Return) and node.value is not None:
            yield {"kind": "returns", **self._value(node.value)}
        elif isinstance(node, ast.Call):
            yield from self._of_call(node)

    def _of_call(self, call: ast.Call) -> Iterator[Data]:
        if rows := self._split(call):
            value = _joined([self._value(row) for row in rows])
            yield {"kind": "splits", **value, **self._where(call)}
        elif (to := self._project(call)) is not None:
            given = [*enumerate(call.args), *((k.arg, k.value) for k in call.keywords if k.arg)]
            parts = [[key, self._value(value)] for key, value in given]
            yield {"kind": "calls", "to": list(to), "given": parts, "fits": [], "calls": [], "names": []}
        elif isinstance(by := receiver(call), ast.Name) and (fit := self._fitted(call, "fit")):
            yield {"kind": "adds", "name": by.id, "names": [], "fits": [fit], "calls": []}

    def _split(self, call: ast.Call) -> list[ast.expr]:
        """What is split, where this is a split or a cross-validation."""
        name = self.view.library(call, "sklearn")
        if name == "train_test_split":
            return [*call.args]
        if name in SPLITS:
            return call.args[1:2] or [v for v in [keyword(call, "X")] if v is not None]
        if method(call) == "split" and self._made(call) in FOLDS:
            return call.args[:1] or [v for v in [keyword(call, "X")] if v is not None]
        return []

    def _made(self, call: ast.Call) -> str:
        """What the object is whose method is called."""
        made = self.view.made_by(self.scope, receiver(call), self.scope.at(call))  # type: ignore[arg-type]
        return self.view.library(made, "sklearn", "category_encoders") if made is not None else ""

    def _project(self, call: ast.Call) -> Key | None:
        """Which function that may be the project's is called."""
        if not (chain := _chain(call.func)):
            return None
        root, *rest = chain
        path = [*self.view.imports.get(root, root).split("."), *rest]
        if root == "self" and len(path) == 2:
            return self.stem, f"{self.scope.function.rpartition('.')[0]}.{path[1]}"
        if root in self.view.imports:
            return (path[-2], path[-1]) if len(path) > 1 else None
        return (self.stem, root) if len(path) == 1 and root in self.own else None

    def _value(self, node: ast.expr) -> Data:
        calls = [c for c in ast.walk(node) if isinstance(c, ast.Call)]
        fits = [fit for c in calls if (fit := self._fitted(c, "fit_transform"))]
        to = [self._project(c) for c in calls if not _of_training_part(c)]
        return {
            "names": sorted(names_in(node))[:MOST_NAMES],
            "fits": fits[:1],
            "calls": [list(key) for key in to if key is not None][:MOST_NAMES],
        }

    def _fitted(self, call: ast.Call, how: str) -> Data | None:
        """The smell that this call is when what comes of it is split."""
        if _of_training_part(call):
            return None
        rule = ""
        if method(call) == "fit_resample" or self._upsamples(call):
            rule = "resample-before-split"
        elif method(call) == how:
            name = self._made(call)
            if name in SELECTORS and len(call.args) + len(call.keywords) > 1:
                rule = "target-before-split"
            elif name in SCALERS:
                rule = "fit-before-split"
        if not rule:
            return None
        return asdict(self.scope.hit(rule, call, f"`{ast.unparse(call)[:80]}` sees all rows; they are split"))

    def _upsamples(self, call: ast.Call) -> bool:
        """Rows drawn with replacement; fewer rows without replacement leak nothing."""
        drawn = self.view.library(call, "sklearn") == "resample"
        return drawn and not is_constant(keyword(call, "replace"), False)

    def _where(self, node: ast.Call) -> Data:
        return {"line": node.lineno, "cell": self.scope.cells.get(id(node))}


def _params(scope: Scope) -> list[str]:
    if not isinstance(scope.node, Function):
        return []
    arguments = scope.node.args
    names = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return names[1:] if names[:1] in (["self"], ["cls"]) else names


def _of_training_part(call: ast.Call) -> bool:
    given = [*call.args, *(k.value for k in call.keywords)]
    return any("train" in name.lower() for argument in given for name in names_in(argument))


def _chain(node: ast.expr) -> list[str]:
    """``features.build`` -> its names; nothing for what is no chain of names."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.insert(0, node.attr)
        node = node.value
    return [node.id, *parts] if isinstance(node, ast.Name) else []


def _root(node: ast.expr) -> ast.expr:
    """``df`` of ``df["a"]`` and of ``df.loc[:, "a"]``."""
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return node


def _joined(values: Sequence[Data]) -> Data:
    return {key: [item for value in values for item in value[key]] for key in ("names", "fits", "calls")}


# ------------------------------------------------------------------------------------ over all files


@dataclass
class _Summary:
    """What a caller has to know of a function."""

    params: tuple[str, ...]
    gives: Origins = frozenset()  # fits that what it returns has seen
    splits: dict[str, Split] = field(default_factory=dict)  # a parameter that it splits, or passes on to be


def put_together(seen: Sequence[tuple[Data, Sequence[Data]]]) -> list[tuple[Data, Data]]:
    """Hits, each with the file that its fit is in; ``seen``: files, each with what `of_file` said of it."""
    fits = _Fits()
    walks = [_Walk(file, flow, fits) for file, found in seen for flow in found]
    summaries = _summaries(walks)
    splits: dict[int, Split] = {}
    for walk in walks:
        for (_, which), split in walk.splits(summaries):
            if which >= 0:
                splits.setdefault(which, split)
    return [(fits.files[which], fits.hit(which, split)) for which, split in sorted(splits.items())]


def _summaries(walks: Sequence[_Walk]) -> dict[Key, _Summary]:
    """By rounds: what a function does through others is known once those are."""
    named: dict[Key, list[_Walk]] = defaultdict(list)
    for walk in walks:
        if walk.flow["name"]:
            named[walk.flow["stem"], walk.flow["name"]].append(walk)
    sole = {key: found[0] for key, found in named.items() if len(found) == 1}  # of two nobody knows which
    summaries: dict[Key, _Summary] = {}
    for _ in range(MOST_ROUNDS):
        after = {key: walk.summary(summaries) for key, walk in sole.items()}
        if after == summaries:
            break
        summaries = after
    return summaries


@dataclass
class _Fits:
    """Every fit that was met, by a number."""

    files: list[Data] = field(default_factory=list)
    hits: list[Data] = field(default_factory=list)
    numbers: dict[tuple[str, str, int, int | None], int] = field(default_factory=dict)

    def number(self, file: Data, fit: Data) -> int:
        """The same for the same fit."""
        key = (file["path"], fit["rule"], fit["line"], fit["cell"])
        if key not in self.numbers:
            self.numbers[key] = len(self.hits)
            self.files.append(file)
            self.hits.append(fit)
        return self.numbers[key]

    def hit(self, which: int, split: Split) -> Data:
        """The hit, with where its rows are split, in words."""
        fit, (path, function, line, cell) = self.hits[which], split
        there = f"in cell {cell}" if cell is not None else f"line {line}"
        if path != self.files[which]["path"]:
            there = f"in {path}, {there}"
        elif function != fit["function"] and cell is None:
            there = f"in `{function}`, {there}"
        return fit | {"message": f"{fit['message']} {there}"}


@dataclass(frozen=True)
class _Walk:
    """One function's steps, with what each name is made of."""

    file: Data
    flow: Data
    fits: _Fits

    def summary(self, summaries: dict[Key, _Summary]) -> _Summary:
        """What a caller has to know of it."""
        made = _Summary(tuple(self.flow["params"]))
        returned: list[Origins] = []
        for (name, which), split in self.splits(summaries, returned):
            if which < 0:
                made.splits.setdefault(name, split)
        made.gives = _few(origin for origins in returned for origin in origins if origin[1] >= 0)
        return made

    def splits(
        self, summaries: dict[Key, _Summary], returned: list[Origins] | None = None
    ) -> Iterator[tuple[Origin, Split]]:
        """Every origin that is split, and where; ``returned`` gets those of what is returned."""
        state: dict[str, Origins] = {name: frozenset({(name, -1)}) for name in self.flow["params"]}
        for step in self.flow["steps"]:
            if step["kind"] == "calls":
                yield from self._passed_on(step, state, summaries)
                continue
            origins = self._origins(step, state, summaries, whole=step.get("whole", True))
            if step["kind"] == "gives":
                state[step["name"]] = origins
            elif step["kind"] == "adds":
                state[step["name"]] = _few({*state.get(step["name"], ()), *origins})
            elif step["kind"] == "splits":
                split = (self.file["path"], self.flow["function"], step["line"], step["cell"])
                yield from ((origin, split) for origin in sorted(origins))
            elif returned is not None:
                returned.append(origins)

    def _passed_on(
        self, step: Data, state: dict[str, Origins], summaries: dict[Key, _Summary]
    ) -> Iterator[tuple[Origin, Split]]:
        """To a function that splits what it is given."""
        callee = summaries.get(tuple(step["to"]))
        for key, value in step["given"] if callee is not None and callee.splits else ():
            name = key if isinstance(key, str) else "".join(callee.params[key : key + 1])
            if name in callee.splits:
                origins = self._origins(value, state, summaries, whole=True)
                yield from ((origin, callee.splits[name]) for origin in sorted(origins))

    def _origins(
        self, value: Data, state: dict[str, Origins], summaries: dict[Key, _Summary], *, whole: bool
    ) -> Origins:
        found = {("", self.fits.number(self.file, fit)) for fit in value["fits"]}
        for call in value["calls"]:
            if (callee := summaries.get(tuple(call))) is not None:
                found |= callee.gives
        if whole:
            found |= {origin for name in value["names"] for origin in state.get(name, ())}
        return _few(found)


def _few(origins: Iterable[Origin]) -> Origins:
    return frozenset(sorted(set(origins))[:MOST_ORIGINS])
