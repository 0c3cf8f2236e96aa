"""Parsed files -> what they do that goes wrong with data and models. Nothing of theirs is imported or run.

    of_file       the hits of one file, and what only all files together can decide
    put_together  the hits that stand once all files are known

A hit has a rule, a place, the outermost function around it and a sentence; how bad a rule is, and whether
the assignment's data make it one, is the grader's to say (graders/code/smell_rules.py). Rules go by imports
and by what a name was last given: what they cannot follow they do not name. Comments and pragmas are not in
the tree at all. For static.py; view.py and smell_*.py lie beside it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

import smell_columns
import smell_draws
import smell_flows
import smell_frames
import smell_leaks
import smell_names
import smell_running
import smell_scores
import syntax
import traces
from view import Cells, Hit, Scope, View, view

Rule = Callable[[View, Scope], Iterator[Hit]]
PACK: tuple[Rule, ...] = (
    smell_columns.find,
    smell_draws.find,
    smell_frames.find,
    smell_leaks.find,
    smell_running.find,
    smell_scores.find,
)
DEDUPLICATES = frozenset({"drop_duplicates", "duplicated", "unique"})
SPLITS_WELL = frozenset({*smell_names.GROUPED, "groups"})
MOST_HITS, MOST_NODES = 200, 20_000
Found = TypeVar("Found")


def of_file(source: syntax.Source, cells: Cells) -> dict[str, Any]:
    """Plain data, as it crosses a pipe."""
    seen = view(source, cells)
    # generated code: a table of thousands of lines is no place to look for habits
    scopes = [scope for scope in seen.scopes if len(scope.nodes) <= MOST_NODES]
    hits = [hit for scope in scopes for rule in PACK for hit in _shallow(partial(rule, seen, scope))]
    measured = [m for scope in scopes for m in _shallow(partial(_evaluations, seen, scope))]
    return {
        "path": source.name,
        "stem": PurePosixPath(source.name).stem,
        "test": traces.named_test(source.name),
        "hits": [asdict(hit) for hit in _once(hits)[:MOST_HITS]],
        "flows": _shallow(lambda: smell_flows.of_file(seen, scopes)),
        "seeds": smell_draws.seeds(seen),
        "learners": sorted({package for name, package in smell_running.PICKLED.items() if seen.uses(name)}),
        "dumps": [asdict(hit) for hit in smell_running.dumps_models(seen)],
        "at_import": [asdict(hit) for hit in smell_running.trains_at_import(seen)],
        "on_train": [asdict(hit) for m in measured for hit in m.on_train],
        "elsewhere": sum(m.elsewhere for m in measured),
        "accuracy": [asdict(hit) for m in measured for hit in m.accuracy],
        "other_metrics": any(m.other_metrics for m in measured),
        "validates": _mentions(seen, frozenset({"validation"})),
        "splits_well": _mentions(seen, SPLITS_WELL),
        "deduplicates": _mentions(seen, DEDUPLICATES),
    }


def _evaluations(seen: View, scope: Scope) -> Iterator[smell_scores.Evaluation]:
    yield smell_scores.evaluation(seen, scope)


def _shallow(find: Callable[[], Iterable[Found]]) -> list[Found]:
    """What a rule finds in a scope; nothing where an expression is too deep to be read as text."""
    try:
        return list(find())
    except RecursionError:
        return []


def put_together(seen: Sequence[dict[str, Any]], top: Path, modules: frozenset[str]) -> list[dict[str, Any]]:
    """All hits, with their ``path``. ``modules``: the names that code outside the tests imports."""
    code = [trace for trace in seen if not trace["test"]]
    found = [(trace, hit) for trace in code for hit in trace["hits"]]
    found += smell_flows.put_together([(trace, trace["flows"]) for trace in code])
    if any(trace["seeds"] for trace in code):
        found = [(t, h) for t, h in found if not h["rule"].startswith("unseeded-")]
    if any(trace["validates"] or trace["splits_well"] for trace in code):
        # they judge by another hold-out too, so the first one may be drawn, and may be used to choose
        found = [(t, h) for t, h in found if h["rule"] not in ("random-split", "tuned-on-test")]
    elif any(trace["deduplicates"] for trace in code):
        found = [
            (t, h | {"rule": "random-split-of-unique"} if h["rule"] == "random-split" else h)
            for t, h in found
        ]
    if not sum(trace["elsewhere"] for trace in code):
        found += [(trace, hit) for trace in code for hit in trace["on_train"]]
    if not any(trace["other_metrics"] for trace in code):
        found += [(trace, hit) for trace in code for hit in trace["accuracy"][:1]]
    found += [(trace, hit) for trace in code if trace["stem"] in modules for hit in trace["at_import"]]
    found += _unpinned(code, top)
    return [hit | {"path": trace["path"]} for trace, hit in found]


def _unpinned(code: Sequence[dict[str, Any]], top: Path) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """A model is pickled, and what it is made with is declared without any version."""
    dumps = [(trace, hit) for trace in code for hit in trace["dumps"]]
    used = {package for trace in code for package in trace["learners"]}
    loose = sorted(
        package for package, bound in smell_running.bounds(top).items() if package in used and not bound
    )
    if not dumps or not loose:
        return []
    trace, hit = dumps[0]
    return [(trace, hit | {"message": f"{hit['message']}, and {', '.join(loose)} may be of any version"})]


def _mentions(seen: View, names: frozenset[str]) -> bool:
    """Whether a name, an attribute, a keyword or a text of the file has one of ``names`` in it."""
    for scope in seen.scopes:
        for node in scope.nodes:
            if isinstance(node, ast.Name):
                text = node.id
            elif isinstance(node, ast.Attribute):
                text = node.attr
            elif isinstance(node, ast.keyword):
                text = node.arg or ""
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 200:
                text = node.value
            else:
                continue
            if any(name in text for name in names):
                return True
    return False


def _once(hits: Sequence[Hit]) -> list[Hit]:
    """Each rule once a line."""
    return list({(h.rule, h.cell, h.line): h for h in hits}.values())
