"""The command line: python -m churnkit.cli train|predict ..."""

from __future__ import annotations

import argparse
import json
import logging
from abc import ABC, abstractmethod
from pathlib import Path

import joblib
import pandas as pd
from sklearn.metrics import roc_auc_score

from churnkit.core.pipeline import Pipeline


class Command(ABC):
    """A command of the platform."""

    @abstractmethod
    def execute(self, args: argparse.Namespace) -> None:
        """Do it."""


class TrainCommand(Command):
    """Fit and save."""

    def execute(self, args: argparse.Namespace) -> None:
        """A folder of data -> a model file; tells the AUC of the validation folder."""
        pipeline = Pipeline.from_file().fit(args.data)
        labels = pd.read_csv(Path(args.data) / "validation" / "labels.csv", dtype={"id": str}).set_index("id")
        chance = pipeline.predict(str(Path(args.data) / "validation"))
        auc = roc_auc_score(labels["label"].loc[chance.index], chance)
        pipeline.bus.tell("validated", roc_auc=round(auc, 4))
        Path(args.model).mkdir(parents=True, exist_ok=True)
        joblib.dump(pipeline, Path(args.model) / "pipeline.joblib")
        metrics = json.dumps({"roc_auc": round(auc, 4)})
        (Path(args.model) / "metrics.json").write_text(metrics, encoding="utf-8")


class PredictCommand(Command):
    """Load and predict."""

    def execute(self, args: argparse.Namespace) -> None:
        """A folder of customers -> a file of predictions."""
        pipeline = joblib.load(Path(args.model) / "pipeline.joblib")
        pipeline.predict(args.input).rename_axis("id").reset_index().to_csv(args.output, index=False)


COMMANDS: dict[str, type[Command]] = {"train": TrainCommand, "predict": PredictCommand}


def main() -> None:
    """Look up the command and execute it."""
    logging.basicConfig(level=logging.INFO)
    parser = argparse.ArgumentParser(description="The churn platform.")
    parser.add_argument("command", choices=sorted(COMMANDS))
    for name in ("--data", "--model", "--input", "--output"):
        parser.add_argument(name)
    args = parser.parse_args()
    COMMANDS[args.command]().execute(args)


if __name__ == "__main__":
    main()
