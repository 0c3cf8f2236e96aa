"""metrics.json, which training writes -> the figures in it that are the metric on unseen rows.

What is asked for is ``{"roc_auc": 0.84}``, at the top or in a part: ``{"validation": {"roc_auc": 0.84}}``.
What is read is more: usual names of the metric, a prefix such as ``cv_`` or ``test_``, ``metric`` beside
``value``, a list of folds (their mean), percentages. Figures that say they are of the training rows, of a
baseline or of an error are left out.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graders.communication.claims import SYNONYMS
from harness.errors import SubmissionError
from harness.model import METRICS_FILES, Evidence, Metric

FILE = "metrics.json"
MAX_BYTES = 2**20
MOST_DEPTH, MOST_FIGURES, MOST_FOLDS = 8, 10_000, 1_000
WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
# words beside the metric's name that say on which rows, or how, it was measured
UNSEEN = frozenset({
    "val", "valid", "validation", "test", "tests", "testing", "holdout", "hold", "out", "held",
    "unseen", "oof", "of", "fold", "folds", "cv", "cross", "crossval", "validated", "mean", "avg",
    "average", "score", "final", "overall", "best", "time", "split", "temporal", "group", "grouped",
    "k", "kfold", "five", "ten", "3", "5", "10",
})  # fmt: skip
# words anywhere on the way to a figure that say it is another thing
SEEN = frozenset(["train", "training", "fit", "fitted", "insample", "resubstitution"])
OTHER = frozenset({
    "baseline", "dummy", "naive", "chance", "prior", "random", "trivial", "majority", "std", "sd", "se",
    "sem", "stderr", "error", "err", "var", "variance", "low", "lower", "high", "upper", "ci", "min",
    "max", "gap", "diff", "difference", "delta", "threshold", "permuted", "shuffled", "null",
})  # fmt: skip
VALUES = ("value", "mean", "score", "estimate")


@dataclass(frozen=True)
class Report:
    """The figures of one file: a path such as ``validation.roc_auc`` -> a number within 0..1."""

    file: str
    figures: dict[str, float]

    def nearest(self, to: float) -> str:
        """The path of the figure that comes closest; of two the first by name."""
        return min(sorted(self.figures), key=lambda path: abs(self.figures[path] - to))

    def highest(self) -> str:
        """The path of the largest figure; of two the first by name."""
        return max(sorted(self.figures), key=lambda path: self.figures[path])


def read(evidence: Evidence, stage: str, metric: Metric) -> Report | str:
    """What the first metrics.json says of ``metric``; or why there is nothing to read."""
    for name in METRICS_FILES:
        try:
            raw = evidence.file(stage, name, max_bytes=MAX_BYTES).read_bytes()
        except SubmissionError as error:
            if not str(error).endswith(f"left no {name}"):
                return str(error)
            continue
        return _parsed(raw, name, metric)
    return f"training left no {FILE}"


def _parsed(raw: bytes, name: str, metric: Metric) -> Report | str:
    shown = name.partition("/")[2]
    try:
        found = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):  # also 5,000 digits, and what is not UTF-8
        return f"{shown} is no JSON that can be read"
    figures: dict[str, float] = {}
    for path, value in _figures(found, (), SYNONYMS[metric]):
        if len(figures) >= MOST_FIGURES:
            break
        figures.setdefault(".".join(path), value)
    if not figures:
        return f"{shown} names no {metric.value} on unseen rows"
    return Report(shown, figures)


def _figures(
    node: Any, path: tuple[str, ...], names: frozenset[str]
) -> Iterator[tuple[tuple[str, ...], float]]:
    """Every figure below ``node`` that is the metric, with the way to it."""
    if len(path) > MOST_DEPTH:
        return
    if isinstance(node, dict):
        yield from _named_beside(node, path, names)
        for key, child in node.items():
            yield from _figures(child, (*path, str(key)[:60]), names)
        return
    number = _number(node)
    if number is not None and _is_metric(path, names):
        yield path, number


def _named_beside(
    node: dict[str, Any], path: tuple[str, ...], names: frozenset[str]
) -> Iterator[tuple[tuple[str, ...], float]]:
    """``{"metric": "roc_auc", "value": 0.84}``."""
    said = next((node[key] for key in ("metric", "name") if isinstance(node.get(key), str)), "")
    number = next((n for key in VALUES if (n := _number(node.get(key))) is not None), None)
    if number is not None and _is_metric((*path, said), names):
        yield (*path, said[:60]), number


def _is_metric(path: tuple[str, ...], names: frozenset[str]) -> bool:
    words = [[w.lower() for w in WORDS.findall(step)] for step in path]
    if any((SEEN | OTHER) & set(step) for step in words):
        return False
    last = [step for step, plain in zip(words, path, strict=True) if plain.lower() not in VALUES][-1:]
    return any(_names_it(step, names) for step in last)


def _names_it(words: list[str], names: frozenset[str]) -> bool:
    """The metric's name, and beside it only words that say how it was measured."""
    for first in range(len(words)):
        for end in range(first + 1, len(words) + 1):
            beside = {*words[:first], *words[end:]}
            if "".join(words[first:end]) in names and beside <= UNSEEN:
                return True
    return False


def _number(node: Any) -> float | None:
    """A number within 0..1, percentages read as such; the mean of a list of them; else None."""
    if isinstance(node, list) and 0 < len(node) <= MOST_FOLDS:
        folds = [_number(one) if not isinstance(one, list) else None for one in node]
        known = [one for one in folds if one is not None]
        return sum(known) / len(known) if len(known) == len(folds) else None
    if isinstance(node, bool) or not isinstance(node, int | float):
        return None
    try:
        value = float(node)
    except OverflowError:
        return None
    if not math.isfinite(value):
        return None
    value = value / 100.0 if 1.0 < value <= 100.0 else value
    return value if 0.0 <= value <= 1.0 else None
