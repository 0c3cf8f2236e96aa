"""Train, and say how good it is: python -m risk.train --data DIR --model DIR."""

from __future__ import annotations

import argparse
import json
import logging
from pathlib import Path

import joblib
import pandas as pd

from risk import cleaning, duplicates, evaluate, features, model, settings, words
from risk.model import WORD_SCORE, RiskModel
from risk.reading import Exports, read_exports

log = logging.getLogger(__name__)
Figures = dict[str, float | dict[str, float]]


def train(data: Path, tuned: settings.Settings) -> tuple[RiskModel, Figures]:
    """Fit on the patients of ``data`` whose outcome is known, each once; and the figures (`evaluate` says which)."""
    exports = read_exports(data)
    rows, texts, outcome = training_rows(exports, tuned)
    log.info("%d patients, %.1f %% with the outcome", len(rows), 100 * outcome.mean())
    figures: Figures = {**evaluate.cross_validate(rows, texts, outcome, tuned)}
    word_model, scores = words.fit(texts, outcome, tuned)
    fitted = model.fit(rows.assign(**{WORD_SCORE: scores}), outcome, word_model, tuned)
    figures["validation"] = on_validation(data / "validation", fitted, tuned)
    return fitted, figures


def training_rows(exports: Exports, tuned: settings.Settings) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Features, texts and outcome (0 or 1) by patient.

    Left out: who was lost from sight (no outcome), and the second registration of a patient.
    """
    rows = features.build(exports, tuned)
    answers = cleaning.words(exports.patients.set_index("id")["outcome_5y"])
    assessed = cleaning.date(exports.patients.set_index("id")["assessed_on"])
    group = duplicates.groups(features.tests(exports.labs, assessed), rows.index)
    rows = rows[answers.isin(["yes", "no"])]
    rows = rows[~group.loc[rows.index].duplicated()]
    outcome = answers.loc[rows.index].eq("yes").astype(int)
    return rows, words.texts_of(exports.notes, rows.index), outcome


def on_validation(folder: Path, fitted: RiskModel, tuned: settings.Settings) -> dict[str, float]:
    """AUC on the patients of ``folder``: all, and by site and chart system; nothing without the folder."""
    if not folder.is_dir():
        return {}
    exports = read_exports(folder)
    rows = features.build(exports, tuned)
    labels = pd.read_csv(folder / "labels.csv", dtype={"id": str}).set_index("id")["label"].loc[rows.index]
    chance = fitted.predict(rows, words.texts_of(exports.notes, rows.index))
    parts = exports.patients.set_index("id")[["site", "chart_system"]].apply(cleaning.words)
    return {"roc_auc": evaluate.scores_of(labels, chance)["roc_auc"], **evaluate.by_part(parts, labels, chance)}


def main(argv: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Train the risk model.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    args = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    fitted, figures = train(args.data, settings.load())
    args.model.mkdir(parents=True, exist_ok=True)
    joblib.dump(fitted, args.model / "model.joblib")
    (args.model / "metrics.json").write_text(json.dumps(figures, indent=2) + "\n")
    log.info("%s", json.dumps(figures))


if __name__ == "__main__":
    main()
