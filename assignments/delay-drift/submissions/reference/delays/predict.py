"""Predict for a folder of flights: python -m delays.predict --model DIR --input DIR --output FILE"""

from __future__ import annotations

import argparse
from pathlib import Path

import joblib
import pandas as pd

from delays import features
from delays.reading import read_exports


def main(argv: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Predict which flights arrive late.")
    parser.add_argument("--model", type=Path, required=True, help="folder that train wrote")
    parser.add_argument("--input", type=Path, required=True, help="folder with the exports")
    parser.add_argument("--output", type=Path, required=True, help="file to write: id,prediction")
    args = parser.parse_args(argv)
    fitted = joblib.load(args.model / "model.joblib")
    table = features.build(read_exports(args.input))
    chance = pd.DataFrame({"id": table.index, "prediction": fitted.predict(table)})
    args.output.parent.mkdir(parents=True, exist_ok=True)
    chance.to_csv(args.output, index=False)


if __name__ == "__main__":
    main()
