"""Train the model and write it, with its figures, to a folder: `model.joblib` and `metrics.json`.

python -m delays.train --data DIR --model DIR
"""

from __future__ import annotations

import argparse
import json
import logging
from pathlib import Path

import joblib
import pandas as pd

from delays import evaluate, features, labels, model, settings
from delays.reading import read_exports

log = logging.getLogger("delays.train")

Figures = dict[str, float | int | dict[str, float] | dict[int, float]]


def main(argv: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Train the delay model.")
    parser.add_argument("--data", type=Path, required=True, help="folder with the exports")
    parser.add_argument("--model", type=Path, required=True, help="folder to write the model to")
    args = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    train(args.data, args.model, settings.load())


def train(data: Path, target: Path, tuned: settings.Settings) -> Figures:
    """Find out whether the world changed, fit on all months, judge by folds and by the validation folder."""
    exports = read_exports(data)
    outcome = labels.outcomes(exports.flights)
    table = features.build(exports)[outcome.notna().to_numpy()]
    outcome = outcome.dropna().astype(int)
    since = evaluate.change(table, outcome, tuned)
    log.info("%d flights arrived; changed since month %d", len(table), since)
    figures: Figures = {"since": since}
    later = evaluate.cross_validate(table, outcome, tuned, since=since, months=tuned.first_months)
    figures["folds_later_months"] = {"roc_auc": later}
    fitted = model.fit(table, outcome, tuned, since=since)
    if (data / "validation" / "labels.csv").exists():
        checked = features.build(read_exports(data / "validation"))
        answers = pd.read_csv(data / "validation" / "labels.csv", dtype={"id": str}).set_index("id")["label"]
        rows, chance = answers.loc[checked.index], fitted.predict(checked)
        figures["validation"] = {"roc_auc": float(evaluate.roc_auc_score(rows, chance))}
        figures["validation_by_month"] = evaluate.by_month(checked, rows, chance)
    log.info("figures: %s", json.dumps(figures))
    target.mkdir(parents=True, exist_ok=True)
    joblib.dump(fitted, target / "model.joblib")
    (target / "metrics.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return figures


if __name__ == "__main__":
    main()
