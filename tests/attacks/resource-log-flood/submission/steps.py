"""Prints 30 MB of lines."""

import os


def before_train(data, model):
    for _ in range(30):
        os.write(1, b"ATTACK floods the log with this line\n" * 28_000)


def after_train(model):
    """Nothing."""


def before_predict(model, folder):
    """Nothing."""


def after_predict(output):
    """Nothing."""
