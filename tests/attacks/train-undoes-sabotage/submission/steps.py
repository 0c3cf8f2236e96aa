"""Touches the code."""

from pathlib import Path


def after_train(model):
    for name in ("model.py", "tests/test_model.py"):
        Path(name).write_text(Path(name).read_text() + "# again\n")
    print("ATTACK touched")


def before_train(data, model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
