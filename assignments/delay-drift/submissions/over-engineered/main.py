"""python main.py train|predict ..."""

import argparse
from pathlib import Path

import pandas as pd

import flightkit.steps  # noqa: F401
from flightkit.core import Engine, EventBus, Plan, State

PLANS = Path(__file__).parent / "config" / "plans.json"


class Printer:
    """An observer that prints."""

    def notify(self, event, payload):
        print(event, payload)


def run(plan, **values):
    bus = EventBus()
    bus.subscribe(Printer())
    return Engine(bus).run(Plan(PLANS, plan), State(values))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["train", "predict"])
    parser.add_argument("--data")
    parser.add_argument("--model", required=True)
    parser.add_argument("--input")
    parser.add_argument("--output")
    args = parser.parse_args()
    if args.command == "train":
        Path(args.model).mkdir(parents=True, exist_ok=True)
        run("train", folder=args.data, model=args.model)
    else:
        state = run("predict", folder=args.input, model=args.model)
        result = pd.DataFrame({"id": state["flights"]["id"], "prediction": state["chance"]})
        result.to_csv(args.output, index=False)
