"""Two folders of exports -> is the world of `current` still that of `reference`? Writes {"alarm", "reasons"}.

python -m delays.monitor --reference DIR --current DIR --output FILE
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

import numpy as np
import pandas as pd

from delays import evaluate, features, labels, model, settings
from delays.reading import Exports, read_exports

WATCHED = ("minute", "miles", "behind")  # weather follows the seasons and is left out
RAW = ("system", "distance_unit")  # how it is written, not what it says
BINS = 10
TINY = 1e-4
SURE = 3.0  # standard errors that chance hardly reaches


def main(argv: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Compare two exports.")
    for name in ("reference", "current", "output"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args(argv)
    found = reasons(read_exports(args.reference), read_exports(args.current), settings.load())
    args.output.write_text(json.dumps({"alarm": bool(found), "reasons": found}, indent=2) + "\n", encoding="utf-8")


def reasons(reference: Exports, current: Exports, tuned: settings.Settings) -> list[str]:
    """One sentence for everything that changed: the format, the flights, and what makes them late."""
    limits = tuned.monitor
    then, now = features.build(reference), features.build(current)
    found = []
    for name in RAW:
        if name in reference.flights and name in current.flights:
            found += _shares(reference.flights[name].str.strip().str.upper(), current.flights[name].str.strip().str.upper(), name, limits)
    for name in features.CATEGORIES:
        found += _shares(then[name], now[name], name, limits)
    for name in WATCHED:
        if (moved := psi(then[name], now[name])) > limits["psi"]:
            found.append(f"{name}: population stability index {moved:.2f}")
    return found + _outcomes(reference, current, then, now, tuned)


def psi(then: pd.Series, now: pd.Series) -> float:
    """Population stability index over tenths of ``then``, missing values in a bin of their own."""
    edges = np.unique(then.quantile(np.linspace(0, 1, BINS + 1)[1:-1]))
    parts = []
    for values in (then, now):
        bins = np.where(values.isna(), len(edges) + 1, np.searchsorted(edges, values.fillna(0.0)))
        parts.append(np.bincount(bins, minlength=len(edges) + 2) / len(values) + TINY)
    return float(((parts[1] - parts[0]) * np.log(parts[1] / parts[0])).sum())


def _shares(then: pd.Series, now: pd.Series, name: str, limits: dict[str, float]) -> list[str]:
    before, after = then.value_counts(normalize=True), now.value_counts(normalize=True)
    found = []
    for value in sorted(set(before.index) | set(after.index)):
        old, new = float(before.get(value, 0.0)), float(after.get(value, 0.0))
        error = math.sqrt((old * (1 - old) + TINY) / len(then) + (new * (1 - new) + TINY) / len(now))
        limit = limits["new_values"] if old == 0 else limits["share"]
        if abs(new - old) > max(limit, SURE * error):
            found.append(f"{name}: {value or 'blank'} went from {old:.1%} to {new:.1%}")
    return found


def _outcomes(
    reference: Exports, current: Exports, then: pd.DataFrame, now: pd.DataFrame, tuned: settings.Settings
) -> list[str]:
    """Where outcomes have arrived: does a model of then still rank the flights of now?"""
    if "late" not in reference.flights or "late" not in current.flights:
        return []
    old, new = labels.outcomes(reference.flights).dropna(), labels.outcomes(current.flights).dropna()
    if min(old.nunique(), new.nunique()) < 2:
        return []
    table, outcome = then.loc[old.index], old.astype(int)
    since = evaluate.change(table, outcome, tuned)
    usual = evaluate.cross_validate(table, outcome, tuned, since=since)
    stale = model.fit(table, outcome, tuned, since=since)
    auc = float(evaluate.roc_auc_score(new, stale.predict(now.loc[new.index])))
    if usual - auc <= max(tuned.monitor["drop"], SURE * _error(auc, new)):
        return []
    return [f"outcomes: a model of the reference has AUC {auc:.3f} on the current flights, {usual:.3f} on its own"]


def _error(auc: float, outcome: pd.Series) -> float:
    """Standard error of an area (Hanley and McNeil, Radiology 143, 1982)."""
    late, timely = float(outcome.sum()), float((1 - outcome).sum())
    first, second = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    spread = auc * (1 - auc) + (late - 1) * (first - auc**2) + (timely - 1) * (second - auc**2)
    return math.sqrt(spread / (late * timely))


if __name__ == "__main__":
    main()
