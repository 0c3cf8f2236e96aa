"""python watch.py --reference DIR --current DIR --output FILE: an alarm for any column that looks different."""

import argparse
import json
from pathlib import Path

import pandas as pd
from scipy.stats import ks_2samp

TABLES = ("flights.csv", "weather.csv")


def looks_different(then, now):
    """At the five per cent level, and as text where a column is text."""
    before, after = pd.to_numeric(then, errors="coerce"), pd.to_numeric(now, errors="coerce")
    if before.notna().mean() < 0.5:
        order = {value: n for n, value in enumerate(sorted(set(then) | set(now)))}
        before, after = then.map(order), now.map(order)
    return ks_2samp(before.dropna(), after.dropna()).pvalue < 0.05


def changed(reference, current):
    """The columns of all tables that look different."""
    found = []
    for name in TABLES:
        then, now = (pd.read_csv(Path(folder) / name, dtype=str, keep_default_na=False) for folder in (reference, current))
        found += [f"{name}: {column}" for column in then.columns if looks_different(then[column], now[column])]
    return found


def main():
    parser = argparse.ArgumentParser()
    for name in ("reference", "current", "output"):
        parser.add_argument(f"--{name}", required=True)
    args = parser.parse_args()
    reasons = changed(args.reference, args.current)
    Path(args.output).write_text(json.dumps({"alarm": bool(reasons), "reasons": reasons}))


if __name__ == "__main__":
    main()
