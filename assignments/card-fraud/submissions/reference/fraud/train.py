"""Exports with outcomes -> a model folder: `model.joblib` and `metrics.json`.

python -m fraud.train --data DIR --model DIR
"""

from __future__ import annotations

import argparse
import json
import logging
from pathlib import Path

import joblib
import pandas as pd

from fraud import evaluate, events, features, labels, model, settings
from fraud.reading import read_exports

log = logging.getLogger("fraud.train")


def main(argv: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Train the fraud model.")
    parser.add_argument("--data", type=Path, required=True, help="folder with the exports")
    parser.add_argument("--model", type=Path, required=True, help="folder to write the model to")
    args = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    train(args.data, args.model, settings.load())


def train(data: Path, target: Path, tuned: settings.Settings) -> dict[str, object]:
    """Fit on what can be learned from, and judge by the audited validation payments if they are there."""
    exports = read_exports(data)
    purchases = events.build(exports, tuned)
    table = features.build(purchases)
    outcome = labels.outcomes(exports, purchases, tuned)
    log.info("%d lines, %d to learn from", len(outcome), int((outcome["weight"] > 0).sum()))
    fitted = model.fit(table, outcome, tuned)
    metrics: dict[str, object] = {}
    if (data / "validation" / "labels.csv").exists():
        metrics = _validate(data / "validation", fitted, (table, outcome), tuned)
    log.info("metrics: %s", json.dumps(metrics))
    target.mkdir(parents=True, exist_ok=True)
    joblib.dump(fitted, target / "model.joblib")
    (target / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf-8")
    return metrics


def _validate(
    folder: Path, fitted: model.FraudModel, known: tuple[pd.DataFrame, pd.DataFrame], tuned: settings.Settings
) -> dict[str, object]:
    """Figures of the model and of a simple guess on payments from which neither learned."""
    exports = read_exports(folder)
    purchases = events.build(exports, tuned)
    asked = features.build(purchases)
    answers = pd.read_csv(folder / "labels.csv", dtype={"id": str}).set_index("id")["label"]
    fraud = answers.loc[exports.transactions["id"]]
    chance = fitted.predict(asked, events.shops(purchases))
    guess = evaluate.simple_guess(*known, asked)
    return evaluate.scores(fraud, chance, tuned.seed) | {
        "baseline_average_precision": evaluate.average_precision(fraud, guess),
        "average_precision_by_entry_mode": evaluate.by_mode(fraud, chance, asked["mode"]),
    }


if __name__ == "__main__":
    main()
