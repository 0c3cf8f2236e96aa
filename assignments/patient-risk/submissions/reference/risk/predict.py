"""Write id,prediction for every patient of a folder: python -m risk.predict --model DIR --input DIR --output FILE."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import joblib
import pandas as pd

from risk import features, settings, words
from risk.model import RiskModel
from risk.reading import Exports, read_exports

log = logging.getLogger(__name__)


def predict(fitted: RiskModel, exports: Exports, tuned: settings.Settings) -> pd.DataFrame:
    """One line a patient; every line depends on that patient's rows only."""
    rows = features.build(exports, tuned)
    chance = fitted.predict(rows, words.texts_of(exports.notes, rows.index))
    return pd.DataFrame({"id": rows.index, "prediction": chance})


def main(argv: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Predict for new patients.")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--input", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    args = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    fitted = joblib.load(args.model / "model.joblib")
    answers = predict(fitted, read_exports(args.input), settings.load())
    answers.to_csv(args.output, index=False)
    log.info("%d predictions written", len(answers))


if __name__ == "__main__":
    main()
