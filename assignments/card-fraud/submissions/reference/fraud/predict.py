"""A model folder and exports -> predictions.csv: `id,prediction`, a row a transaction, in their order.

python -m fraud.predict --model DIR --input DIR --output FILE
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import joblib
import pandas as pd

from fraud import events, features, settings
from fraud.model import FraudModel
from fraud.reading import read_exports

log = logging.getLogger("fraud.predict")


def main(argv: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Predict fraud.")
    parser.add_argument("--model", type=Path, required=True, help="folder that train wrote")
    parser.add_argument("--input", type=Path, required=True, help="folder with the exports")
    parser.add_argument("--output", type=Path, required=True, help="the csv file to write")
    args = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    fitted: FraudModel = joblib.load(args.model / "model.joblib")
    answers = predict(fitted, args.input, settings.load())
    args.output.parent.mkdir(parents=True, exist_ok=True)
    answers.to_csv(args.output, index=False)
    log.info("%d predictions", len(answers))


def predict(fitted: FraudModel, folder: Path, tuned: settings.Settings) -> pd.DataFrame:
    """The predictions of a folder, `id` as text."""
    exports = read_exports(folder)
    purchases = events.build(exports, tuned)
    chance = fitted.predict(features.build(purchases), events.shops(purchases))
    return pd.DataFrame({"id": exports.transactions["id"], "prediction": chance})


if __name__ == "__main__":
    main()
