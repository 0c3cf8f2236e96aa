"""python main.py train|predict ..."""

import argparse
from pathlib import Path

import pandas as pd

from platform_core.pipeline import PipelineFactory
from platform_core.registry import ExecutionContext


def train(data, model):
    Path(model).mkdir(parents=True, exist_ok=True)
    context = ExecutionContext(folder=data, artifact=Path(model) / "stack.joblib")
    PipelineFactory.create("train").run(context)


def predict(model, folder, output):
    context = ExecutionContext(folder=folder, artifact=Path(model) / "stack.joblib")
    context = PipelineFactory.create("predict").run(context)
    pd.DataFrame({"id": context.get("ids"), "prediction": context.get("chance")}).to_csv(output, index=False)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["train", "predict"])
    parser.add_argument("--data")
    parser.add_argument("--model", required=True)
    parser.add_argument("--input")
    parser.add_argument("--output")
    args = parser.parse_args()
    if args.command == "train":
        train(args.data, args.model)
    else:
        predict(args.model, args.input, args.output)
