"""Exports with outcomes -> a model folder: `model.joblib` and `metrics.json`.

python -m churn.train --data DIR --model DIR
"""

from __future__ import annotations

import argparse
import json
import logging
from pathlib import Path

import joblib
import pandas as pd

from churn import duplicates, evaluate, features, labels, model, settings
from churn.reading import check_filled, read_exports

log = logging.getLogger("churn.train")


def main(argv: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Train the churn model.")
    parser.add_argument("--data", type=Path, required=True, help="folder with customers, usage and contacts")
    parser.add_argument("--model", type=Path, required=True, help="folder to write the model to")
    args = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    train(args.data, args.model, settings.load())


def train(data: Path, target: Path, tuned: settings.Settings) -> dict[str, dict[str, float]]:
    """Fit on one account a customer, judge by folds and by the validation folder if there is one."""
    exports = read_exports(data)
    check_filled(exports)
    table = features.build(exports, tuned)
    outcome = labels.outcomes(exports.customers)
    labels.check_share(outcome, tuned.most_left)
    first = ~duplicates.groups(exports).duplicated()
    log.info("%d accounts, %d customers", len(table), int(first.sum()))
    table, outcome = table[first], outcome[first]

    group = pd.Series(range(len(table)), index=table.index)
    metrics = {"cross_validation": evaluate.cross_validate(table, outcome, group, tuned)}
    fitted = model.fit(table, outcome, tuned)
    if (data / "validation" / "labels.csv").exists():
        metrics["validation"] = _validate(data / "validation", fitted, tuned)
    # the audited customers when there are some: their outcomes are right
    judged = metrics.get("validation", metrics["cross_validation"])
    report = {"roc_auc": judged["roc_auc"], **metrics}
    log.info("metrics: %s", json.dumps(report))

    target.mkdir(parents=True, exist_ok=True)
    joblib.dump(fitted, target / "model.joblib")
    (target / "metrics.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return metrics


def _validate(folder: Path, fitted: model.ChurnModel, tuned: settings.Settings) -> dict[str, float]:
    table = features.build(read_exports(folder), tuned)
    answers = pd.read_csv(folder / "labels.csv", dtype={"id": str}).set_index("id")["label"]
    return evaluate.scores(answers.loc[table.index], fitted.predict(table))


if __name__ == "__main__":
    main()
