"""A model folder and exports -> predictions.csv: `id,prediction`, a row a customer, in the order they came.

python -m churn.predict --model DIR --input DIR --output FILE
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import joblib
import pandas as pd

from churn import features, settings
from churn.model import ChurnModel
from churn.reading import read_exports

log = logging.getLogger("churn.predict")


def main(argv: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Predict churn.")
    parser.add_argument("--model", type=Path, required=True, help="folder that train wrote")
    parser.add_argument("--input", type=Path, required=True, help="folder with customers, usage and contacts")
    parser.add_argument("--output", type=Path, required=True, help="the csv file to write")
    args = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    fitted: ChurnModel = joblib.load(args.model / "model.joblib")
    answers = predict(fitted, args.input, settings.load())
    args.output.parent.mkdir(parents=True, exist_ok=True)
    answers.to_csv(args.output, index=False)
    log.info("%d predictions", len(answers))


def predict(fitted: ChurnModel, folder: Path, tuned: settings.Settings) -> pd.DataFrame:
    """The predictions of a folder, `id` as text."""
    table = features.build(read_exports(folder), tuned)
    return pd.DataFrame({"id": table.index.to_numpy(), "prediction": fitted.predict(table)})


if __name__ == "__main__":
    main()
