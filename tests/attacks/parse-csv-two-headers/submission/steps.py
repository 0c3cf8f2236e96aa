"""The header names the prediction twice, and comes again in the middle."""

from pathlib import Path


def before_train(data, model):
    """Nothing."""


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    lines = Path(output).read_text().splitlines()[1:]
    half = len(lines) // 2
    table = ["id,prediction,prediction", *(f"{a},0.5" for a in lines[:half])]
    table += ["id,prediction", *lines[half:]]
    Path(output).write_text("\n".join(table) + "\n")
    print("ATTACK wrote")
