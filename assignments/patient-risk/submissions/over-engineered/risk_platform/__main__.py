"""The platform's entry point: python -m risk_platform train|predict ..."""

import argparse

import risk_platform.stages.steps  # noqa: F401  (registers the stages)
from risk_platform.core.interfaces import ExecutionContext
from risk_platform.core.pipeline import PipelineOrchestrator

PIPELINES = {"train": ["load", "fit", "validate", "save"], "predict": ["restore", "load", "answer"]}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("pipeline", choices=sorted(PIPELINES))
    for name in ("data", "model", "input", "output"):
        parser.add_argument(f"--{name}")
    args = parser.parse_args()
    context = ExecutionContext(folder=args.data or args.input, target=args.model, output=args.output)
    PipelineOrchestrator(PIPELINES[args.pipeline]).run(context)


if __name__ == "__main__":
    main()
